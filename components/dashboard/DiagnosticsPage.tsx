import { useEffect, useState } from 'preact/hooks';

import { causeWords } from '@/components/cause-words';
import { Failed } from '@/components/Failed';
import { HEALTH_TONES } from '@/components/health-tones';
import { saveFile } from '@/components/save-file';
import { Section } from '@/components/Section';
import { StateMark } from '@/components/StateMark';
import { formatAge, formatCountdown, formatDecimal, formatShare, NOTHING } from '@/lib/core/format';
import { t } from '@/lib/i18n/words';
import type { Contract } from '@/lib/market/contract';
import type { StreamHealth, VenueHealth } from '@/lib/market/health';
import { venueName } from '@/lib/market/venue-facts';
import { storageEstimate } from '@/lib/store/storage-estimate';

import { type Diagnostics, diagnosticsFile } from './diagnostics';
import { marketContracts, type MapSource } from './market-contracts';

const MEGABYTE = 1e6;

interface Props {
  readonly source: MapSource | null;
  readonly contract: Contract | null;
  readonly venues: readonly VenueHealth[];
  readonly storageProblem: string | null;
  readonly nowMs: number;
}

/** Every stream of every venue, what is stored, and both as a file. */
export function DiagnosticsPage({ source, contract, venues, storageProblem, nowMs }: Props) {
  const [stored, setStored] = useState<Pick<Diagnostics, 'storage' | 'columns'>>({ storage: null, columns: [] });
  const [hasFailed, setHasFailed] = useState(false);
  const read = () =>
    void readStored(source, contract).then(
      (found) => {
        setStored(found);
        setHasFailed(false);
      },
      () => setHasFailed(true),
    );
  useEffect(read, [source, contract?.id]);
  const { storage, columns } = stored;
  const save = () =>
    saveFile(
      'liqband-diagnostics.json',
      diagnosticsFile({ contractId: contract?.id ?? null, nowMs, venues, storageProblem, ...stored }),
    );
  return (
    <div class="page">
      <Section
        title={t('streams.title')}
        isWide
        aside={
          <button type="button" class="button is-small" onClick={save}>
            {t('diagnostics.save')}
          </button>
        }
      >
        {venues.length === 0 ? (
          <p role="status">{t('diagnostics.none')}</p>
        ) : (
          <table class="diagnostics">
            <thead>
              <tr>
                <th scope="col">{t('column.venue')}</th>
                <th scope="col">{t('streams.stream')}</th>
                <th scope="col">{t('streams.state')}</th>
                <th scope="col">{t('diagnostics.since')}</th>
                <th scope="col">{t('streams.lastData')}</th>
                <th scope="col">{t('streams.broken')}</th>
                <th scope="col">{t('diagnostics.fails')}</th>
              </tr>
            </thead>
            <tbody>
              {venues.map(({ venueId, streams }) =>
                streams.map((stream, i) => (
                  <StreamRow
                    key={`${venueId}${stream.stream}`}
                    venue={i === 0 ? { name: venueName(venueId), rows: streams.length } : null}
                    stream={stream}
                    nowMs={nowMs}
                  />
                )),
              )}
            </tbody>
          </table>
        )}
      </Section>
      <Section
        title={t('diagnostics.storage')}
        aside={t(source?.isPersistent === false ? 'diagnostics.inMemory' : 'diagnostics.onDevice')}
      >
        {storageProblem !== null && <p role="status">{causeWords(storageProblem)}</p>}
        <p>
          {storage === null
            ? t('diagnostics.untold')
            : t('diagnostics.used', {
                megabytes: formatDecimal(storage.usageBytes / MEGABYTE, 1),
                share: formatShare(storage.usageBytes / storage.quotaBytes),
              })}
        </p>
        {hasFailed && <Failed onRetry={read} />}
        {columns.map(({ contractId, count }) => (
          <p key={contractId} class="caption">
            {t('diagnostics.columns', { contract: contractId, count })}
          </p>
        ))}
      </Section>
    </div>
  );
}

interface RowProps {
  /** Before the first of its streams. */
  readonly venue: { readonly name: string; readonly rows: number } | null;
  readonly stream: StreamHealth;
  readonly nowMs: number;
}

function StreamRow({ venue, stream, nowMs }: RowProps) {
  const retry = stream.retryAtMs !== null && stream.retryAtMs > nowMs ? stream.retryAtMs - nowMs : null;
  return (
    <tr>
      {venue !== null && (
        <th scope="rowgroup" rowSpan={venue.rows}>
          {venue.name}
        </th>
      )}
      <td>{t(`stream.${stream.stream}`)}</td>
      <td>
        <span class="state">
          <StateMark tone={HEALTH_TONES[stream.state]} />
          {t(`health.${stream.state}`)}
        </span>
      </td>
      <td>{formatAge(nowMs - stream.sinceMs)}</td>
      <td>{stream.lastDataMs === null ? NOTHING : formatAge(nowMs - stream.lastDataMs)}</td>
      <td>{stream.brokenCount}</td>
      <td>
        {causeWords(stream.detail)}
        {retry !== null && ` ${t('retry.in', { time: formatCountdown(retry) })}`}
      </td>
    </tr>
  );
}

async function readStored(
  source: MapSource | null,
  contract: Contract | null,
): Promise<Pick<Diagnostics, 'storage' | 'columns'>> {
  const storage = await storageEstimate();
  if (source === null || contract === null) return { storage, columns: [] };
  const contracts = await marketContracts(source, contract);
  const columns = contracts.map(async ({ id }) => ({ contractId: id, count: await source.countColumns(id) }));
  return { storage, columns: await Promise.all(columns) };
}

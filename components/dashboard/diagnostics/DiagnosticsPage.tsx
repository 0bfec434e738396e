import { useEffect, useState } from 'preact/hooks';

import { causeWords } from '@/components/cause-words';
import { marketContracts, type MapSource } from '@/components/dashboard/market-contracts';
import { Failed } from '@/components/Failed';
import { useModel } from '@/components/panel/use-model';
import { saveFile } from '@/components/save-file';
import { Section } from '@/components/Section';
import { StorageUsed } from '@/components/StorageUsed';
import { formatLocalTime } from '@/lib/core/format-time';
import { MINUTE_MS } from '@/lib/core/time';
import { t } from '@/lib/i18n/words';
import type { Contract } from '@/lib/market/contract';
import type { VenueHealth } from '@/lib/market/health';
import type { ScaleReader } from '@/lib/messaging/scale-readers';
import { storageEstimate, type StorageUse } from '@/lib/store/storage-estimate';

import { type Diagnostics, diagnosticsFile } from './diagnostics';
import type { DiagnosticsModel } from './diagnostics-model';
import { followReaders } from './follow-readers';
import { LimitsTable } from './LimitsTable';
import { ScaleReaders } from './ScaleReaders';
import { VenueStreams } from './VenueStreams';

/** The file holds all lines. */
const SHOWN_LINES = 20;

interface Props {
  readonly model: DiagnosticsModel;
  readonly source: MapSource | null;
  readonly contract: Contract | null;
  readonly venues: readonly VenueHealth[];
  readonly storageProblem: string | null;
  readonly nowMs: number;
}

/** Every stream and limit of every venue, what is stored, the log, and all of it as a file. */
export function DiagnosticsPage({ model, source, contract, venues, storageProblem, nowMs }: Props) {
  const [storage, setStorage] = useState<StorageUse | null>();
  const [columns, setColumns] = useState<Diagnostics['columns']>([]);
  const [hasFailed, setHasFailed] = useState(false);
  const [turn, setTurn] = useState(0);
  const minute = Math.floor(nowMs / MINUTE_MS);
  useEffect(() => void storageEstimate().then(setStorage), [minute]);
  useEffect(() => {
    let isCurrent = true;
    void countColumns(source, contract).then(
      (found) => {
        if (!isCurrent) return;
        setColumns(found);
        setHasFailed(false);
      },
      () => isCurrent && setHasFailed(true),
    );
    return () => {
      isCurrent = false;
    };
  }, [source, contract?.id, minute, turn]);
  const [readers, setReaders] = useState<readonly ScaleReader[]>([]);
  useEffect(() => {
    const controller = new AbortController();
    followReaders(setReaders, controller.signal);
    return () => controller.abort();
  }, []);
  const told = useModel(model);
  useEffect(() => model.watch(), [model]);
  const save = () =>
    saveFile(
      'liqband-diagnostics.json',
      diagnosticsFile({
        contractId: contract?.id ?? null,
        nowMs,
        venues,
        readers,
        storageProblem,
        storage: storage ?? null,
        columns,
        limits: told?.limits ?? [],
        log: told?.log ?? [],
      }),
    );
  return (
    <div class="page diagnostics-page">
      <Section
        title={t('streams.title')}
        aside={
          <button type="button" class="button is-small" onClick={save}>
            {t('diagnostics.save')}
          </button>
        }
      >
        {venues.length === 0 ? (
          <p role="status">{t('diagnostics.none')}</p>
        ) : (
          <div class="venue-streams">
            {venues.map((health) => (
              <VenueStreams key={health.venueId} health={health} nowMs={nowMs} />
            ))}
          </div>
        )}
      </Section>
      <Section title={t('limits.title')} isWide>
        <LimitsTable venues={told?.limits ?? null} nowMs={nowMs} />
      </Section>
      <Section title={t('readers.title')} isWide>
        <ScaleReaders readers={readers} />
      </Section>
      <Section
        title={t('diagnostics.storage')}
        aside={t(source?.isPersistent === false ? 'diagnostics.inMemory' : 'diagnostics.onDevice')}
      >
        {storageProblem !== null && <p role="status">{causeWords(storageProblem)}</p>}
        <StorageUsed use={storage} />
        {hasFailed && <Failed onRetry={() => setTurn(turn + 1)} />}
        <div class="stored">
          {columns.map(({ contractId, count }) => (
            <p key={contractId} class="caption">
              {t('diagnostics.columns', { contract: contractId, count })}
            </p>
          ))}
        </div>
      </Section>
      <Section title={t('diagnostics.log')}>
        {told !== null && told.log.length === 0 && <p role="status">{t('diagnostics.noLog')}</p>}
        <ol class="log" lang="en">
          {told?.log
            .slice(-SHOWN_LINES)
            .toReversed()
            .map(({ timeMs, text }, i) => (
              <li key={i}>
                <time>{formatLocalTime(timeMs)}</time> {logWords(text)}
              </li>
            ))}
        </ol>
      </Section>
    </div>
  );
}

/** A line with the words of the cause it may end in, `lost|venue=Gate`. */
const logWords = (text: string): string => text.replace(/\w+\|.*$/, causeWords);

async function countColumns(source: MapSource | null, contract: Contract | null): Promise<Diagnostics['columns']> {
  if (source === null || contract === null) return [];
  const contracts = await marketContracts(source, contract);
  return Promise.all(contracts.map(async ({ id }) => ({ contractId: id, count: await source.countColumns(id) })));
}

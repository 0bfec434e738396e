import { StateMark } from '@/components/StateMark';
import { formatDecimal, NOTHING } from '@/lib/core/format';
import { t } from '@/lib/i18n/words';
import { venueIdOf } from '@/lib/market/contract';
import { venueName } from '@/lib/market/venue-facts';
import type { ScaleReader } from '@/lib/messaging/scale-readers';
import { HIDDEN_LOOKS } from '@/lib/render/hidden-looks';

import { ColumnHeads } from './ColumnHeads';

/** How the price scale of every open chart is read, how well, and why its band is hidden where it is. */
export function ScaleReaders({ readers }: { readonly readers: readonly ScaleReader[] }) {
  if (readers.length === 0) return <p role="status">{t('readers.none')}</p>;
  return (
    <table class="diagnostics readers" aria-label={t('readers.title')}>
      <ColumnHeads words={['readers.site', 'streams.state', 'own.contract', 'readers.source', 'readers.error']} />
      <tbody>
        {readers.map((reader, i) => (
          <ReaderRows key={i} {...reader} />
        ))}
      </tbody>
    </table>
  );
}

function ReaderRows({ host, contractId, hiddenReason, source, errorPx }: ScaleReader) {
  const why = hiddenReason === null ? undefined : HIDDEN_LOOKS[hiddenReason];
  return (
    <>
      <tr>
        <th scope="row">{host}</th>
        <td>
          <span class="state">
            <StateMark tone={hiddenReason === null ? 'ok' : why === undefined ? 'idle' : 'warn'} />
            {t(hiddenReason === null ? 'readers.shown' : why === undefined ? 'health.connecting' : 'band.hidden')}
          </span>
        </td>
        <td>
          {contractId === null ? (
            NOTHING
          ) : (
            <>
              {contractId.slice(contractId.indexOf(':') + 1)}{' '}
              <span class="caption">{venueName(venueIdOf(contractId))}</span>
            </>
          )}
        </td>
        <td>{source === null ? NOTHING : t(`readers.${source}`)}</td>
        <td>{errorPx === null ? NOTHING : t('look.pixels', { count: formatDecimal(errorPx, 2) })}</td>
      </tr>
      {why !== undefined && (
        <tr>
          <td colSpan={5} class="stream-fault">
            {t(why.text)}
          </td>
        </tr>
      )}
    </>
  );
}

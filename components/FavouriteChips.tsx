import './FavouriteChips.css';
import { formatDistance } from '@/lib/core/format';
import { t } from '@/lib/i18n/words';
import { type ContractId, venueIdOf } from '@/lib/market/contract';
import type { MarketReport } from '@/lib/market/report';
import { venueName } from '@/lib/market/venue-facts';

interface Props {
  readonly ids: readonly ContractId[];
  /** The one on display. */
  readonly shown: ContractId | undefined;
  /** What prices did in a day; null before it is known. */
  readonly report: MarketReport | null;
  readonly onChoose: (contract: { readonly id: ContractId }) => void;
}

/** The watch-list, one click each. */
export function FavouriteChips({ ids, shown, report, onChoose }: Props) {
  if (ids.length === 0) return null;
  return (
    <nav class="favourite-chips" aria-label={t('alerts.favourites')}>
      {ids.map((id) => {
        const change = report?.rows.find(({ changes24h }) => id in changes24h)?.changes24h[id] ?? null;
        return (
          <button key={id} type="button" title={id} aria-pressed={id === shown} onClick={() => onChoose({ id })}>
            {symbolOf(id)}
            {ids.some((other) => other !== id && symbolOf(other) === symbolOf(id)) && (
              <span class="quiet"> {venueName(venueIdOf(id))}</span>
            )}
            {change !== null && <span class="quiet"> {formatDistance(change)}</span>}
          </button>
        );
      })}
    </nav>
  );
}

const symbolOf = (id: ContractId): string => id.slice(id.indexOf(':') + 1);

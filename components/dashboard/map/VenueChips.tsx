import './VenueChips.css';
import { t } from '@/lib/i18n/words';
import type { VenueId } from '@/lib/market/contract';
import type { MarketMember } from '@/lib/market/member';
import { venueName } from '@/lib/market/venue-facts';

interface Props {
  readonly members: readonly MarketMember[];
  readonly onSwitch: (venueId: VenueId, isOn: boolean) => void;
}

/** The market's venues: which of them the map, the figures and the bands count. */
export function VenueChips({ members, onSwitch }: Props) {
  const isLast = members.filter(({ state }) => state !== 'off').length === 1;
  return (
    <div class="venue-chips" role="group" aria-label={t('venues.counting')}>
      {members.map(({ venueId, state }) => {
        const isOn = state !== 'off';
        return (
          <button
            key={venueId}
            type="button"
            aria-pressed={isOn}
            // Without any venue there would be nothing to show.
            disabled={isOn && isLast}
            onClick={() => onSwitch(venueId, !isOn)}
          >
            {venueName(venueId)}
          </button>
        );
      })}
    </div>
  );
}

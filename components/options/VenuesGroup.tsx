import { switchVenue } from '@/components/panel/switch-venue';
import { Switch } from '@/components/Switch';
import { t } from '@/lib/i18n/words';
import type { VenueId } from '@/lib/market/contract';
import { VENUE_FACTS, venueName } from '@/lib/market/venue-facts';

import { Group, Setting } from './Group';

export const VENUE_IDS = Object.keys(VENUE_FACTS) as VenueId[];

/** Which exchanges count. */
export function VenuesGroup({ off }: { readonly off: readonly VenueId[] }) {
  const isLast = off.length === VENUE_IDS.length - 1;
  return (
    <Group id="venues" note={t('options.venuesNote')}>
      <div class="setting-grid">
        {VENUE_IDS.map((venueId) => {
          const isOn = !off.includes(venueId);
          return (
            <Setting
              key={venueId}
              name={venueName(venueId)}
              note={
                isOn && isLast
                  ? t('options.lastVenue')
                  : t('options.venueFeed', { feed: t(`feed.${VENUE_FACTS[venueId].liquidationFeed}`) })
              }
            >
              <Switch
                label={t('venues.count', { venue: venueName(venueId) })}
                isOn={isOn}
                // Without any venue there would be nothing to show.
                onChange={(wanted) => (wanted || !isLast) && void switchVenue(venueId, wanted)}
              />
            </Setting>
          );
        })}
      </div>
    </Group>
  );
}

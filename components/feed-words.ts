import { t } from '@/lib/i18n/words';
import type { Summary } from '@/lib/market/summary';
import { VENUE_FACTS } from '@/lib/market/venue-facts';

/** How complete the liquidation streams are of the venues that count and have one. */
export function feedWords({ venueId, members }: Summary): string {
  const venueIds = members.filter(({ state }) => state === 'live').map((member) => member.venueId);
  const feeds = new Set((venueIds.length > 0 ? venueIds : [venueId]).map((id) => VENUE_FACTS[id].liquidationFeed));
  feeds.delete('none');
  return t(feeds.size > 1 ? 'feed.mixed' : `feed.${[...feeds][0] ?? 'none'}`);
}

import { t } from '@/lib/i18n/words';
import type { Summary } from '@/lib/market/summary';
import { venueName } from '@/lib/market/venue-facts';

/** The venues whose figures are summed up. */
export const liveVenues = ({ members }: Pick<Summary, 'members'>): string[] =>
  members.filter(({ state }) => state === 'live').map(({ venueId }) => venueName(venueId));

/** Whose estimate it is, and from which venues. */
export const sourceWords = (venues: readonly string[]): string => t('export.source', { venues: venues.join(', ') });

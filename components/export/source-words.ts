import { t } from '@/lib/i18n/words';
import type { Summary } from '@/lib/market/summary';
import { venueName } from '@/lib/market/venue-facts';

/** The venues whose figures are summed up. */
export const liveVenues = ({ members }: Summary): string[] =>
  members.filter(({ state }) => state === 'live').map(({ venueId }) => venueName(venueId));

/** Whose estimate it is, and from which venues. */
export const sourceWords = (summary: Summary): string => t('export.source', { venues: liveVenues(summary).join(', ') });

import type { VenueId } from '@/lib/market/contract';

/** A venue's name as it is written in text. */
export const venueName = (venueId: VenueId): string => `${venueId.charAt(0).toUpperCase()}${venueId.slice(1)}`;

import type { VenueId } from './contract';
import type { HealthState } from './health';

/** What one venue has to do with a market's map. */
export interface MarketMember {
  readonly venueId: VenueId;
  /** The venue's contracts of the underlying, by its own names; empty while its list is not known. */
  readonly symbols: readonly string[];
  /** `off` by the user's choice; `live` is in the sum, anything else is why it is not. */
  readonly state: HealthState | 'off';
  /** One side, of all its contracts, the newest known; null where none was ever seen. */
  readonly openInterestUsd: number | null;
  /** The part of it whose levels are in the sum. */
  readonly countedOpenInterestUsd: number;
  /** The open interest of a part of it was polled since then and taken as unchanged before; null where all was observed. */
  readonly openInterestSinceMs: number | null;
  /** USD of its levels in the sum, over all prices. */
  readonly longUsd: number;
  readonly shortUsd: number;
}

/** How much of a market its map rests on. */
export interface Coverage {
  readonly countedVenues: number;
  readonly venues: number;
  /** Of the market's open interest, 0 to 1; null where a missing venue's is not known. */
  readonly openInterestShare: number | null;
}

/** Venues that are switched off are no part of the market that the user wants to see. */
export function coverageOf(members: readonly MarketMember[]): Coverage {
  const wanted = members.filter(({ state }) => state !== 'off');
  const total = wanted.reduce((sum, { openInterestUsd }) => sum + (openInterestUsd ?? NaN), 0);
  const counted = wanted.reduce((sum, { countedOpenInterestUsd }) => sum + countedOpenInterestUsd, 0);
  return {
    countedVenues: wanted.filter(({ state }) => state === 'live').length,
    venues: wanted.length,
    openInterestShare: total > 0 ? Math.min(1, counted / total) : null,
  };
}

/** A member's share of the market's known open interest, 0 to 1; null where its own is not known. */
export function shareOf(member: MarketMember, members: readonly MarketMember[]): number | null {
  const total = members.reduce((sum, { openInterestUsd }) => sum + (openInterestUsd ?? 0), 0);
  return member.openInterestUsd === null || total === 0 ? null : member.openInterestUsd / total;
}

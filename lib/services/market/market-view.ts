import type { Contract, VenueId } from '@/lib/market/contract';
import { missingState, type VenueHealth } from '@/lib/market/health';
import type { MarketMember } from '@/lib/market/member';
import { totalUsd } from '@/lib/market/profile-sum';
import type { LiquidatedWindow } from '@/lib/market/summary';

import type { CountedMember } from './market-members';
import type { OpenInterestBook } from './open-interest-book';

/** A venue as far as one market is concerned. */
export interface MarketVenue {
  readonly venueId: VenueId;
  readonly isOff: boolean;
  /** Its contracts of the market; null while its list is not known, so that it may have some. */
  readonly contracts: readonly Contract[] | null;
  readonly health: () => VenueHealth;
}

/** Whether a venue lists the market, or may. */
export const isPartOf = ({ contracts }: MarketVenue): boolean => contracts === null || contracts.length > 0;

/** What each venue adds to the sum of the counted maps, and what is known of the venues that add nothing. */
export const membersOf = (
  venues: readonly MarketVenue[],
  counted: readonly CountedMember[],
  openInterest: OpenInterestBook,
): MarketMember[] =>
  venues.filter(isPartOf).map(({ venueId, isOff, contracts, health }) => {
    const own = counted.filter(({ contract }) => contract.venueId === venueId);
    const known = (contracts ?? []).map(({ id }) => openInterest.usdOf(id)).filter((usd) => usd !== null);
    return {
      venueId,
      symbols: (contracts ?? []).map(({ symbol }) => symbol),
      state: isOff ? 'off' : own.length > 0 ? 'live' : missingState(health()),
      openInterestUsd: known.length > 0 ? sumOf(known) : null,
      countedOpenInterestUsd: sumOf(own.map(({ profile }) => profile.openInterestUsd)),
      openInterestSinceMs: latestOf(own.map(({ session }) => session.openInterestSinceMs)),
      longUsd: sumOf(own.map(({ profile }) => totalUsd(profile.long))),
      shortUsd: sumOf(own.map(({ profile }) => totalUsd(profile.short))),
    };
  });

/** Change of the open interest of all counted contracts since a day ago, as a fraction; null where none is known. */
export function openInterestChange(counted: readonly CountedMember[]): number | null {
  let now = 0;
  let before = 0;
  for (const { session, profile } of counted) {
    if (session.openInterestChange24h === null) continue;
    now += profile.openInterestUsd;
    before += profile.openInterestUsd / (1 + session.openInterestChange24h);
  }
  return before > 0 ? now / before - 1 : null;
}

/**
 * What was seen to be liquidated of all counted contracts. The share recorded is that of their open interest: a venue
 * that tells nothing was never recorded.
 */
export function liquidatedOf(counted: readonly CountedMember[]): LiquidatedWindow[] {
  const weight = sumOf(counted.map(({ profile }) => profile.openInterestUsd));
  const [first = [], ...others] = counted.map(({ session, profile }) =>
    session.liquidated().map((window) => ({
      ...window,
      // Where nobody knows of an open position all weigh the same.
      recordedShare: window.recordedShare * (weight > 0 ? profile.openInterestUsd / weight : 1 / counted.length),
    })),
  );
  return first.map((window, i) =>
    others.reduce(
      (sum, each) => ({
        ...sum,
        longUsd: sum.longUsd + each[i].longUsd,
        shortUsd: sum.shortUsd + each[i].shortUsd,
        recordedShare: sum.recordedShare + each[i].recordedShare,
      }),
      window,
    ),
  );
}

const latestOf = (times: readonly (number | null)[]): number | null =>
  times.reduce((latest, time) => (time !== null && time > (latest ?? -Infinity) ? time : latest), null);

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

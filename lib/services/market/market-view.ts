import type { Contract, VenueId } from '@/lib/market/contract';
import { missingState, type VenueHealth } from '@/lib/market/health';
import type { MarketMember } from '@/lib/market/member';
import { knownShare, type ObservedLayer } from '@/lib/market/observed';
import { totalUsd } from '@/lib/market/profile-sum';
import type { ContractWindow, LiquidatedPart, LiquidatedWindow } from '@/lib/market/summary';

import type { CountedMember, MarketMembers } from './market-members';
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

/** Why a venue adds nothing: one that delivers others' data may have nothing to say of this market alone. */
const stateOf = (
  { contracts, health }: MarketVenue,
  { hasFailed }: Pick<MarketMembers, 'hasFailed'>,
  isClosed: boolean,
) => {
  const state = missingState(health());
  const isOnTheWay = state === 'backfilling' || state === 'connecting';
  if (!isOnTheWay || !(contracts ?? []).some(({ id }) => hasFailed(id))) return state;
  return isClosed ? 'closed' : 'silent';
};

/** What each venue adds to the sum of the counted maps, and what is known of the venues that add nothing. */
export const membersOf = (
  venues: readonly MarketVenue[],
  members: Pick<MarketMembers, 'counted' | 'hasFailed'>,
  openInterest: OpenInterestBook,
  isClosed: boolean,
): MarketMember[] =>
  venues.filter(isPartOf).map((venue) => {
    const { venueId, isOff, contracts } = venue;
    const own = members.counted().filter(({ contract }) => contract.venueId === venueId);
    const known = (contracts ?? []).map(({ id }) => openInterest.usdOf(id)).filter((usd) => usd !== null);
    return {
      venueId,
      symbols: (contracts ?? []).map(({ symbol }) => symbol),
      state: isOff ? 'off' : own.length > 0 ? 'live' : stateOf(venue, members, isClosed),
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

/** What was seen to be liquidated of all counted contracts, altogether and by venue. */
export function liquidatedOf(counted: readonly CountedMember[]): LiquidatedWindow[] {
  const members = counted.map(({ contract, session, profile }) => ({
    venueId: contract.venueId,
    weightUsd: profile.openInterestUsd,
    windows: session.liquidated(),
  }));
  const venueIds = [...new Set(members.map(({ venueId }) => venueId))];
  return (members[0]?.windows ?? []).map(({ windowMs }, i) => ({
    windowMs,
    ...addedUp(members, i),
    venues: venueIds.map((id) => ({
      venueId: id,
      ...addedUp(
        members.filter(({ venueId }) => venueId === id),
        i,
      ),
    })),
  }));
}

interface LiquidatedMember {
  readonly weightUsd: number;
  readonly windows: readonly ContractWindow[];
}

/** The share recorded is that of their open interest: a contract that nothing is told of was never recorded. */
function addedUp(members: readonly LiquidatedMember[], window: number): LiquidatedPart {
  const weight = sumOf(members.map(({ weightUsd }) => weightUsd));
  const sum = (figure: keyof LiquidatedPart) => sumOf(members.map(({ windows }) => windows[window][figure]));
  return {
    longUsd: sum('longUsd'),
    shortUsd: sum('shortUsd'),
    correctedUsd: sum('correctedUsd'),
    recordedShare: sumOf(
      members.map(
        ({ weightUsd, windows }) =>
          // Where nobody knows of an open position all weigh the same.
          windows[window].recordedShare * (weight > 0 ? weightUsd / weight : 1 / members.length),
      ),
    ),
  };
}

/** Share of the counted open interest that public accounts were seen to hold. */
export function observedShareOf(counted: readonly CountedMember[], layers: readonly ObservedLayer[]): number {
  const total = sumOf(counted.map(({ profile }) => profile.openInterestUsd));
  const seen = layers.map((layer) => {
    const member = counted.find(({ contract }) => contract.id === layer.contractId);
    return knownShare(layer) * (member?.profile.openInterestUsd ?? 0);
  });
  return total > 0 ? sumOf(seen) / total : 0;
}

const latestOf = (times: readonly (number | null)[]): number | null =>
  times.reduce((latest, time) => (time !== null && time > (latest ?? -Infinity) ? time : latest), null);

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

import { expect, it } from 'vitest';

import type { Contract, VenueId } from '@/lib/market/contract';
import type { ObservedLayer } from '@/lib/market/observed';
import type { CountedMember } from '@/lib/services/market/market-members';
import {
  liquidatedOf,
  type MarketVenue,
  membersOf,
  observedShareOf,
  openInterestChange,
} from '@/lib/services/market/market-view';

/** As much of a member as its liquidations need. */
const member = (openInterestUsd: number, recordedShare: number, venueId: VenueId = 'binance'): CountedMember =>
  ({
    contract: { id: `${venueId}:X`, venueId },
    session: { liquidated: () => [{ windowMs: 3_600_000, longUsd: 10, shortUsd: 5, correctedUsd: 20, recordedShare }] },
    profile: { openInterestUsd },
  }) as unknown as CountedMember;

const shareOf = (...members: CountedMember[]) => liquidatedOf(members)[0].recordedShare;

it('adds up what was liquidated, altogether and by venue, and weighs what was recorded by open interest', () => {
  expect(liquidatedOf([member(300, 1), member(500, 1, 'gate'), member(100, 0)])).toEqual([
    {
      windowMs: 3_600_000,
      longUsd: 30,
      shortUsd: 15,
      correctedUsd: 60,
      recordedShare: 8 / 9,
      venues: [
        { venueId: 'binance', longUsd: 20, shortUsd: 10, correctedUsd: 40, recordedShare: 0.75 },
        { venueId: 'gate', longUsd: 10, shortUsd: 5, correctedUsd: 20, recordedShare: 1 },
      ],
    },
  ]);
  expect(liquidatedOf([])).toEqual([]);
});

it('adds up how open interest changed, of those of which it is known', () => {
  const changed = (openInterestUsd: number, openInterestChange24h: number | null): CountedMember =>
    ({ session: { openInterestChange24h }, profile: { openInterestUsd } }) as unknown as CountedMember;
  // 100 to 120 and 200 to 100.
  expect(openInterestChange([changed(120, 0.2), changed(100, -0.5), changed(1e9, null)])).toBeCloseTo(
    220 / 300 - 1,
    12,
  );
  expect(openInterestChange([changed(120, null)])).toBeNull();
  expect(openInterestChange([])).toBeNull();
});

it('weighs all the same where no open interest is known', () => {
  expect(shareOf(member(0, 1), member(0, 0))).toBe(0.5);
});

it('what public accounts hold is a share of all that is counted', () => {
  const layer = { contractId: 'hyperliquid:X', longShare: 0.3, shortShare: 0.1 } as unknown as ObservedLayer;
  expect(observedShareOf([member(300, 1), member(100, 1, 'hyperliquid')], [layer])).toBeCloseTo(0.05);
  expect(observedShareOf([], [])).toBe(0);
});

it('calls a venue silent that delivers others and has fallen silent of this market, while that is open', () => {
  const streams = (['trades', 'mark'] as const).map((stream) => ({
    stream,
    state: 'live' as const,
    sinceMs: 0,
    lastDataMs: 0,
    brokenCount: 0,
    detail: '',
    retryAtMs: null,
  }));
  const contracts = [{ id: 'gate:X', symbol: 'X', venueId: 'gate' } as unknown as Contract];
  const venue: MarketVenue = { venueId: 'gate', isOff: false, contracts, health: () => ({ venueId: 'gate', streams }) };
  const stateOf = (hasFailed: boolean, isClosed: boolean) =>
    membersOf([venue], { counted: () => [], hasFailed: () => hasFailed }, { usdOf: () => null } as never, isClosed)[0]
      .state;
  expect([stateOf(false, false), stateOf(true, false), stateOf(true, true)]).toEqual([
    'backfilling',
    'silent',
    'closed',
  ]);
});

import { describe, expect, it } from 'vitest';

import { coverageOf, shareOf, type MarketMember } from '@/lib/market/member';

const member = (state: MarketMember['state'], openInterestUsd: number | null, counted = 0): MarketMember => ({
  venueId: 'binance',
  symbols: ['BTCUSDT'],
  state,
  openInterestUsd,
  countedOpenInterestUsd: counted,
  openInterestSinceMs: null,
  longUsd: 0,
  shortUsd: 0,
});

describe('coverage of a market', () => {
  it('counts venues and their open interest, with the last known of those that are missing', () => {
    expect(coverageOf([member('live', 6e9, 6e9), member('live', 2e9, 1e9), member('blocked', 2e9)])).toEqual({
      countedVenues: 2,
      venues: 3,
      openInterestShare: 0.7,
    });
  });

  it('names no share while a missing venue was never seen', () => {
    expect(coverageOf([member('live', 6e9, 6e9), member('blocked', null)])).toEqual({
      countedVenues: 1,
      venues: 2,
      openInterestShare: null,
    });
  });

  it('leaves out what the user switched off', () => {
    const members = [member('live', 6e9, 6e9), member('off', null)];
    expect(coverageOf(members)).toEqual({ countedVenues: 1, venues: 1, openInterestShare: 1 });
    expect(members.map((each) => shareOf(each, members))).toEqual([1, null]);
  });

  it('tells no share of open interest where there are no members', () => {
    expect(coverageOf([])).toEqual({ countedVenues: 0, venues: 0, openInterestShare: null });
  });
});

import { expect, it } from 'vitest';

import { type Profile, usdBetween } from '@/lib/market/profile';
import { ENOUGH_EVENTS } from '@/lib/model/leverage-learning';
import { learningSummary } from '@/lib/services/contract/learning-summary';

const BINS = 400;
/** Longs below the mark, shorts above it, and more of everything further away. */
const profile: Profile = {
  asOfMs: 0,
  markPrice: 60_000,
  lastPrice: 60_000,
  binWidth: 0.001,
  firstBin: Math.floor(Math.log(60_000) / 0.001) - BINS / 2,
  long: Float32Array.from({ length: BINS }, (_, i) => Math.max(0, BINS / 2 - i)),
  short: Float32Array.from({ length: BINS }, (_, i) => 10 * Math.max(0, i - BINS / 2)),
  openInterestUsd: 1e6,
  unlocatedShare: 0,
};
const board = {
  lastDay: null,
  month: null,
  liquidatedShare: (openInterestUsd: number) => ({ long: openInterestUsd / 1e7, short: openInterestUsd / 2e7 }),
  expectedInterval: () => null,
};

it('expects of each move its share of what lies on the way, on the side that it goes against', () => {
  const { expected, liquidatedShare } = learningSummary({ mixInForce: null, eventCount: 3 }, board, profile);
  expect(liquidatedShare).toEqual({ long: 0.1, short: 0.05 });
  expect(expected.map(({ distance }) => distance)).toEqual([0.01, 0.02, 0.05]);
  for (const { distance, long, short } of expected) {
    const [below, above] = [60_000 * (1 - distance), 60_000 * (1 + distance)];
    expect(long.usd).toBeCloseTo(0.1 * usdBetween(profile, below, 60_000).long, 6);
    expect(short.usd).toBeCloseTo(0.05 * usdBetween(profile, 60_000, above).short, 6);
    expect(long).toMatchObject({ lowUsd: null, highUsd: null });
    expect(short.usd).toBeGreaterThan(long.usd);
  }
});

it('states the interval of what it expects, side by side', () => {
  const expectedInterval = (side: string, usd: number) => ({ low: usd / 2, high: side === 'long' ? 2 * usd : 3 * usd });
  const { expected } = learningSummary({ mixInForce: null, eventCount: 0 }, { ...board, expectedInterval }, profile);
  for (const { long, short } of expected) {
    expect(long).toEqual({ usd: long.usd, lowUsd: long.usd / 2, highUsd: 2 * long.usd });
    expect(short).toEqual({ usd: short.usd, lowUsd: short.usd / 2, highUsd: 3 * short.usd });
  }
});

it('names the stated prior until something was learned', () => {
  const prior = learningSummary({ mixInForce: null, eventCount: 7 }, board, profile);
  expect(prior).toMatchObject({
    source: 'prior',
    learnedThroughMs: null,
    eventCount: 7,
    enoughEvents: ENOUGH_EVENTS,
  });
});

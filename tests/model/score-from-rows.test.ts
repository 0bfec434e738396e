import { describe, expect, it } from 'vitest';

import type { BarScore, LocationScore } from '@/lib/market/score';
import { rankCorrelation, scoreFromRows } from '@/lib/model/score-from-rows';

const sides = (long: number, short = 0) => ({ long, short });

/** Bar i: expected grows with i, the move shrinks with it, and `observed` says what came. */
const barScore = (i: number, observed: number): BarScore => ({
  openTimeMs: i * 300_000,
  atRisk: sides(10 * (i + 1)),
  expected: sides(i + 1),
  observed: sides(observed),
  move: sides(1 / (i + 1)),
});
const location: LocationScore = {
  startMs: 0,
  eventCount: 15,
  usd: 1_000,
  bits: 6,
  dayOldEventCount: 15,
  dayOldBits: -3,
  topTenthUsd: 400,
  topTenthUsdByChance: 100,
};

describe('rank correlation', () => {
  it.each([
    [[1, 2, 3, 4], [10, 20, 30, 400], 1],
    [[1, 2, 3, 4], [4, 3, 2, 1], -1],
    // Ranks 0, 1, 2, 3 against 0.5, 0.5, 2, 3: the covariance is 4.5, the variances 5 and 4.5.
    [[1, 2, 3, 4], [0, 0, 5, 9], 4.5 / Math.sqrt(5 * 4.5)],
  ])('of %j and %j is %d', (x, y, expected) => {
    expect(rankCorrelation(Float64Array.from(x), Float64Array.from(y))).toBeCloseTo(expected, 12);
  });

  it('is none where nothing varies', () => {
    expect(rankCorrelation(Float64Array.of(1, 2, 3), Float64Array.of(0, 0, 0))).toBeNull();
  });
});

describe('a score', () => {
  it('is none before the first bar', () => {
    expect(scoreFromRows([], [location])).toBeNull();
  });

  it('sums dollars, counts days and ranks what was expected beside the move alone', () => {
    const bars = Array.from({ length: 288 }, (_, i) => barScore(i, i));
    const score = scoreFromRows(bars, [location, location]);
    expect(score).toMatchObject({
      days: 1,
      eventCount: 30,
      expectedUsd: (288 * 289) / 2,
      observedUsd: (287 * 288) / 2,
    });
    expect(score?.rankCorrelation).toBeCloseTo(1, 12);
    expect(score?.moveRankCorrelation).toBeCloseTo(-1, 12);
    expect(score?.bitsPerEvent).toBeCloseTo(0.4, 12);
    expect(score?.dayOldBitsPerEvent).toBeCloseTo(-0.2, 12);
    expect(score?.topTenthShare).toBeCloseTo(0.4, 12);
    expect(score?.topTenthLift).toBeCloseTo(4, 12);
  });

  it('does not say what too few liquidations cannot', () => {
    const bars = Array.from({ length: 288 }, (_, i) => barScore(i, i < 10 ? 5 : 0));
    expect(scoreFromRows(bars, [location])).toMatchObject({
      eventCount: 15,
      rankCorrelation: null,
      bitsPerEvent: null,
      topTenthShare: null,
      observedUsd: 50,
    });
  });
});

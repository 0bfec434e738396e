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

  it('gives intervals by redrawing days once there are enough of them, wider where days differ', () => {
    const month = (noise: (day: number) => number) =>
      Array.from({ length: 30 * 24 }, (_, i) => ({
        ...barScore(i % 24, (i % 24) * noise(Math.floor(i / 24))),
        openTimeMs: i * 3_600_000,
      }));
    const places = (bitsOf: (day: number) => number) =>
      Array.from({ length: 30 }, (_, day) => ({ ...location, startMs: day * 86_400_000, bits: bitsOf(day) }));
    const even = scoreFromRows(
      month(() => 1),
      places(() => 6),
    );
    expect(even?.rankCorrelationInterval?.low).toBeCloseTo(1, 9);
    expect(even?.bitsPerEventInterval).toEqual({ low: 0.4, high: 0.4 });
    expect(even?.topTenthLiftInterval?.high).toBeCloseTo(4, 9);
    const uneven = scoreFromRows(
      month((day) => (day % 3 === 0 ? -1 : 1) * 100 + 200),
      places((day) => 12 * (day % 2)),
    );
    const { low = NaN, high = NaN } = uneven?.bitsPerEventInterval ?? {};
    expect(low).toBeLessThan(0.4);
    expect(high).toBeGreaterThan(0.4);
    expect(high - low).toBeGreaterThan(0.1);
    expect(uneven?.rankCorrelationInterval?.low).toBeLessThan(uneven?.rankCorrelation ?? NaN);
    const fewDays = scoreFromRows(month(() => 1).slice(0, 4 * 24), places(() => 6).slice(0, 4));
    expect(fewDays).toMatchObject({ rankCorrelationInterval: null, bitsPerEventInterval: null });
  });

  it('says how often the intervals of hours held, walking forward, and nothing of few hours', () => {
    let state = 5;
    const random = (): number => {
      state = (Math.imul(state, 1664525) + 1013904223) | 0;
      return (state >>> 0) / 2 ** 32;
    };
    const bars = Array.from({ length: 400 * 12 }, (_, i): BarScore => {
      const usd = 1_000 * random();
      return {
        openTimeMs: i * 300_000,
        atRisk: sides(usd, usd),
        expected: sides(usd, usd),
        observed: sides(usd * 3 * random() ** 3, usd * 3 * random() ** 3),
        move: sides(1, 1),
      };
    });
    const coverage = scoreFromRows(bars, [])?.intervalCoverage ?? NaN;
    expect(coverage).toBeGreaterThan(0.73);
    expect(coverage).toBeLessThan(0.87);
    expect(scoreFromRows(bars.slice(0, 100 * 12), [])?.intervalCoverage).toBeNull();
  });
});

import { expect, it } from 'vitest';

import {
  bestScale,
  cumulativeR2,
  earthMoversDistance,
  mapFromLevels,
  scaleMap,
  type Level,
} from '@/lib/model/level-map';

const level = (positionSide: 'long' | 'short', price: number, usd: number): Level => ({ positionSide, price, usd });
const TRUTH = mapFromLevels(
  [level('long', 98, 3e6), level('long', 95, 1e6), level('short', 103, 2e6), level('short', 99, 9e9)],
  100,
);

it('leaves out levels on the wrong side of the mark', () => {
  expect(TRUTH.short.reduce((sum, usd) => sum + usd, 0)).toBe(2e6);
});

it('gives the truth itself full marks', () => {
  expect(cumulativeR2(TRUTH, TRUTH)).toBe(1);
  expect(earthMoversDistance(TRUTH, TRUTH)).toBe(0);
});

it('counts wrong dollars in R2 but not in distance, and finds the factor that mends them', () => {
  const doubled = scaleMap(TRUTH, { long: 2, short: 2 });
  expect(cumulativeR2(doubled, TRUTH)).toBeLessThan(0);
  expect(earthMoversDistance(doubled, TRUTH)).toBeCloseTo(0, 12);
  expect(bestScale(doubled, TRUTH)).toBeCloseTo(0.5, 12);
});

it('measures how far levels must be moved', () => {
  const moved = mapFromLevels([level('long', 98 * Math.exp(-0.01), 4e6), level('short', 103, 1)], 100);
  const alone = mapFromLevels([level('long', 98, 4e6), level('short', 103, 1)], 100);
  // One side by 1 %, the other not at all.
  expect(earthMoversDistance(moved, alone)).toBeCloseTo(0.005, 3);
});

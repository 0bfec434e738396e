import fc from 'fast-check';
import { expect, it } from 'vitest';

import { heatEnds, legendScale, legendWords, positionToUsd, usdToPosition } from '@/components/heat-legend-scale';

it('the scale has round ends with room for both handles', () => {
  expect(legendScale({ lo: 642e3, hi: 13.1e6 })).toEqual({ minUsd: 100e3, maxUsd: 50e6 });
  expect(legendScale({ lo: 0, hi: 0 })).toEqual({ minUsd: 1, maxUsd: 100 });
});

it('positions and USD are inverse within the three figures shown', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 1e2, max: 1e6, noNaN: true }),
      fc.double({ min: 2, max: 1e4, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (lo, ratio, position) => {
        const scale = legendScale({ lo, hi: lo * ratio });
        expect(usdToPosition(scale, positionToUsd(scale, position))).toBeCloseTo(position, 2);
      },
    ),
  );
});

it('what lies outside the scale stays at its ends', () => {
  const scale = { minUsd: 1e3, maxUsd: 1e6 };
  expect(usdToPosition(scale, 1)).toBe(0);
  expect(usdToPosition(scale, 1e9)).toBe(1);
});

it('colours begin and end where the user set them, else where the data suggest', () => {
  const automatic = { lo: 1e3, hi: 1e6 };
  expect(heatEnds(automatic, { thresholdUsd: null, fullUsd: null })).toEqual(automatic);
  expect(heatEnds(automatic, { thresholdUsd: 5e3, fullUsd: null })).toEqual({ lo: 5e3, hi: 1e6 });
});

it('says of how much price a colour is, and whose choice its ends are', () => {
  expect(legendWords({ thresholdUsd: null, fullUsd: null }, 0.0005)).toBe('USD per 0.05% of price, follows the data');
  expect(legendWords({ thresholdUsd: null, fullUsd: 1e6 }, 0.001)).toBe('USD per 0.1% of price, set by you');
});

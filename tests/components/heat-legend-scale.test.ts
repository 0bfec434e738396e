import fc from 'fast-check';
import { expect, it } from 'vitest';

import { legendScale, positionToUsd, usdToPosition } from '@/components/heat-legend-scale';

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

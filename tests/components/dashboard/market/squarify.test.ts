import fc from 'fast-check';
import { expect, it } from 'vitest';

import { squarify } from '@/components/dashboard/market/squarify';

const weights = fc
  .array(fc.double({ min: 1e-3, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 40 })
  .map((list) => list.sort((a, b) => b - a));

it('areas are in proportion to the weights, fill the whole and do not overlap', () => {
  fc.assert(
    fc.property(weights, (list) => {
      const total = list.reduce((sum, each) => sum + each, 0);
      const tiles = squarify(list, (weight) => weight, 320, 150);
      expect(tiles.map(({ item }) => item)).toEqual(list);
      for (const { item, x, y, width, height } of tiles) {
        expect((width * height) / (320 * 150)).toBeCloseTo(item / total, 6);
        expect(x).toBeGreaterThanOrEqual(-1e-3);
        expect(y).toBeGreaterThanOrEqual(-1e-3);
        expect(x + width).toBeLessThanOrEqual(320 + 1e-3);
        expect(y + height).toBeLessThanOrEqual(150 + 1e-3);
      }
      for (const [i, a] of tiles.entries()) {
        for (const b of tiles.slice(i + 1)) {
          const overlapX = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
          const overlapY = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
          expect(Math.min(overlapX, overlapY)).toBeLessThan(1e-3);
        }
      }
    }),
  );
});

it('the example of the method’s authors comes out as they print it', () => {
  const tiles = squarify([6, 6, 4, 3, 2, 2, 1], (weight) => weight, 6, 4);
  expect(tiles.slice(0, 3)).toEqual([
    { item: 6, x: 0, y: 0, width: 3, height: 2 },
    { item: 6, x: 0, y: 2, width: 3, height: 2 },
    { item: 4, x: 3, y: 0, width: expect.closeTo(12 / 7, 9), height: expect.closeTo(7 / 3, 9) },
  ]);
});

it('what weighs nothing has no place', () => {
  expect(squarify([2, 0], (weight) => weight, 1, 1)).toEqual([{ item: 2, x: 0, y: 0, width: 1, height: 1 }]);
  expect(squarify([], () => 1, 1, 1)).toEqual([]);
});

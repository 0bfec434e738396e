import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { paneGridFor, paneSlices } from '@/lib/render/pane-grid';

import { scaleOf } from './profiles';

const CELL = 0.0005;

const anyView = fc
  .record({
    low: fc.double({ min: 0.01, max: 70_000, noNaN: true }),
    span: fc.double({ min: 0.005, max: 2, noNaN: true }),
    height: fc.integer({ min: 100, max: 1_200 }),
    ratio: fc.constantFrom(1, 1.25, 2),
    mode: fc.constantFrom('normal' as const, 'log' as const),
    isInverted: fc.boolean(),
  })
  .map(({ low, span, height, ratio, mode, isInverted }) => {
    const high = low * (1 + span);
    return { scale: isInverted ? scaleOf(high, low, height, mode) : scaleOf(low, high, height, mode), ratio };
  });

describe('rows of the full pane', () => {
  it('cover the view, on multiples of their cells, each drawn at least a device pixel tall', () => {
    fc.assert(
      fc.property(anyView, ({ scale, ratio }) => {
        const grid = paneGridFor(scale, CELL, ratio, null);
        const { firstCell, cellsPerRow, rowCount } = grid;
        expect(firstCell % cellsPerRow).toBeCloseTo(0, 9);
        const prices = [scale.topPrice, scale.bottomPrice].map((price) => Math.log(price) / CELL);
        expect(Math.min(...prices)).toBeGreaterThanOrEqual(firstCell);
        expect(Math.max(...prices)).toBeLessThanOrEqual(firstCell + rowCount * cellsPerRow);
        for (const { fromRow, toRow, top, bottom } of paneSlices(grid, scale, ratio))
          expect((bottom - top) / (toRow - fromRow)).toBeGreaterThanOrEqual(1);
      }),
    );
  });

  it('stay where they are while the view is panned within them', () => {
    const grid = paneGridFor(scaleOf(57_000, 63_000, 600), CELL, 1, null);
    expect(paneGridFor(scaleOf(57_900, 63_900, 600), CELL, 1, grid)).toBe(grid);
    expect(paneGridFor(scaleOf(67_000, 73_000, 600), CELL, 1, grid)).not.toBe(grid);
  });

  it('are drawn in slices that leave out no row and meet without a gap, each row within .75 px of its price', () => {
    fc.assert(
      fc.property(anyView, ({ scale, ratio }) => {
        const grid = paneGridFor(scale, CELL, ratio, null);
        const slices = paneSlices(grid, scale, ratio);
        slices.forEach(({ fromRow, toRow, top, bottom }, i) => {
          const before = slices[i - 1];
          if (before !== undefined) {
            expect(fromRow).toBe(before.toRow);
            expect(scale.isInverted ? top : bottom).toBe(scale.isInverted ? before.bottom : before.top);
          }
          const middle = (fromRow + toRow) / 2;
          const price = Math.exp((grid.firstCell + middle * grid.cellsPerRow) * CELL);
          expect(Math.abs(scale.priceToY(price) * ratio - (top + bottom) / 2)).toBeLessThanOrEqual(0.76);
        });
      }),
    );
  });
});

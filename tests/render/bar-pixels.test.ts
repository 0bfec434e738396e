import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { PriceScale } from '@/lib/chart/price-scale';
import { createBandCells, fillBandCells, type BandCells } from '@/lib/render/band-cells';
import type { PixelPicture } from '@/lib/render/band-view';
import { fillBarPixels, groupColours, longestBar, type GroupColours } from '@/lib/render/bar-pixels';
import { heatTables } from '@/lib/render/palette';
import { sumsFromProfile, usdBetween } from '@/lib/render/profile-sums';

import { groupSumsOf, randomProfile, scaleOf } from './profiles';

const WIDTH = 144;
const FREE = 8;
const PROFILE = randomProfile(11);
const SUMS = sumsFromProfile(PROFILE);
const GROUPS = groupSumsOf(PROFILE, 12);
const COLOURS: GroupColours = { long: Uint32Array.of(1, 2, 3, 4), short: Uint32Array.of(5, 6, 7, 8) };

function paint(scale: PriceScale, minCellPx = 6): { readonly cells: BandCells; readonly picture: PixelPicture } {
  const height = Math.round(scale.height * 2);
  const picture = {
    width: WIDTH,
    rows: height,
    margin: 0,
    pixels: new Uint32Array(WIDTH * height).fill(99),
    image: {} as CanvasImageSource,
    put: () => ({}) as CanvasImageSource,
    top: 0,
  };
  const cells = createBandCells();
  fillBandCells(SUMS, scale, height, 2, minCellPx, cells);
  fillBarPixels(cells, GROUPS, COLOURS, 2, picture);
  return { cells, picture };
}

const rowOf = ({ pixels }: PixelPicture, row: number): Uint32Array => pixels.subarray(row * WIDTH, (row + 1) * WIDTH);
const lengthOf = (row: Uint32Array): number => row.filter((pixel) => pixel !== 0).length;

const anyScale = fc
  .record({
    low: fc.double({ min: 45_000, max: 62_000, noNaN: true }),
    span: fc.double({ min: 0.001, max: 0.4, noNaN: true }),
    height: fc.integer({ min: 60, max: 400 }),
    mode: fc.constantFrom('normal' as const, 'log' as const),
    isInverted: fc.boolean(),
  })
  .map(({ low, span, height, mode, isInverted }) => {
    const high = low * (1 + span);
    return isInverted ? scaleOf(high, low, height, mode) : scaleOf(low, high, height, mode);
  });

describe('bars', () => {
  it('are as long as the dollars of their cell, to the rounding of one end', () => {
    fc.assert(
      fc.property(anyScale, (scale) => {
        const { cells, picture } = paint(scale);
        const perUsd = (WIDTH - FREE) / longestBar(cells);
        for (let i = 0; i < cells.count; i++) {
          const length = lengthOf(rowOf(picture, Math.min(cells.edge[i], cells.edge[i + 1])));
          expect(Math.abs(length - (cells.long[i] + cells.short[i]) * perUsd)).toBeLessThanOrEqual(0.51);
        }
      }),
    );
  });

  it('hold together all dollars in range, by group as in sum', () => {
    fc.assert(
      fc.property(anyScale, (scale) => {
        const { cells } = paint(scale);
        const { firstBin, binWidth } = PROFILE;
        const priceOf = (bin: number) => Math.exp((firstBin + bin) * binWidth);
        const inRange =
          usdBetween(SUMS, 'long', priceOf(cells.startBin), priceOf(cells.endBin)) +
          usdBetween(SUMS, 'short', priceOf(cells.startBin), priceOf(cells.endBin));
        let drawn = 0;
        let byGroup = 0;
        for (let i = 0; i < cells.count; i++) {
          drawn += cells.long[i] + cells.short[i];
          for (const running of GROUPS.groups) byGroup += running[cells.bin[i + 1]] - running[cells.bin[i]];
        }
        expect(Math.abs(drawn - inRange)).toBeLessThanOrEqual(1e-6 * Math.max(1, inRange));
        expect(Math.abs(byGroup - inRange)).toBeLessThanOrEqual(1e-6 * Math.max(1, inRange));
      }),
    );
  });

  it('stack groups from the axis outwards, longs and shorts each in their colours', () => {
    const { cells, picture } = paint(scaleOf(57_000, 63_000, 300));
    for (let i = 0; i < cells.count; i++) {
      const row = rowOf(picture, cells.edge[i + 1]);
      const seen = [...new Set(row)].filter((pixel) => pixel !== 0).toReversed();
      expect(seen).toEqual([...seen].sort((a, b) => a - b));
      const isMixed = cells.long[i] > 0 && cells.short[i] > 0;
      if (!isMixed) expect(seen.every((pixel) => pixel > 4 === cells.short[i] > 0)).toBe(true);
    }
  });

  it('tell both sides of the one cell that holds the price', () => {
    const { cells, picture } = paint(scaleOf(30_000, 90_000, 60), 20);
    const mixed = cells.long.findIndex((usd, i) => i < cells.count && usd > 0 && cells.short[i] > 0);
    const row = rowOf(picture, cells.edge[mixed + 1]);
    expect(row.some((pixel) => pixel >= 1 && pixel <= 4)).toBe(true);
    expect(row.some((pixel) => pixel >= 5 && pixel <= 8)).toBe(true);
  });

  it('leave a row free between them where they are tall enough', () => {
    const { cells, picture } = paint(scaleOf(59_000, 61_000, 300));
    for (let i = 0; i < cells.count; i++) {
      const [top, bottom] = [cells.edge[i + 1], cells.edge[i]];
      if (bottom - top > 2) expect(lengthOf(rowOf(picture, bottom - 1))).toBe(0);
      else expect(lengthOf(rowOf(picture, bottom - 1))).toBe(lengthOf(rowOf(picture, top)));
    }
  });

  it('are none where nothing is in view', () => {
    expect(paint(scaleOf(1, 2, 100)).picture.pixels.every((pixel) => pixel === 0)).toBe(true);
  });
});

it.each(['dark', 'light'] as const)('colours of groups run along the ramps of their sides on a %s chart', (theme) => {
  const tables = heatTables('sides', theme, null);
  const { long, short } = groupColours(tables, theme);
  for (const [colours, table] of [
    [long, tables.long],
    [short, tables.short],
  ]) {
    const steps = Array.from(colours, (colour) => table.indexOf(colour));
    expect(steps).toEqual([...steps].sort((a, b) => a - b));
    expect(new Set(steps).size).toBe(4);
  }
});

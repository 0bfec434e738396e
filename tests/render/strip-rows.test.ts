import * as fc from 'fast-check';
import { expect, it } from 'vitest';

import { priceScaleFromSamples, type PriceScale } from '@/lib/chart/price-scale';
import type { MediaPx } from '@/lib/core/units';
import { createBandCells, fillBandCells } from '@/lib/render/band-cells';
import type { PixelPicture } from '@/lib/render/band-view';
import { heatScaleFromSums } from '@/lib/render/heat-scale';
import { heatTables } from '@/lib/render/palette';
import { sumsFromProfile } from '@/lib/render/profile-sums';
import { createStripRows } from '@/lib/render/strip-rows';

import { ALL_LEVELS, randomProfile } from './profiles';

const HEIGHT = 300;
const RATIO = 2;
const ROWS = HEIGHT * RATIO;
const MARGIN = 96;
const SUMS = sumsFromProfile(randomProfile(4));
const TABLES = heatTables('default', 'dark', 0.55);

/** A chart's axis, dragged down by so many CSS pixels. */
function scaleAt(draggedPx: number, mode: 'normal' | 'log', zoom = 1): PriceScale {
  const still = priceScaleFromSamples([60_000 + 2_000 * zoom, 60_000 - 2_000 * zoom], HEIGHT, mode);
  const ends = [0, HEIGHT - 1].map((y) => still?.yToPrice((y - draggedPx) as MediaPx) ?? NaN);
  const scale = priceScaleFromSamples(ends, HEIGHT, mode);
  if (scale === null) throw new Error('no scale');
  return scale;
}

function createStrip(margin: number) {
  const paint = createStripRows();
  const cells = createBandCells();
  const heat = heatScaleFromSums(SUMS, 1, ALL_LEVELS);
  const told = { puts: 0 };
  const picture: PixelPicture = {
    width: 1,
    rows: ROWS,
    margin,
    pixels: new Uint32Array(ROWS + 2 * margin),
    image: {} as CanvasImageSource,
    put: () => (told.puts++, {} as CanvasImageSource),
    top: 0,
  };
  return {
    told,
    /** The rows that are shown. */
    show(scale: PriceScale): Uint32Array {
      fillBandCells(SUMS, scale, ROWS, RATIO, 2, cells);
      paint({ sums: SUMS, scale, ratioY: RATIO, tables: TABLES, picture }, cells, heat);
      return picture.pixels.slice(picture.top, picture.top + ROWS);
    },
  };
}

it.each(['normal', 'log'] as const)('moves with a dragged chart, %s, as if it were painted anew', (mode) => {
  const drags = fc.array(fc.integer({ min: -80, max: 80 }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(drags, fc.constantFrom(0.5, 1), (draggedPxs, step) => {
      const strip = createStrip(MARGIN);
      for (const dragged of draggedPxs) {
        const scale = scaleAt(dragged * step, mode);
        expect(strip.show(scale)).toEqual(createStrip(0).show(scale));
      }
    }),
    { numRuns: 30 },
  );
});

it('is painted once for a stretch of dragging, and anew beyond it', () => {
  const strip = createStrip(MARGIN);
  strip.show(scaleAt(0, 'normal'));
  for (let dragged = 1; dragged <= 48; dragged++) strip.show(scaleAt(dragged, 'normal'));
  expect(strip.told.puts).toBe(2);
  strip.show(scaleAt(50, 'normal'));
  expect(strip.told.puts).toBe(3);
});

it('is painted in every frame of a zoom, and where a drag is no whole number of pixels', () => {
  const strip = createStrip(MARGIN);
  for (let i = 0; i < 10; i++) strip.show(scaleAt(0, 'normal', 1 + i / 50));
  expect(strip.told.puts).toBe(10);
  for (let i = 0; i < 10; i++) strip.show(scaleAt(i + 0.3 * (i % 2), 'normal', 2));
  expect(strip.told.puts).toBe(20);
});

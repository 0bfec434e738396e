import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { PriceScale } from '@/lib/chart/price-scale';
import type { Profile } from '@/lib/market/profile';
import { createBandCells, fillBandCells, type BandCells } from '@/lib/render/band-cells';
import { sumsFromProfile } from '@/lib/render/profile-sums';

import { randomProfile, scaleOf } from './profiles';

const PROFILE = randomProfile(7);
const SUMS = sumsFromProfile(PROFILE);

function cellsOf(scale: PriceScale, pixelRatio = 1, profile: Profile = PROFILE): BandCells {
  const cells = createBandCells();
  const sums = profile === PROFILE ? SUMS : sumsFromProfile(profile);
  fillBandCells(sums, scale, Math.round(scale.height * pixelRatio), pixelRatio, 2, cells);
  return cells;
}

const total = (values: ArrayLike<number>, from: number, to: number): number => {
  let sum = 0;
  for (let i = from; i < to; i++) sum += values[i];
  return sum;
};

const anyScale = fc
  .record({
    low: fc.double({ min: 20_000, max: 70_000, noNaN: true }),
    span: fc.double({ min: 0.0005, max: 4, noNaN: true }),
    height: fc.integer({ min: 40, max: 1200 }),
    ratio: fc.constantFrom(1, 1.25, 1.5, 2),
    mode: fc.constantFrom('normal' as const, 'log' as const),
    isInverted: fc.boolean(),
  })
  .map(({ low, span, height, ratio, mode, isInverted }) => {
    const high = low * (1 + span);
    const scale = isInverted ? scaleOf(high, low, height, mode) : scaleOf(low, high, height, mode);
    return { scale, ratio };
  });

describe('cells of the band', () => {
  it('hold together exactly the dollars of the bins they cover, each bin once', () => {
    fc.assert(
      fc.property(anyScale, ({ scale, ratio }) => {
        const cells = cellsOf(scale, ratio);
        for (const side of ['long', 'short'] as const) {
          const inCells = total(cells[side], 0, cells.count);
          const inBins = total(PROFILE[side], cells.startBin, cells.endBin);
          expect(Math.abs(inCells - inBins)).toBeLessThanOrEqual(1e-9 * Math.max(1, inBins));
        }
      }),
    );
  });

  it('cover every bin whose price is in view', () => {
    fc.assert(
      fc.property(anyScale, ({ scale, ratio }) => {
        const cells = cellsOf(scale, ratio);
        const low = Math.min(scale.topPrice, scale.bottomPrice);
        const high = Math.max(scale.topPrice, scale.bottomPrice);
        for (let bin = 0; bin < PROFILE.long.length; bin++) {
          const lower = Math.exp((PROFILE.firstBin + bin) * PROFILE.binWidth);
          const upper = Math.exp((PROFILE.firstBin + bin + 1) * PROFILE.binWidth);
          // Within a device pixel of the edge a bin may round out of view.
          const margin = (high - low) / scale.height;
          if (upper < low + margin || lower > high - margin) continue;
          expect(bin).toBeGreaterThanOrEqual(cells.startBin);
          expect(bin).toBeLessThan(cells.endBin);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('meet without gap or overlap on whole device pixels, each at least one tall', () => {
    fc.assert(
      fc.property(anyScale, ({ scale, ratio }) => {
        const cells = cellsOf(scale, ratio);
        const direction = scale.isInverted ? 1 : -1;
        for (let i = 0; i < cells.count; i++) {
          expect((cells.edge[i + 1] - cells.edge[i]) * direction).toBeGreaterThanOrEqual(1);
        }
      }),
    );
  });

  it('lie where the scale puts their prices, to half a device pixel', () => {
    const scale = scaleOf(59_000, 61_000, 600);
    const cells = cellsOf(scale, 2);
    expect(cells.binsPerCell).toBe(1);
    for (let i = 1; i < cells.count; i++) {
      const price = Math.exp((PROFILE.firstBin + cells.startBin + i) * PROFILE.binWidth);
      expect(Math.abs(cells.edge[i] - 2 * scale.priceToY(price))).toBeLessThanOrEqual(0.5);
    }
  });

  it('join as few bins as make them two pixels tall, aligned to multiples', () => {
    // 2,000 bins in 500 pixels at ratio 1: eight bins to a cell of two pixels.
    const profile = randomProfile(3, 0.0001);
    const scale = scaleOf(60_000, 60_000 * Math.exp(0.2), 501, 'log');
    const cells = cellsOf(scale, 1, profile);
    expect(cells.binsPerCell).toBe(8);
    expect((profile.firstBin + cells.startBin) % 8).toBe(0);
  });

  it('keep their cut while the chart is panned', () => {
    const shiftOf = (offset: number) => {
      const cells = cellsOf(scaleOf(50_000 + offset, 70_000 + offset, 200));
      return Array.from(cells.long.subarray(0, cells.count));
    };
    const still = shiftOf(0).slice(2, -2);
    const panned = shiftOf(130);
    const start = panned.indexOf(still[3]);
    expect(panned.slice(start, start + 40)).toEqual(still.slice(3, 43));
  });

  it('draw one bin many pixels tall when the chart is zoomed far in', () => {
    const middle = Math.exp((PROFILE.firstBin + 100.5) * PROFILE.binWidth);
    const cells = cellsOf(scaleOf(middle * 0.9999, middle * 1.0001, 600));
    expect(cells.count).toBe(1);
    expect([cells.edge[1], cells.edge[0]]).toEqual([0, 600]);
  });

  it('end where the profile ends, also on an axis that reaches below zero', () => {
    const scale = scaleOf(-20_000, 100_000, 600);
    const cells = cellsOf(scale);
    const lowest = Math.exp(PROFILE.firstBin * PROFILE.binWidth);
    expect(Math.abs(cells.edge[0] - scale.priceToY(lowest))).toBeLessThanOrEqual(2);
    expect(cells.startBin).toBe(0);
    expect(cells.endBin).toBe(PROFILE.long.length);
  });

  it('are none where the view misses the profile or the profile is empty', () => {
    expect(cellsOf(scaleOf(1, 2, 600)).count).toBe(0);
    expect(cellsOf(scaleOf(1e6, 2e6, 600)).count).toBe(0);
    const empty = { ...PROFILE, long: new Float32Array(0), short: new Float32Array(0) };
    expect(cellsOf(scaleOf(50_000, 70_000, 600), 1, empty).count).toBe(0);
  });
});

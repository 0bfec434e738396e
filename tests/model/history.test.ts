import fc from 'fast-check';
import { expect, it } from 'vitest';

import type { Profile } from '@/lib/market/profile';
import { BINS_PER_CELL, columnFromProfile, profileFromColumn, QUANTISATION_ERROR } from '@/lib/model/history';

const profileOf = (long: readonly number[], short: readonly number[]): Profile<Float32Array> => ({
  asOfMs: 1,
  markPrice: 100,
  lastPrice: 101,
  binWidth: 0.00025,
  firstBin: 18_000,
  long: Float32Array.from(long),
  short: Float32Array.from(short),
  openInterestUsd: 1e9,
  unlocatedShare: 0.2,
});

const usd = fc.oneof(fc.constant(0), fc.double({ min: 1e-3, max: 1e9, noNaN: true }));

it('half a step of the scale is below 2 %', () => expect(QUANTISATION_ERROR).toBeLessThan(0.02));

/** USD per cell of two bins, cells counted on the grid. */
const cellsOf = (usd: Float32Array, firstBin: number): Map<number, number> => {
  const cells = new Map<number, number>();
  usd.forEach((value, i) => {
    const cell = Math.floor((firstBin + i) / BINS_PER_CELL);
    cells.set(cell, (cells.get(cell) ?? 0) + value);
  });
  return cells;
};

it('each cell comes back in its place within the stated error, or is nothing below the stated least', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(usd, usd), { minLength: 1, maxLength: 60 }),
      fc.integer({ min: -20_001, max: 20_001 }),
      (bins, firstBin) => {
        const profile = {
          ...profileOf(
            bins.map(([long]) => long),
            bins.map(([, short]) => short),
          ),
          firstBin,
        };
        const column = columnFromProfile(profile);
        const restored = profileFromColumn(column);
        expect(restored.binWidth).toBe(profile.binWidth * BINS_PER_CELL);
        for (const side of ['long', 'short'] as const) {
          for (const [cell, value] of cellsOf(profile[side], firstBin)) {
            const back = restored[side][cell - restored.firstBin] ?? 0;
            if (value > 0 && value >= column.lowUsd) {
              expect(Math.abs(back / value - 1)).toBeLessThanOrEqual(QUANTISATION_ERROR + 1e-6);
            } else {
              expect(back).toBe(0);
            }
          }
        }
      },
    ),
  );
});

it('empty ends of either side take no room, and everything else is kept as it is', () => {
  const column = columnFromProfile(profileOf([0, 0, 5, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 0, 7, 0]));
  expect([column.long.bytes.length, column.short.bytes.length]).toEqual([1, 1]);
  expect(profileFromColumn(column)).toMatchObject({
    asOfMs: 1,
    markPrice: 100,
    lastPrice: 101,
    firstBin: 9_001,
    openInterestUsd: 1e9,
    unlocatedShare: 0.2,
  });
});

it('an empty profile gives an empty column', () => {
  const restored = profileFromColumn(columnFromProfile(profileOf([0, 0], [0, 0])));
  expect(restored.long).toHaveLength(0);
});

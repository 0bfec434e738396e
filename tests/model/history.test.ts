import fc from 'fast-check';
import { expect, it } from 'vitest';

import type { Profile } from '@/lib/market/profile';
import { columnFromProfile, profileFromColumn, QUANTISATION_ERROR } from '@/lib/model/history';

const profileOf = (long: readonly number[], short: readonly number[]): Profile => ({
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

it('each bin comes back in its place within the stated error, or below the stated least', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(usd, usd), { minLength: 1, maxLength: 60 }), (bins) => {
      const profile = profileOf(
        bins.map(([long]) => long),
        bins.map(([, short]) => short),
      );
      const column = columnFromProfile(profile);
      const restored = profileFromColumn(column);
      const moved = restored.firstBin - profile.firstBin;
      const sides = [
        [profile.long, restored.long],
        [profile.short, restored.short],
      ] as const;
      for (const [before, after] of sides) {
        before.forEach((value, i) => {
          const back = after[i - moved] ?? 0;
          if (value >= column.lowUsd && value > 0) {
            expect(Math.abs(back / value - 1)).toBeLessThanOrEqual(QUANTISATION_ERROR + 1e-6);
          } else {
            expect(back).toBe(0);
          }
        });
      }
    }),
  );
});

it('empty ends take no room, and everything else is kept as it is', () => {
  const column = columnFromProfile(profileOf([0, 0, 5, 0, 0, 0], [0, 0, 0, 7, 0, 0]));
  expect(column.long).toHaveLength(2);
  expect(profileFromColumn(column)).toMatchObject({
    asOfMs: 1,
    markPrice: 100,
    lastPrice: 101,
    firstBin: 18_002,
    openInterestUsd: 1e9,
    unlocatedShare: 0.2,
  });
});

it('an empty profile gives an empty column', () => {
  const restored = profileFromColumn(columnFromProfile(profileOf([0, 0], [0, 0])));
  expect(restored.long).toHaveLength(0);
});

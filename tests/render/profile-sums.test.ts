import * as fc from 'fast-check';
import { expect, it } from 'vitest';

import { sumsFromProfile, type ProfileSums, usdBelow, usdBetween, usdToPrice } from '@/lib/render/profile-sums';

import { randomProfile } from './profiles';

const PROFILE = randomProfile(11);
const SUMS = sumsFromProfile(PROFILE);
const TOTAL_LONG = PROFILE.long.reduce((a, b) => a + b, 0);
const edge = (bin: number): number => Math.exp((PROFILE.firstBin + bin) * PROFILE.binWidth);

it('sums whole bins at their edges', () => {
  fc.assert(
    fc.property(fc.nat(PROFILE.long.length), fc.nat(PROFILE.long.length), (a, b) => {
      const [from, to] = [Math.min(a, b), Math.max(a, b)];
      const expected = PROFILE.long.slice(from, to).reduce((x, y) => x + y, 0);
      // An edge's logarithm is exact to a few parts in 10^16 of some 22,000 bins.
      expect(Math.abs(usdBetween(SUMS, 'long', edge(a), edge(b)) - expected)).toBeLessThan(0.1);
    }),
  );
});

it('takes the share of a bin that a price cuts off', () => {
  const half = usdBetween(SUMS, 'long', edge(10), edge(10.5));
  expect(half).toBeCloseTo(PROFILE.long[10] / 2, 2);
});

it('is nothing below the profile and all of it above', () => {
  expect(usdBelow(SUMS, 'long', 0)).toBe(0);
  expect(usdBelow(SUMS, 'long', -5)).toBe(0);
  expect(usdBelow(SUMS, 'long', Infinity)).toBeCloseTo(TOTAL_LONG, 3);
});

it('a fall closes longs, a rise closes shorts, and going nowhere closes nothing that matters', () => {
  const down = usdToPrice(SUMS, PROFILE.markPrice * 0.98);
  expect(down).toBeCloseTo(usdBetween(SUMS, 'long', PROFILE.markPrice * 0.98, Infinity), 6);
  const up = usdToPrice(SUMS, PROFILE.markPrice * 1.02);
  expect(up).toBeCloseTo(usdBetween(SUMS, 'short', 0, PROFILE.markPrice * 1.02), 6);
  expect(usdToPrice(SUMS, PROFILE.markPrice)).toBeLessThanOrEqual(2e6);
});

it('grows with the distance', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 1e-6, max: 0.3, noNaN: true }),
      fc.double({ min: 1e-6, max: 0.3, noNaN: true }),
      (a, b) => {
        const [near, far] = [Math.min(a, b), Math.max(a, b)];
        for (const sign of [-1, 1]) {
          const nearUsd = usdToPrice(SUMS, PROFILE.markPrice * (1 + sign * near));
          expect(usdToPrice(SUMS, PROFILE.markPrice * (1 + sign * far))).toBeGreaterThanOrEqual(nearUsd - 1e-3);
        }
      },
    ),
  );
});

it('those of several profiles in one room are each right, whoever is asked when, and in the memory of the others', () => {
  const profiles = [PROFILE, randomProfile(12), { ...randomProfile(13), groups: [PROFILE.long, PROFILE.short] }];
  const [first, second, third] = profiles.reduce<ProfileSums[]>(
    (all, profile) => [...all, sumsFromProfile(profile, all.at(-1))],
    [],
  );
  const memory = first.long.buffer;
  for (const sums of [second, first, third, second]) {
    const fresh = sumsFromProfile(sums.profile);
    expect(sums.long.buffer).toBe(memory);
    expect(sums.long).toEqual(fresh.long);
    expect(sums.short).toEqual(fresh.short);
    expect(sums.groups).toEqual(fresh.groups);
  }
});

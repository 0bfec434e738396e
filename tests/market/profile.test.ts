import fc from 'fast-check';
import { expect, it } from 'vitest';

import { binPrice, priceBin, usdAround, usdBetween, type Profile } from '@/lib/market/profile';
import { totalUsd } from '@/lib/market/profile-sum';

const BINS = 40;
const profile: Profile = {
  asOfMs: 0,
  markPrice: 100,
  lastPrice: 100,
  binWidth: 0.001,
  firstBin: Math.floor(Math.log(100) / 0.001) - BINS / 2,
  long: Float32Array.from({ length: BINS }, (_, i) => (i < 20 ? 10 + i : 0)),
  short: Float32Array.from({ length: BINS }, (_, i) => (i > 20 ? i : 0)),
  openInterestUsd: 1e4,
  unlocatedShare: 0,
};
const total = { long: totalUsd(profile.long), short: totalUsd(profile.short) };

it('whole bins count whole', () => {
  const { long, short } = usdBetween(profile, binPrice(profile, 3), binPrice(profile, 6));
  expect(long).toBeCloseTo(13 + 14 + 15, 6);
  expect(short).toBe(0);
});

it('a bin that is cut counts by its part', () => {
  expect(usdBetween(profile, binPrice(profile, 3.25), binPrice(profile, 3.75)).long).toBeCloseTo(13 / 2, 6);
  expect(usdBetween(profile, binPrice(profile, 3.5), binPrice(profile, 5.25)).long).toBeCloseTo(6.5 + 14 + 15 / 4, 6);
});

it('the order of the prices does not matter, and beyond the ends there is nothing', () => {
  expect(usdBetween(profile, 1000, 1)).toEqual(usdBetween(profile, 1, 1000));
  expect(usdBetween(profile, 1, 1000)).toEqual(total);
  expect(usdBetween(profile, 200, 300)).toEqual({ long: 0, short: 0 });
  expect(usdBetween(profile, 0, 1000)).toEqual(total);
});

it('two parts add up to the whole', () => {
  const price = fc.double({ min: 95, max: 105, noNaN: true });
  fc.assert(
    fc.property(price, price, price, (a, b, c) => {
      const [low, middle, high] = [a, b, c].sort((x, y) => x - y);
      const below = usdBetween(profile, low, middle);
      const above = usdBetween(profile, middle, high);
      const whole = usdBetween(profile, low, high);
      expect(below.long + above.long).toBeCloseTo(whole.long, 6);
      expect(below.short + above.short).toBeCloseTo(whole.short, 6);
    }),
  );
});

it('around a price means both sides of it', () => {
  expect(usdAround(profile, 99, 0.002)).toEqual(usdBetween(profile, 99 * 0.998, 99 * 1.002));
});

it("a bin's middle price lies in the bin", () => {
  for (let bin = 0; bin < BINS; bin++) expect(priceBin(profile, binPrice(profile, bin + 0.5))).toBe(bin);
});

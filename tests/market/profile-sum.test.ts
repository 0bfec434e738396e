import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { binPrice, priceBin, type Profile } from '@/lib/market/profile';
import { createProfileSum, profileFromSum, scaleProfile, sumProfiles, totalUsd } from '@/lib/market/profile-sum';

const BIN_WIDTH = 0.00025;
const BELOW = 2_000;
const BINS = 4_001;

/** A window around the mark as the model makes it, with USD at given distances from the mark's bin. */
function profileAt(markPrice: number, levels: Readonly<Record<number, number>>, openInterestUsd = 1e6): Profile {
  const long = new Float32Array(BINS);
  const short = new Float32Array(BINS);
  for (const [bins, usd] of Object.entries(levels)) {
    const side = Number(bins) < 0 ? long : short;
    side[BELOW + Number(bins)] = usd;
  }
  return {
    asOfMs: 0,
    markPrice,
    lastPrice: markPrice,
    binWidth: BIN_WIDTH,
    firstBin: Math.floor(Math.log(markPrice) / BIN_WIDTH) - BELOW,
    long,
    short,
    openInterestUsd,
    unlocatedShare: 0.1,
  };
}

const summed = (...profiles: readonly Profile[]): Profile => {
  const sum = createProfileSum(BINS);
  sumProfiles(profiles, sum);
  return profileFromSum(sum, profiles[0]);
};

describe('the sum of several contracts', () => {
  it('adds levels at equal distances from each mark, whatever the basis and the multiple', () => {
    const sum = summed(profileAt(0.0125, { [-80]: 100 }), profileAt(0.0000126, { [-80]: 25 }));
    expect(sum.long[BELOW - 80]).toBe(125);
    expect(binPrice(sum, BELOW - 80) / 0.0125).toBeCloseTo(Math.exp(-80 * BIN_WIDTH), 3);
  });

  it('is the sum to the cent, also where single precision would lose it', () => {
    const usd = fc.float({ min: 0, max: Math.fround(5e9), noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(usd, usd), { minLength: 1, maxLength: 12 }), (members) => {
        const profiles = members.map(([long, short]) => profileAt(60_000, { [-5]: long, 9: short }));
        const sum = summed(...profiles);
        const parts = profiles.reduce((total, each) => total + totalUsd(each.long) + totalUsd(each.short), 0);
        expect(Math.abs(totalUsd(sum.long) + totalUsd(sum.short) - parts)).toBeLessThan(0.005);
      }),
    );
  });

  it('adds groups of leverage as it adds sides, and tells none where a contract tells none', () => {
    const grouped = (usd: number) => ({ ...profileAt(60_000, { [-5]: 4 * usd }), groups: [usd, 3 * usd].map(onlyAt) });
    const onlyAt = (usd: number) => new Float32Array(BINS).fill(usd, BELOW - 5, BELOW - 4);
    const sum = createProfileSum(BINS);
    for (let again = 0; again < 2; again++) {
      sumProfiles([grouped(10), grouped(2)], sum);
      expect(sum.groups?.map((group) => [group[BELOW - 5], totalUsd(group)])).toEqual([
        [12, 12],
        [36, 36],
      ]);
    }
    sumProfiles([grouped(10), profileAt(60_000, {})], sum);
    expect(sum.groups).toBeNull();
  });

  it('weighs what is not located by open interest', () => {
    const one = { ...profileAt(100, {}, 3e6), unlocatedShare: 0.2 };
    const other = { ...profileAt(100, {}, 1e6), unlocatedShare: 0.6 };
    expect(summed(one, other)).toMatchObject({ openInterestUsd: 4e6, unlocatedShare: expect.closeTo(0.3, 12) });
  });

  it('holds nothing of the sum before', () => {
    const sum = createProfileSum(BINS);
    sumProfiles([profileAt(100, { [-5]: 7 }), profileAt(100, { [-5]: 8 })], sum);
    sumProfiles([profileAt(100, { [-5]: 7 })], sum);
    expect(totalUsd(sum.long)).toBe(7);
  });

  it('refuses a window of another length', () => {
    expect(() => sumProfiles([profileAt(100, {})], createProfileSum(10))).toThrow(/4001 bins/);
  });
});

describe('a map on an axis of other multiples', () => {
  it('keeps every level at its distance from the mark', () => {
    const profile = profileAt(0.01257, { [-100]: 50 });
    const scaled = scaleProfile(profile, 0.001);
    expect(scaled.markPrice).toBeCloseTo(0.00001257, 12);
    expect(priceBin(scaled, scaled.markPrice)).toBe(priceBin(profile, profile.markPrice));
    expect(scaleProfile(profile, 1)).toBe(profile);
  });
});

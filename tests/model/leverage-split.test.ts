import fc from 'fast-check';
import { expect, it } from 'vitest';

import { binPrice } from '@/lib/market/profile';
import {
  columnFromProfile,
  columnFromStored,
  profileFromColumn,
  QUANTISATION_ERROR,
  wantedColumn,
  wantedSteps,
} from '@/lib/model/history';
import { splitFromProfile, wantedProfile, wantedShares } from '@/lib/model/leverage-split';
import { groupSumsOf, randomProfile } from '@/tests/render/profiles';

import { splitProfile } from './split-profile';

const stepsFor = (groups: readonly boolean[]) => wantedSteps(wantedShares(groups)!);

const sumOf = (usd: Iterable<number>): number => [...usd].reduce((sum, each) => sum + each, 0);

it('a column gives back the dollars of the wanted groups, to its quantisation', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1_000 }),
      fc.tuple(fc.boolean(), fc.boolean(), fc.boolean(), fc.boolean()).filter((groups) => !groups.every(Boolean)),
      (seed, groups) => {
        const profile = splitProfile(seed);
        const column = wantedColumn(columnFromProfile(profile), stepsFor(groups))!;
        const wanted = wantedProfile(profile, groups)!;
        const kept = profileFromColumn(column);
        for (const side of ['long', 'short'] as const) {
          const [told, true_] = [sumOf(kept[side]), sumOf(wanted[side])];
          expect(Math.abs(told - true_)).toBeLessThanOrEqual(2.1 * QUANTISATION_ERROR * true_ + 1);
        }
      },
    ),
    { numRuns: 30 },
  );
});

it('any mix is told to within a ninth of each group', () => {
  const profile = randomProfile(5, 0.00025);
  const running = groupSumsOf(profile, 7).groups;
  const groups = running.map((sums) => Float64Array.from(profile.long, (_, bin) => sums[bin + 1] - sums[bin]));
  const column = columnFromProfile({ ...profile, groups });
  const total = sumOf(profile.long) + sumOf(profile.short);
  groups.forEach((group, g) => {
    const only = wantedColumn(column, stepsFor(groups.map((_, i) => i === g)))!;
    const { long, short } = profileFromColumn(only);
    expect(Math.abs(sumOf(long) + sumOf(short) - sumOf(group)) / total).toBeLessThan(1 / 9);
  });
});

it('all groups are the column itself, a column without a split has none of some', () => {
  const profile = splitProfile(3);
  expect(wantedShares([true, true, true, true])).toBeNull();
  const { groups: _, ...plain } = profile;
  expect(splitFromProfile(plain)).toBeNull();
  expect(wantedColumn(columnFromProfile(plain), stepsFor([true, false, true, true]))).toBeNull();
  expect(wantedProfile(plain, [true, false, true, true])).toBeNull();
});

it('a split takes a quarter of the column more, and a broken one is left out when it is read', () => {
  const column = columnFromProfile(splitProfile(3));
  const bytes = column.long.bytes.length + column.short.bytes.length;
  const { long, short } = column.split!;
  expect(long.codes.length + short.codes.length).toBeLessThanOrEqual(bytes / 4 + 4);
  expect(columnFromStored(structuredClone(column))).toEqual(column);
  const { split: _, ...rest } = column;
  expect(columnFromStored({ ...column, split: { long: 7 } })).toEqual(rest);
});

it('longs lie below the mark and shorts above, in the live map too', () => {
  const profile = splitProfile(9);
  const wanted = wantedProfile(profile, [false, false, false, true])!;
  for (let bin = 0; bin < wanted.long.length; bin++) {
    const price = binPrice(profile, bin + 0.5);
    if (price > profile.markPrice * 1.001) expect(wanted.long[bin]).toBe(0);
    if (price < profile.markPrice * 0.999) expect(wanted.short[bin]).toBe(0);
    // What is left still tells of which leverage it is.
    expect(wanted.groups!.map((group) => group[bin])).toEqual([0, 0, 0, profile.groups![3][bin]]);
  }
});

it('a block’s mix is the nearest in ninths: rounded down, what is left to those that lost most', () => {
  const usdOfBlock = fc.oneof(
    fc.constant(0),
    fc.double({ min: 1e-3, max: 1e9, noNaN: true }),
    fc.integer({ max: 9, min: 0 }),
  );
  fc.assert(
    fc.property(fc.tuple(usdOfBlock, usdOfBlock, usdOfBlock, usdOfBlock), (usd) => {
      const profile = randomProfile(1, 0.00025);
      const block = Math.ceil(profile.firstBin / 8) + 2;
      const groups = usd.map((each) => {
        const bins = new Float64Array(profile.long.length);
        bins[block * 8 - profile.firstBin] = each;
        return bins;
      });
      const { firstBlock, codes } = splitFromProfile({ ...profile, groups })!.long;
      const shares = [0, 1, 2, 3].map(
        (only) => wantedShares([0, 1, 2, 3].map((g) => g === only))![codes[block - firstBlock]],
      );
      const sum = sumOf(usd);
      if (sum === 0) return codes[block - firstBlock] === 255;
      const exact = usd.map((each) => (9 * each) / sum);
      const nearest = exact.map(Math.floor);
      const byLoss = [0, 1, 2, 3].sort((i, j) => exact[j] - nearest[j] - (exact[i] - nearest[i]));
      for (let left = 9 - sumOf(nearest), i = 0; left > 0; left--, i++) nearest[byLoss[i]] += 1;
      expect(shares.map((share) => Math.round(9 * share))).toEqual(nearest);
      return true;
    }),
    { numRuns: 500 },
  );
});

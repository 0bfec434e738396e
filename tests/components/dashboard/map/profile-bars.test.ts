import { expect, it } from 'vitest';

import { addProfile } from '@/components/dashboard/map/map-columns';
import { barParts } from '@/components/dashboard/map/profile-bars';
import { cellOfPrice } from '@/lib/model/history';
import { splitProfile } from '@/tests/model/split-profile';

const profile = splitProfile(6);
const COUNT = 600;
const rows = { firstCell: cellOfPrice(profile.markPrice, profile.binWidth * 2) - 1_200, cellsPerRow: 4 };

const bySide = (side: 'long' | 'short') => {
  const sums = new Float32Array(COUNT);
  addProfile(profile, side, rows, sums);
  return sums;
};

it('a bar is as long as its side, and made of its groups from the lowest leverage outwards', () => {
  const parts = barParts(profile, rows, COUNT);
  expect(parts.map(({ side, group }) => [side, group])).toEqual(
    ['long', 'short'].flatMap((side) => [0, 1, 2, 3].map((group) => [side, group])),
  );
  for (const side of ['long', 'short'] as const) {
    const told = bySide(side);
    const own = parts.filter((part) => part.side === side);
    expect(Math.max(...told)).toBeGreaterThan(0);
    told.forEach((usd, row) => {
      const sum = own.reduce((total, part) => total + part.usd[row], 0);
      expect(Math.abs(sum - usd)).toBeLessThanOrEqual(1e-5 * usd + 1e-6);
    });
  }
});

it('a map that does not tell leverage apart has one part a side', () => {
  const { groups: _, ...plain } = profile;
  const parts = barParts(plain, rows, COUNT);
  expect(parts.map(({ group }) => group)).toEqual([null, null]);
  expect(parts.map(({ usd }) => usd)).toEqual([bySide('long'), bySide('short')]);
});

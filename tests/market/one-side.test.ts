import { expect, it } from 'vitest';

import { oneSide } from '@/lib/market/one-side';
import type { Profile } from '@/lib/market/profile';

const MARK = 60_000;
const WIDTH = 0.001;
const markBin = Math.floor(Math.log(MARK) / WIDTH);
const profile: Profile = {
  asOfMs: 1,
  markPrice: MARK,
  lastPrice: MARK,
  binWidth: WIDTH,
  firstBin: markBin - 2,
  long: Float64Array.of(5, 6, 0, 0, 0),
  short: Float64Array.of(0, 0, 7, 8, 9),
  groups: [Float64Array.of(1, 2, 3, 4, 5), Float64Array.of(4, 4, 4, 4, 4)],
  openInterestUsd: 1,
  unlocatedShare: 0,
};

it.each([
  [
    'long',
    [5, 6, 0, 0, 0],
    [0, 0, 0, 0, 0],
    [
      [1, 2, 0, 0, 0],
      [4, 4, 0, 0, 0],
    ],
  ],
  [
    'short',
    [0, 0, 0, 0, 0],
    [0, 0, 7, 8, 9],
    [
      [0, 0, 3, 4, 5],
      [0, 0, 4, 4, 4],
    ],
  ],
] as const)('keeps the %s side and its groups, and leaves the map itself alone', (side, long, short, groups) => {
  const kept = oneSide(profile, side);
  expect([[...kept.long], [...kept.short]]).toEqual([long, short]);
  expect(kept.groups?.map((group) => [...group])).toEqual(groups);
  expect([...profile.long, ...profile.short]).toEqual([5, 6, 0, 0, 0, 0, 0, 7, 8, 9]);
  expect([...(profile.groups?.[0] ?? [])]).toEqual([1, 2, 3, 4, 5]);
});

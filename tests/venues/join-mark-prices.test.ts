import { expect, it } from 'vitest';

import { HOUR_MS } from '@/lib/core/time';
import { BAR_MS, type Bar } from '@/lib/market/bar';
import { joinMarkPrices } from '@/lib/venues/join-mark-prices';

const START_MS = 1_780_000_200_000;
const bar = (nth: number): Bar => ({
  openTimeMs: START_MS + nth * BAR_MS,
  open: 1,
  high: 2,
  low: 1,
  close: 2,
  volume: 5,
  takerBuyVolume: 2,
  markHigh: NaN,
  markLow: NaN,
  markClose: NaN,
});
const END_MS = START_MS + 3 * BAR_MS;
const timesOf = (bars: readonly Bar[]) => bars.map(({ openTimeMs }) => (openTimeMs - START_MS) / BAR_MS);

it('joins by the opening, and lets a bar between others go without a mark', () => {
  const joined = joinMarkPrices([bar(0), bar(1), bar(2)], [bar(0), bar(2)], END_MS, END_MS);
  expect(joined.map(({ markClose }) => markClose)).toEqual([2, NaN, 2]);
});

it('leaves the last bar of a range while its mark is late, for an hour', () => {
  const join = (nowMs: number) => timesOf(joinMarkPrices([bar(1), bar(2)], [bar(1)], END_MS, nowMs));
  expect(join(END_MS)).toEqual([1]);
  expect(join(START_MS + 2 * BAR_MS + HOUR_MS - 1)).toEqual([1]);
  expect(join(START_MS + 2 * BAR_MS + HOUR_MS)).toEqual([1, 2]);
});

import { expect, it } from 'vitest';

import { MINUTE_MS } from '@/lib/core/time';
import { BAR_MS, type Bar } from '@/lib/market/bar';
import { minutesOfBars } from '@/lib/venues/bar-minutes';

const minute = (index: number): Bar => ({
  openTimeMs: index * MINUTE_MS,
  open: 100,
  high: 102 + index,
  low: 99 - index,
  close: 101,
  volume: index,
  takerBuyVolume: NaN,
  markHigh: NaN,
  markLow: NaN,
  markClose: NaN,
});

it('makes the minutes of whole bars only, in order', () => {
  const minutes = [3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map(minute);
  expect(minutesOfBars(minutes)).toEqual([
    {
      openTimeMs: BAR_MS,
      path: Float64Array.of(107, 94, 101, 5, 108, 93, 101, 6, 109, 92, 101, 7, 110, 91, 101, 8, 111, 90, 101, 9),
    },
  ]);
});

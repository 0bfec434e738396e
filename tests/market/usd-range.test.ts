import { expect, it } from 'vitest';

import { usdRangeAround } from '@/lib/market/usd-range';

it.each([
  [{ usd: 100, lowUsd: 75, highUsd: 130 }, 'good'],
  [{ usd: 100, lowUsd: 60, highUsd: 160 }, 'fair'],
  [{ usd: 100, lowUsd: 20, highUsd: 220 }, 'rough'],
  [{ usd: 100, lowUsd: 0, highUsd: 220 }, 'rough'],
])('%j is %s', (interval, confidence) => {
  expect(usdRangeAround(100, interval)).toEqual({ lowUsd: interval.lowUsd, highUsd: interval.highUsd, confidence });
});

it('is brought to the figure it is stated of', () => {
  expect(usdRangeAround(50, { usd: 100, lowUsd: 80, highUsd: 120 })).toMatchObject({ lowUsd: 40, highUsd: 60 });
});

it('is nothing around nothing', () => {
  expect(usdRangeAround(0, { usd: 0, lowUsd: 0, highUsd: 0 })).toMatchObject({ lowUsd: 0, highUsd: 0 });
});

import { expect, it } from 'vitest';

import { DAY_MS, MINUTE_MS } from '@/lib/core/time';
import { LIQUIDATION_WINDOWS_MS, type RealisedLiquidation } from '@/lib/market/realised';
import { createLargestLiquidations } from '@/lib/services/liquidations/largest-liquidations';

const event = (timeMs: number, usd: number): RealisedLiquidation => ({
  timeMs,
  positionSide: 'long',
  bankruptcyPrice: 100,
  qty: usd / 100,
  contractId: 'binance:BTCUSDT',
  venueId: 'binance',
  baseAsset: 'BTC',
  usd,
  feed: 'sampled',
});

it('tells the largest of each window', () => {
  const largest = createLargestLiquidations();
  const nowMs = 30 * DAY_MS;
  const ages = [3 * MINUTE_MS, 2 * DAY_MS, 6 * DAY_MS, 8 * DAY_MS];
  ages.forEach((ageMs, nth) => largest.add(event(nowMs - ageMs, 10 ** (nth + 1))));
  const read = largest.read(nowMs);
  expect(read[0]?.usd).toBe(10);
  expect(read.at(-1)?.usd).toBe(1_000);
});

it('holds no more minutes than the longest window has while nobody reads', () => {
  const largest = createLargestLiquidations();
  const longestMinutes = Math.max(...LIQUIDATION_WINDOWS_MS) / MINUTE_MS;
  largest.add(event(0, 1e9));
  for (let minute = 1; minute <= longestMinutes + 1; minute++) largest.add(event(minute * MINUTE_MS, 1));
  // By a clock that was set back the first would count.
  expect(largest.read(MINUTE_MS).at(-1)?.usd).toBe(1);
});

import fc from 'fast-check';
import { expect, it } from 'vitest';

import { barsUntilNow, burstsFromEvents, candlesFromBars, candleStep } from '@/components/dashboard/map/candles';
import { fitWindow } from '@/components/dashboard/map/fit-window';
import type { MapEvent } from '@/components/dashboard/map/map-day';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '@/lib/core/time';
import { BAR_MS, type Bar } from '@/lib/market/bar';

const START = Date.UTC(2024, 8, 18);
const bar = (i: number, open: number, high: number, low: number, close: number): Bar => ({
  openTimeMs: START + i * BAR_MS,
  open,
  high,
  low,
  close,
  volume: 1,
  takerBuyVolume: 1,
  markHigh: high,
  markLow: low,
  markClose: close,
});

it('the bar that is still open follows those that are stored, which stand for themselves', () => {
  const stored = [bar(0, 10, 12, 9, 11), bar(1, 11, 15, 11, 12)];
  expect(barsUntilNow(stored, [bar(1, 1, 1, 1, 1), bar(2, 12, 13, 11, 13)])).toEqual([
    ...stored,
    bar(2, 12, 13, 11, 13),
  ]);
  expect(barsUntilNow(stored, [])).toBe(stored);
  expect(barsUntilNow([], [bar(0, 10, 12, 9, 11)])).toEqual([bar(0, 10, 12, 9, 11)]);
});

it('three bars make a quarter of an hour', () => {
  const bars = [bar(0, 10, 12, 9, 11), bar(1, 11, 15, 11, 12), bar(2, 12, 13, 8, 9), bar(3, 9, 10, 9, 10)];
  expect(candlesFromBars(bars, 15 * MINUTE_MS)).toEqual([
    { openTimeMs: START, open: 10, high: 15, low: 8, close: 9 },
    { openTimeMs: START + 15 * MINUTE_MS, open: 9, high: 10, low: 9, close: 10 },
  ]);
});

it('a candle is never narrower than can be seen', () => {
  expect(candleStep(BAR_MS / 6)).toBe(BAR_MS);
  expect(candleStep((3 * DAY_MS) / 800)).toBe(30 * MINUTE_MS);
  // A month on a laptop's map.
  expect(candleStep((32 * DAY_MS) / 767)).toBe(6 * HOUR_MS);
  expect(candleStep(DAY_MS)).toBe(DAY_MS);
});

it('bursts hold all USD, each at a price between those of its events', () => {
  const event = fc.record({
    timeMs: fc.integer({ min: START, max: START + DAY_MS }),
    positionSide: fc.constantFrom('long' as const, 'short' as const),
    price: fc.double({ min: 90, max: 110, noNaN: true }),
    usd: fc.double({ min: 1, max: 1e6, noNaN: true }),
  });
  fc.assert(
    fc.property(fc.array(event), (events: MapEvent[]) => {
      const bursts = burstsFromEvents(events, HOUR_MS);
      const total = (rows: readonly { usd: number }[]) => rows.reduce((sum, { usd }) => sum + usd, 0);
      expect(total(bursts)).toBeCloseTo(total(events), 3);
      for (const { price } of bursts) {
        expect(price).toBeGreaterThan(89.999);
        expect(price).toBeLessThan(110.001);
      }
    }),
  );
});

it('a fitted window holds every bar of the range, with room for levels', () => {
  const bars = [bar(-400, 10, 200, 1, 11), bar(0, 10, 12, 9, 11), bar(1, 11, 15, 11, 12)];
  const window = fitWindow(bars, 12, START + HOUR_MS, DAY_MS);
  expect(Math.exp(window?.lowLn ?? NaN)).toBeLessThan(9);
  expect(Math.exp(window?.highLn ?? NaN)).toBeGreaterThan(15);
  expect(Math.exp(window?.highLn ?? NaN)).toBeLessThan(25);
  expect(window?.toMs).toBeGreaterThan(START + HOUR_MS);
  expect(fitWindow([], NaN, START, DAY_MS)).toBeNull();
});

import fc from 'fast-check';
import { expect, it } from 'vitest';

import { priceTicks, timeTicks } from '@/lib/chart/map-ticks';
import {
  keepInSight,
  type MapWindow,
  pan,
  priceToY,
  timeToX,
  xToTime,
  yToPrice,
  zoomPrice,
  zoomTime,
} from '@/lib/chart/map-window';
import { DAY_MS, HOUR_MS } from '@/lib/core/time';

const NOW = Date.UTC(2024, 8, 18, 12);
const window: MapWindow = { fromMs: NOW - 3 * DAY_MS, toMs: NOW, lowLn: Math.log(55_000), highLn: Math.log(65_000) };
const area = { width: 900, height: 500 };

it('places and prices are inverses of each other', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 900, noNaN: true }), fc.double({ min: 0, max: 500, noNaN: true }), (x, y) => {
      expect(timeToX(window, area, xToTime(window, area, x))).toBeCloseTo(x, 6);
      expect(priceToY(window, area, yToPrice(window, area, y))).toBeCloseTo(y, 6);
    }),
  );
  expect(priceToY(window, area, 65_000)).toBeCloseTo(0, 9);
  expect(priceToY(window, area, 55_000)).toBeCloseTo(500, 9);
});

it('what is under the pointer stays there while zooming', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.2, max: 5, noNaN: true }), fc.integer({ min: 0, max: 500 }), (factor, y) => {
      const timeMs = xToTime(window, area, 300);
      expect(timeToX(zoomTime(window, factor, timeMs), area, timeMs)).toBeCloseTo(300, 6);
      const price = yToPrice(window, area, y);
      expect(priceToY(zoomPrice(window, factor, Math.log(price)), area, price)).toBeCloseTo(y, 6);
    }),
  );
});

it('neither zooms in nor out for ever', () => {
  const tight = zoomTime(window, 1e-9, NOW);
  expect(tight.toMs - tight.fromMs).toBeCloseTo(2 * HOUR_MS, 0);
  const wide = zoomTime(window, 1e9, NOW);
  expect(wide.toMs - wide.fromMs).toBeCloseTo(34 * DAY_MS, 0);
});

it('moved far away, a quarter of the window still shows something', () => {
  const far = keepInSight(pan(window, 90 * DAY_MS, 0), NOW - 31 * DAY_MS, NOW);
  expect(far.fromMs).toBe(NOW - (3 * DAY_MS) / 4);
  const early = keepInSight(pan(window, -90 * DAY_MS, 0), NOW - 31 * DAY_MS, NOW);
  expect(early.toMs).toBe(NOW - 31 * DAY_MS + (3 * DAY_MS) / 4);
  expect(keepInSight(window, NOW - 31 * DAY_MS, NOW)).toBe(window);
});

it('labels stand at round times, days by their date, and have room', () => {
  const ticks = timeTicks(window, area);
  expect(ticks.map(({ text }) => text)).toEqual(['12:00', 'Sep 16', '12:00', 'Sep 17', '12:00', 'Sep 18', '12:00']);
  expect(ticks.filter(({ isStrong }) => isStrong).map(({ text }) => text)).toEqual(['Sep 16', 'Sep 17', 'Sep 18']);
});

it('labels stand at round prices', () => {
  expect(priceTicks(window, area)).toEqual([
    55_000, 56_000, 57_000, 58_000, 59_000, 60_000, 61_000, 62_000, 63_000, 64_000, 65_000,
  ]);
  const cheap = { ...window, lowLn: Math.log(0.0000101), highLn: Math.log(0.0000109) };
  expect(priceTicks(cheap, area)).toContain(0.0000105);
});

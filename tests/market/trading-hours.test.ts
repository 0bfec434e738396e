import * as fc from 'fast-check';
import { expect, it } from 'vitest';

import { DAY_MS, HOUR_MS } from '@/lib/core/time';
import { marketHours, type TradingSchedule } from '@/lib/market/trading-hours';

it.each([
  ['gold', '2026-05-20T12:00Z', false, '2026-05-22T21:00Z'],
  ['gold', '2026-05-22T20:59Z', false, '2026-05-22T21:00Z'],
  ['gold', '2026-05-22T21:00Z', true, '2026-05-24T23:00Z'],
  ['silver', '2026-05-24T22:59Z', true, '2026-05-24T23:00Z'],
  ['commodity', '2026-05-24T23:00Z', false, '2026-05-29T21:00Z'],
  ['equity', '2026-05-20T08:59Z', true, '2026-05-20T09:00Z'],
  ['equity', '2026-05-20T09:00Z', false, '2026-05-21T00:00Z'],
  ['index', '2026-05-23T12:00Z', true, '2026-05-25T09:00Z'],
] as const)('%s at %s by the usual week: closed is %s until %s', (assetClass, time, isClosed, until) => {
  expect(marketHours(assetClass, Date.parse(time), null)).toEqual({
    isClosed,
    changesAtMs: Date.parse(until),
    source: 'calendar',
  });
});

it.each(['major', 'altcoin'] as const)('%s never closes', (assetClass) => {
  expect(marketHours(assetClass, Date.parse('2026-05-23T12:00Z'), null)).toBeNull();
});

/** A holiday on a Wednesday, which no calendar knows. */
const WEDNESDAY_MS = Date.parse('2026-11-25T00:00Z');
const HOLIDAY: TradingSchedule = {
  commodity: [
    { startMs: WEDNESDAY_MS - DAY_MS, endMs: WEDNESDAY_MS, isOpen: true },
    { startMs: WEDNESDAY_MS, endMs: WEDNESDAY_MS + 10 * HOUR_MS, isOpen: false },
    { startMs: WEDNESDAY_MS + 10 * HOUR_MS, endMs: WEDNESDAY_MS + 20 * HOUR_MS, isOpen: false },
    { startMs: WEDNESDAY_MS + 20 * HOUR_MS, endMs: WEDNESDAY_MS + DAY_MS, isOpen: true },
  ],
  equity: [],
};

it('follows the venue’s schedule over sessions of one kind, and the calendar where it tells nothing', () => {
  const at = (assetClass: 'gold' | 'equity', hour: number) =>
    marketHours(assetClass, WEDNESDAY_MS + hour * HOUR_MS, HOLIDAY);
  expect(at('gold', -1)).toEqual({ isClosed: false, changesAtMs: WEDNESDAY_MS, source: 'venue' });
  expect(at('gold', 12)).toEqual({ isClosed: true, changesAtMs: WEDNESDAY_MS + 20 * HOUR_MS, source: 'venue' });
  expect(at('gold', 3)).toEqual({ isClosed: true, changesAtMs: WEDNESDAY_MS + 20 * HOUR_MS, source: 'venue' });
  expect(at('gold', 23)).toEqual({ isClosed: false, changesAtMs: null, source: 'venue' });
  expect(at('gold', 24)).toMatchObject({ isClosed: false, source: 'calendar' });
  expect(at('equity', 12)).toMatchObject({ isClosed: false, source: 'calendar' });
});

it('holds until it says that it changes', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('gold', 'equity'),
      fc.integer({ min: 0, max: 2_000_000_000 }),
      (assetClass, seconds) => {
        const timeMs = seconds * 1000;
        const hours = marketHours(assetClass, timeMs, null)!;
        const untilMs = hours.changesAtMs!;
        expect(untilMs).toBeGreaterThan(timeMs);
        expect(marketHours(assetClass, untilMs - 1, null)!.isClosed).toBe(hours.isClosed);
        expect(marketHours(assetClass, untilMs, null)!.isClosed).toBe(!hours.isClosed);
      },
    ),
  );
});

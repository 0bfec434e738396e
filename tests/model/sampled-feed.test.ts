import { expect, it } from 'vitest';

import { MINUTE_MS, SECOND_MS } from '@/lib/core/time';
import type { Liquidation } from '@/lib/market/liquidation';
import { barLiquidations } from '@/lib/model/bar-liquidations';
import { samplingFactor, samplingFactors } from '@/lib/model/sampled-feed';

const occupied = (eventsPerSecond: number): number => 1 - Math.exp(-eventsPerSecond);

it('leaves a complete feed and a silent one alone', () => {
  expect(samplingFactor('complete', 0.9)).toBe(1);
  expect(samplingFactor('largest', 0)).toBe(1);
  expect(samplingFactor('latest', 0)).toBe(1);
});

it.each([
  ['largest', 1, 1.1],
  ['largest', 10, 1.7],
  ['latest', 1, 1.58],
  ['latest', 10, 10],
] as const)('a feed of the %s of each second at %d events a second lacks a factor of %d', (sampling, rate, factor) => {
  expect(samplingFactor(sampling, occupied(rate))).toBeCloseTo(factor, 2);
});

it('rises with the share of seconds that carry an event, up to a cap', () => {
  const factors = [0.01, 0.2, 0.5, 0.9, 0.999, 1].map((share) => samplingFactor('largest', share));
  expect(factors).toEqual(factors.toSorted((a, b) => a - b));
  expect(factors[5]).toBeLessThanOrEqual(1.7);
});

it('corrects what was pushed by its own seconds, and nothing of what was asked for afterwards', () => {
  const event = (second: number, isBackfilled: boolean): Liquidation => ({
    timeMs: second * SECOND_MS,
    positionSide: 'long',
    bankruptcyPrice: 1,
    averagePrice: NaN,
    qty: 1,
    ...(isBackfilled && { isBackfilled }),
  });
  const asked = Array.from({ length: 30 }, (_, i) => event(i, true));
  const pushed = Array.from({ length: 30 }, (_, i) => event(30 + i, false));
  const factor = samplingFactor('largest', 30 / 60);
  expect(factor).toBeGreaterThan(1);
  const factorOf = samplingFactors([...asked, ...pushed], 'largest', MINUTE_MS);
  expect([factorOf(asked[0]), factorOf(pushed[0])]).toEqual([1, factor]);
  // Two in a second, as of a feed that tells more than one, occupy one.
  const twice = pushed.map((each, i) => ({ ...each, timeMs: each.timeMs + (i % 2 === 0 ? 999 : -1) }));
  const seconds = new Set(twice.map(({ timeMs }) => Math.floor(timeMs / SECOND_MS))).size;
  expect(samplingFactors(twice, 'largest', MINUTE_MS)(twice[0])).toBe(samplingFactor('largest', seconds / 60));
  expect(seconds).toBeLessThan(pushed.length);
  expect(barLiquidations([asked[0], ...pushed], 'largest', MINUTE_MS)).toEqual({
    long: [1, ...pushed.map(() => factor)],
    short: [],
  });
});

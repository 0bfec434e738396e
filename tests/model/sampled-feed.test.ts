import { expect, it } from 'vitest';

import { samplingFactor } from '@/lib/model/sampled-feed';

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

import { expect, it } from 'vitest';

import { calibrate, sumIntervals } from './calibration';

/** A seeded draw from [0, 1). */
const draws = (seed: number, count: number): readonly number[] => {
  let state = seed;
  return Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return (state >>> 0) / 2 ** 32;
  });
};

const COUNT = 600;
const predicted = draws(1, COUNT).map((u) => (u < 0.5 ? 0 : 1000 * u));
const background = draws(2, COUNT).map((u) => 50_000 * u);
/** Half of what the map says, two thousandths of the background, each times a draw of mean 1. */
const observed = draws(3, COUNT).map((u, i) => 2 * u * (0.5 * predicted[i] + 0.002 * background[i]));

it('finds the parts of map and background that observed dollars come from', () => {
  const expected = calibrate({ predicted, background, observed });
  const later = Array.from({ length: COUNT / 2 }, (_, k) => COUNT / 2 + k);
  const ratio = (of: readonly number[]): number =>
    of.reduce((sum, i) => sum + expected[i], 0) / of.reduce((sum, i) => sum + observed[i], 0);
  expect(ratio(later)).toBeCloseTo(1, 0);
  for (const isCrossed of [true, false]) {
    const part = ratio(later.filter((i) => predicted[i] > 0 === isCrossed));
    expect(part).toBeGreaterThan(0.7);
    expect(part).toBeLessThan(1.4);
  }
});

it('expects and bounds each bin by those before it alone', () => {
  const cut = 400;
  const altered = observed.map((usd, i) => (i >= cut ? 7 + 90 * usd : usd));
  const expected = calibrate({ predicted, background, observed });
  const again = calibrate({ predicted, background, observed: altered });
  expect(again.slice(0, cut + 1)).toEqual(expected.slice(0, cut + 1));
  expect(again.slice(cut + 1)).not.toEqual(expected.slice(cut + 1));
  const intervals = sumIntervals(expected, observed);
  expect(sumIntervals(again, altered).slice(0, cut + 1)).toEqual(intervals.slice(0, cut + 1));
});

it('80 % intervals hold about eight of ten sums', () => {
  const expected = calibrate({ predicted, background, observed });
  const intervals = sumIntervals(expected, observed).slice(200);
  const held = intervals.filter(({ low, high }, k) => observed[200 + k] >= low && observed[200 + k] <= high);
  expect(held.length / intervals.length).toBeGreaterThan(0.73);
  expect(held.length / intervals.length).toBeLessThan(0.87);
});

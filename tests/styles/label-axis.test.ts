// @vitest-environment happy-dom
import { expect, it } from 'vitest';

import { createLabelAxis } from '@/entrypoints/styles/label-axis';
import type { Profile } from '@/lib/market/profile';

const HEIGHT = 401;
const BASE = 60_000;

/** A chart whose axis goes from `top` down by 0.01 a pixel, in percent or indexed to 100, with the last price written on it. */
function chartOf(zero: number, top: number) {
  let nowMs = 0;
  const reader = createLabelAxis([document], () => nowMs, new AbortController().signal);
  const look = (price: number, isOwn = true, lastPrice = price) => {
    const value = (price / BASE) * 100 + zero;
    const written = [Number(value.toFixed(2)), Math.round((top - value) / 0.01) + 0.5];
    const axis = { mode: zero === 0 ? 0 : 2, height: HEIGHT, prices: [top, top - 4], written, disagreementPx: 0 };
    return reader(axis, { lastPrice, markPrice: price, asOfMs: 20_000 } as Profile, isOwn);
  };
  return {
    look,
    /** Prices that wander, ten a second. */
    wander(isOwn = true) {
      let reading = look(61_200, isOwn);
      for (let i = 0; i < 150; i++) {
        nowMs += 100;
        reading = look(61_200 + 60 * Math.sin(Math.floor(i / 20)), isOwn);
      }
      return reading;
    },
  };
}

const plain = { mode: 0, height: HEIGHT, prices: [62_000, 58_000], written: [61_200, 80], disagreementPx: 0 };

it('takes prices as they are', () => {
  const reader = createLabelAxis([document], () => 0, new AbortController().signal);
  const profile = { lastPrice: 61_200, markPrice: 61_200, asOfMs: 0 } as Profile;
  expect(reader(plain, profile, true)).toEqual({ prices: [62_000, 58_000], doubt: null });
  expect(reader({ ...plain, prices: [66_000, 62_000], written: [64_000, 200] }, profile, true).doubt).toBe(
    'scale-disagrees',
  );
});

it.each([
  ['percent', -100, 4],
  ['an index', 0, 104],
])('finds the prices of %s once the last price has moved', (_, zero, top) => {
  const chart = chartOf(zero, top);
  expect(chart.look(61_200).doubt).toBe('no-base-price');
  const { prices, doubt } = chart.wander();
  expect(doubt).toBeNull();
  // A pixel is 6 dollars.
  expect(Math.abs(prices[0] - 1.04 * BASE)).toBeLessThan(6);
  expect(Math.abs(prices[1] - BASE)).toBeLessThan(6);
});

it.each([0, NaN])('takes %s for no price of the chart: nothing has been traded yet', (untraded) => {
  const chart = chartOf(-100, 4);
  chart.wander();
  // The chart goes on with the price that it has.
  expect(chart.look(61_200, true, untraded).doubt).toBe('no-base-price');
  const { prices, doubt } = chart.wander();
  expect(doubt).toBeNull();
  expect(Math.abs(prices[0] - 1.04 * BASE)).toBeLessThan(6);
});

it('asks the label again while the chart is being moved', () => {
  const chart = chartOf(-100, 4);
  chart.wander();
  document.dispatchEvent(new Event('pointermove'));
  document.dispatchEvent(new Event('wheel'));
  expect(chart.look(61_200).doubt).toBe('no-base-price');
});

it('takes the price of no other contract', () => {
  expect(chartOf(-100, 4).wander(false).doubt).toBe('no-base-price');
});

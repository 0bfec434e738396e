import { expect, it } from 'vitest';

import type { FoldBar } from '@/lib/market/bar';
import { CONFIG, walkBars } from '@/tests/model/book-fixtures';

import { predictSet } from './predict';
import type { RecordedSet } from './recorded-set';

const bars = walkBars(200);
const setOf = (bars: readonly FoldBar[]): RecordedSet => ({
  name: 'walk',
  symbol: 'BTCUSDT',
  barMs: CONFIG.barMs,
  initialOpenInterest: 1000,
  bars,
});
const predict = (bars: readonly FoldBar[]) => predictSet(setOf(bars), CONFIG, false);

it('a prediction does not depend on later bars', () => {
  const later = walkBars(200, { seed: 9 });
  const altered = bars.map((bar, i) => (i <= 120 ? bar : { ...later[i], openTimeMs: bar.openTimeMs }));
  expect(predict(altered).slice(0, 121)).toEqual(predict(bars).slice(0, 121));
});

it("a prediction does not depend on the bar's own volume and open interest", () => {
  const altered = bars.map((bar, i) =>
    i === 120 ? { ...bar, volume: 9e5, takerBuyVolume: 0, openInterest: bar.openInterest * 2 } : bar,
  );
  expect(predict(altered).slice(0, 121)).toEqual(predict(bars).slice(0, 121));
});

it('a fall predicts liquidated longs, of the map alone and with those opened in the bar', () => {
  const fall = { ...bars[199], high: bars[199].open, low: bars[199].open * 0.97, close: bars[199].open * 0.98 };
  const [map] = predictSet(setOf([...bars.slice(0, 199), fall]), CONFIG, true).slice(-1);
  const [whole] = predict([...bars.slice(0, 199), fall]).slice(-1);
  expect(map.longUsd).toBeGreaterThan(10 * map.shortUsd);
  expect(whole.longUsd).toBeGreaterThan(map.longUsd);
});

import { expect, it } from 'vitest';

import type { RecordedRow } from './recorded-rows';
import { recordedSetFromRows } from './recorded-set';

const HALF_HOUR = 1_800_000;
const META = { contract: 'SOLUSDT', barMs: HALF_HOUR, liquidationBarMs: 2 * HALF_HOUR, liquidationVenues: ['a', 'b'] };

const row = (index: number, rest: Partial<RecordedRow> = {}): RecordedRow => ({
  ts_ms: index * HALF_HOUR,
  open: 100,
  high: 101,
  low: 99,
  close: 100,
  volume: 10,
  taker_buy_volume: NaN,
  open_interest: 1000 + index,
  liq_bin_ms: NaN,
  liq_long: 2,
  liq_short: 1,
  ...rest,
});

it('open interest taken at the open of a bar is the end of the bar before', () => {
  const { bars, initialOpenInterest } = recordedSetFromRows('s', { ...META, openInterestAt: 'bar open' }, [
    row(0),
    row(1),
    row(3),
  ]);
  expect(initialOpenInterest).toBe(1000);
  expect(bars.map(({ openInterest }) => openInterest)).toEqual([1001, NaN, NaN]);
});

it('open interest at the close stays with its bar, and what is empty or zero was not observed', () => {
  const rows = [row(0), row(1, { open_interest: NaN }), row(2, { open_interest: 0, volume: NaN })];
  const { bars } = recordedSetFromRows('s', { ...META, openInterestAt: 'bar close' }, rows);
  expect(bars.map(({ openInterest }) => openInterest)).toEqual([1000, NaN, NaN]);
  expect(bars[2].volume).toBeNaN();
});

it('spot volume is brought to the size of a perpetual', () => {
  const { bars } = recordedSetFromRows('s', { ...META, volume: 'spot, as a proxy' }, [row(0)]);
  expect(bars[0].volume).toBe(100);
});

it('a sum repeated on the rows of its bin counts once, base units by price, and a bin with a gap is not whole', () => {
  const rows = [row(0), row(1), row(2), row(4, { liq_long: NaN }), row(5, { liq_long: NaN })];
  const bins = recordedSetFromRows('s', { ...META, liquidationUnit: 'base' }, rows).liquidations?.bins ?? [];
  expect(bins.map(({ observed }) => observed)).toEqual([{ long: 200, short: 100 }, { long: 200, short: 100 }, null]);
  expect(bins.map(({ isWhole }) => isWhole)).toEqual([true, false, true]);
  expect(bins.map(({ firstBar, endBar }) => [firstBar, endBar])).toEqual([
    [0, 2],
    [2, 3],
    [3, 5],
  ]);
});

it('a set without liquidations has none', () => {
  expect(recordedSetFromRows('s', { ...META, liquidationBarMs: null }, [row(0)]).liquidations).toBeNull();
});

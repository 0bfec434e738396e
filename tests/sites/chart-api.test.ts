import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';

import { chartsOf, findChartApi, readChartState, sampleApiScale } from '@/lib/sites/chart-api';
import type { View } from '@/lib/sites/page-call';

import { createFakeChart, linearPrice } from './chart-page';

const throws = (): never => {
  throw new Error('not ready');
};
const view = (properties: object): View => properties as View;

let fake: ReturnType<typeof createFakeChart>;
beforeEach(() => {
  fake = createFakeChart();
});

describe('finding the API', () => {
  it('takes whichever of the two names has the method', () => {
    const { api } = fake;
    expect(findChartApi(view({ TradingViewApi: api }))).toBe(api);
    expect(findChartApi(view({ tradingViewApi: api, TradingViewApi: { version: 31 } }))).toBe(api);
    expect(findChartApi(view({ tradingViewApi: {}, TradingViewApi: api }))).toBe(api);
  });

  it('asks first for the name that it was found by: one that is not there is searched for in the whole page', () => {
    const { api } = fake;
    const asked: unknown[] = [];
    const page = new Proxy(view({ TradingViewApi: api }), {
      get: (target, name) => (asked.push(name), Reflect.get(target, name)),
    });
    findChartApi(page);
    asked.length = 0;
    expect(findChartApi(page)).toBe(api);
    expect(asked).toEqual(['TradingViewApi']);
  });

  it('finds none on a page without, or with one that throws', () => {
    expect(findChartApi(view({}))).toBeNull();
    expect(findChartApi(view(Object.defineProperty({}, 'tradingViewApi', { get: throws })))).toBeNull();
  });

  it('lists every chart of a layout that has a place for each, else the active one', () => {
    const { api, chart } = fake;
    expect(chartsOf(api, 1)).toEqual([chart]);
    const layout = { ...api, chartsCount: () => 3, chart: (i: number) => `chart ${i}` };
    expect(chartsOf(layout, 3)).toEqual(['chart 0', 'chart 1', 'chart 2']);
    expect(chartsOf(layout, 2)).toEqual([chart]);
    expect(chartsOf(layout, 1)).toEqual([chart]);
  });

  it.each([
    ['throws', throws],
    ['is no number', () => Symbol('3')],
    ['refuses to be one', () => ({ valueOf: throws })],
  ])('takes the active chart where the count %s', (_, chartsCount) => {
    const { api, chart } = fake;
    expect(chartsOf({ ...api, chartsCount }, 3)).toEqual([chart]);
  });
});

describe('reading a chart', () => {
  it('finds the main pane by its series, not by its index', () => {
    expect(readChartState(fake.chart)).toMatchObject({
      symbol: 'BINANCE:BTCUSDT.P',
      paneIndex: 1,
      scale: { height: 401, mode: 0, from: 60_000, to: 70_000 },
    });
  });

  it.each([
    ['no range while data load', { range: null }],
    ['an unknown mode', { mode: 7 }],
    ['no height', { height: NaN }],
    ['an empty range', { range: { from: 5, to: 5 } }],
  ])('has no scale, and a reason, with %s', (_, change) => {
    Object.assign(fake.state, change);
    const { scale } = readChartState(fake.chart);
    expect(scale).toBeNull();
  });

  it('survives missing and throwing methods', () => {
    for (const chart of [
      undefined,
      null,
      5,
      {},
      { getPanes: throws },
      { getPanes: () => [{ hasMainSeries: throws }, null] },
    ]) {
      expect(readChartState(chart).scale).toBeNull();
    }
  });
});

describe('sampling the scale', () => {
  const sample = () => {
    const { scale } = readChartState(fake.chart);
    if (!scale) throw new Error('no scale');
    return sampleApiScale(scale, 32);
  };

  it('reads 33 prices down the pane, and the range to check them by', () => {
    fake.state.coordinateToPrice = linearPrice(fake.state);
    const { prices, range } = sample();
    expect(prices).toHaveLength(33);
    expect(prices[0]).toBe(70_000);
    expect(prices[32]).toBe(60_000);
    expect(range).toEqual([60_000, 70_000]);
  });

  it('uses the range alone where prices at coordinates are not offered', () => {
    expect(sample()).toEqual({ prices: [70_000, 60_000] });
  });

  it('asks the pane where the price scale does not offer them', () => {
    Object.assign(fake.main, { coordinateToPrice: linearPrice(fake.state) });
    expect(sample().prices).toHaveLength(33);
    fake.state.coordinateToPrice = throws;
    expect(sample().prices).toHaveLength(33);
  });

  it('tells no number where the method gives none', () => {
    fake.state.coordinateToPrice = (y) => (y === 0 ? 70_000 : undefined);
    expect(sample().prices[1]).toBeNaN();
    fake.state.coordinateToPrice = (y) => (y === 0 ? 70_000 : Symbol('price'));
    expect(sample().prices[1]).toBeNaN();
  });
});

/** What a page may have in place of anything: values, promises of them, functions that give or throw. */
const anything = fc.oneof(
  fc.anything(),
  fc.constantFrom(NaN, Infinity, -1, 0, 1e-8, 1e6),
  fc.double().map((value) => Promise.resolve(value)),
);
const method = fc.oneof(
  anything,
  anything.map((value) => () => value),
  fc.constant(throws),
);

it('has a sound scale or none, and never throws, whatever stands in place of any part of the API', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('symbol', 'getPanes', 'hasMainSeries', 'paneIndex', 'getHeight', 'getMainSourcePriceScale'),
      fc.constantFrom('getMode', 'isAutoScale', 'getVisiblePriceRange', 'coordinateToPrice'),
      method,
      method,
      (partOfPane, partOfAxis, first, second) => {
        const axis = { ...(fake.main.getMainSourcePriceScale() as object), [partOfAxis]: second };
        const main = { ...fake.main, getMainSourcePriceScale: () => axis, [partOfPane]: first };
        const chart = { ...fake.chart, getPanes: () => [main], [partOfPane]: first };
        const { symbol, paneIndex, scale } = readChartState(chart);
        expect(typeof symbol).toBe('string');
        expect(paneIndex).not.toBeNaN();
        if (scale === null) return;
        expect([0, 1, 2, 3]).toContain(scale.mode);
        for (const number of [scale.height, scale.from, scale.to]) expect(number).toSatisfy(Number.isFinite);
        expect(scale.height).toBeGreaterThan(1);
        expect(scale.from).not.toBe(scale.to);
        expect(sampleApiScale(scale, 32).prices.every((price) => typeof price === 'number')).toBe(true);
      },
    ),
  );
});

import type { SentScaleMessage } from '@/lib/messaging/page';

import { callPage, numberFrom, readPage, type View } from './page-call';

/** The price axis of a chart's main pane as its API describes it at one moment. */
export interface ApiScale {
  /** What may tell the price at a coordinate, likeliest first: the price scale, then its pane. */
  readonly priceSources: readonly unknown[];
  readonly height: number;
  readonly mode: 0 | 1 | 2 | 3;
  /** Prices at the bottom and at the top of the pane; exchanged already when the axis is inverted. */
  readonly from: number;
  readonly to: number;
  /** Undefined where the API does not tell. */
  readonly isAutoScale: boolean | undefined;
}

export interface ChartState {
  /** The chart itself. */
  readonly chart: unknown;
  readonly symbol: string;
  /** Which row of the chart holds the main series; -1 where unknown. */
  readonly paneIndex: number;
  /** How many rows the chart says it has; 0 where unknown. */
  readonly paneCount: number;
  /** Null while data load, and where anything is missing. */
  readonly scale: ApiScale | null;
}

/** The one found last comes first: a window searches its whole page for a name that it does not have. */
const apiNames = ['tradingViewApi', 'TradingViewApi'];

/** The charting library's API in a window. Since v28 one of the two names may be a namespace without methods. */
export function findChartApi(view: View): unknown {
  for (const name of apiNames) {
    const api = readPage(view, name);
    if (typeof readPage(api, 'activeChart') !== 'function') continue;
    if (name !== apiNames[0]) apiNames.reverse();
    return api;
  }
  return null;
}

/** Every chart of the layout, in its order; the active one while the page has not a place for each. */
export const chartsOf = (api: unknown, placeCount: number): readonly unknown[] =>
  placeCount > 1 && callPage(api, 'chartsCount') === placeCount
    ? Array.from({ length: placeCount }, (_, i) => callPage(api, 'chart', i))
    : [callPage(api, 'activeChart')];

/** Cheap enough for every frame: no sampling. */
export function readChartState(chart: unknown): ChartState {
  const name = callPage(chart, 'symbol');
  const symbol = typeof name === 'string' ? name : '';
  const listed = callPage(chart, 'getPanes');
  const panes: readonly unknown[] = Array.isArray(listed) ? listed : [];
  // An indicator moved to the top takes index 0, so the main pane is known by its series alone.
  const order = panes.findIndex((pane) => callPage(pane, 'hasMainSeries'));
  const pane = panes[order];
  const index = numberFrom(callPage(pane, 'paneIndex'));
  const axis = callPage(pane, 'getMainSourcePriceScale');
  const mode = callPage(axis, 'getMode');
  const height = numberFrom(callPage(pane, 'getHeight'));
  const range = callPage(axis, 'getVisiblePriceRange');
  const from = numberFrom(readPage(range, 'from'));
  const to = numberFrom(readPage(range, 'to'));
  const isSound = [0, 1, 2, 3].includes(mode as number) && height > 1 && from !== to && isFinite(height + from + to);
  const isAutoScale = callPage(axis, 'isAutoScale');
  return {
    chart,
    symbol,
    paneIndex: isFinite(index) ? index : order,
    paneCount: panes.length,
    scale: isSound
      ? {
          priceSources: [axis, pane],
          height,
          mode: mode as ApiScale['mode'],
          from,
          to,
          isAutoScale: typeof isAutoScale === 'boolean' ? isAutoScale : undefined,
        }
      : null,
  };
}

/**
 * Prices at both ends of `pieces` equal pieces down the pane by `coordinateToPrice`, with the range for the second way
 * of telling them; by the range alone where nothing has the method (2020).
 */
export function sampleApiScale({ priceSources, height, from, to }: ApiScale, pieces: number): SampledScale {
  const step = (height - 1) / pieces;
  for (const source of priceSources) {
    const priceAt = (_: unknown, i: number): unknown => callPage(source, 'coordinateToPrice', i * step);
    const prices = Array.from({ length: pieces + 1 }, priceAt);
    if (typeof prices[0] === 'number') return { prices: prices.map(numberFrom), range: [from, to] };
  }
  return { prices: [to, from] };
}

/** As in a ready `ScaleMessage`. */
type SampledScale = Pick<SentScaleMessage & { readonly state: 'ready' }, 'prices' | 'range'>;

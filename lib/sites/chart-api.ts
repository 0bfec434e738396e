import { formulaPriceToY, isStrictlyMonotone, offsetOfSamples } from '@/lib/chart/price-scale';

import { callPage, readPage, type View } from './page-call';

const LOG_MODE = 1;
/** The logarithm's offset is at most 0.0001; what bends more than that is not a logarithm. */
const MAX_LOG_OFFSET = 1e-3;

/** The price axis of a chart's main pane as its API describes it at one moment. */
export interface ApiScale {
  /** What may tell the price at a coordinate, likeliest first: the price scale, then its pane. */
  readonly priceSources: readonly unknown[];
  readonly height: number;
  readonly mode: 0 | 1 | 2 | 3;
  /** Prices at the bottom and at the top of the pane; exchanged already when the axis is inverted. */
  readonly from: number;
  readonly to: number;
  /** As the API has it, only to be compared; undefined where it does not tell. */
  readonly isAutoScale: unknown;
}

export interface ChartState {
  readonly symbol: string;
  /** Which row of the chart holds the main series; null where unknown. */
  readonly paneIndex: number | null;
  readonly scale: ApiScale | null;
  /** Why there is no scale. */
  readonly problem: string;
}

/** The charting library's API in a window. Since v28 one of the two names may be a namespace without methods. */
export function findChartApi(view: View): unknown {
  for (const name of ['tradingViewApi', 'TradingViewApi']) {
    const api = readPage(view, name);
    if (typeof readPage(api, 'activeChart') === 'function') return api;
  }
  return null;
}

/** Every chart of the layout, in its order. */
export function chartsOf(api: unknown): readonly unknown[] {
  const count = callPage(api, 'chartsCount');
  if (typeof count === 'number' && count > 1 && count <= 64) {
    return Array.from({ length: count }, (_, i) => callPage(api, 'chart', i));
  }
  return [callPage(api, 'activeChart') ?? callPage(api, 'chart', 0)];
}

/** Cheap enough for every frame: no sampling. Every absence becomes a problem in words. */
export function readChartState(chart: unknown): ChartState {
  const name = callPage(chart, 'symbol');
  const symbol = typeof name === 'string' ? name : '';
  const absent = (problem: string, paneIndex: number | null = null): ChartState => ({
    symbol,
    paneIndex,
    scale: null,
    problem,
  });

  const panes = callPage(chart, 'getPanes');
  if (!Array.isArray(panes)) return absent('no panes');
  // An indicator moved to the top takes index 0, so the main pane is known by its series alone.
  const order = panes.findIndex((pane) => callPage(pane, 'hasMainSeries') === true);
  if (order < 0) return absent('no main series');
  const pane: unknown = panes[order];
  const index = callPage(pane, 'paneIndex');
  const paneIndex = typeof index === 'number' ? index : order;

  const axis = callPage(pane, 'getMainSourcePriceScale');
  const mode = callPage(axis, 'getMode');
  const height = callPage(pane, 'getHeight');
  const range = callPage(axis, 'getVisiblePriceRange');
  const from = readPage(range, 'from');
  const to = readPage(range, 'to');
  if (mode !== 0 && mode !== 1 && mode !== 2 && mode !== 3) return absent('no scale mode', paneIndex);
  if (!isFinite(height) || height <= 1) return absent('no pane height', paneIndex);
  if (!isFinite(from) || !isFinite(to) || from === to) return absent('no price range', paneIndex);
  return {
    symbol,
    paneIndex,
    problem: '',
    scale: { priceSources: [axis, pane], height, mode, from, to, isAutoScale: callPage(axis, 'isAutoScale') },
  };
}

export interface SampledScale {
  /** As in a ready `ScaleMessage`. */
  readonly prices: readonly number[];
  readonly disagreementPx: number | null;
}

/**
 * Prices at both ends of `pieces` equal pieces down the pane by `coordinateToPrice`, checked against the formula; by
 * the formula alone where nothing has the method (2020). Null where what the API says describes no scale.
 */
export function sampleApiScale(scale: ApiScale, pieces: number): SampledScale | null {
  const { priceSources, height, mode, from, to } = scale;
  const source = priceSources.find((candidate) => typeof callPage(candidate, 'coordinateToPrice', 0) === 'number');
  const step = (height - 1) / (source ? pieces : 1);
  const prices = source
    ? Array.from({ length: pieces + 1 }, (_, i) => Number(callPage(source, 'coordinateToPrice', i * step)))
    : [to, from];
  const logOffset = mode === LOG_MODE ? plausibleOffset(prices) : null;
  const distances = prices.map((price, i) => Math.abs(formulaPriceToY(price, scale, logOffset) - i * step));
  const disagreementPx = Math.max(...distances);
  if (!isStrictlyMonotone(prices) || !isFinite(disagreementPx)) return null;
  return { prices, disagreementPx: source ? disagreementPx : null };
}

/** Near its threshold the library's logarithm adds an offset that the formula leaves out. */
function plausibleOffset(prices: readonly number[]): number {
  const offset = offsetOfSamples(prices) ?? 0;
  return offset > 0 && offset <= MAX_LOG_OFFSET ? offset : 0;
}

const isFinite = (value: unknown): value is number => Number.isFinite(value);

import { init, type Chart, type KLineData, type YAxis } from 'klinecharts';

import type { PageCandle } from '../candle';
import { fetchCandles, followCandles } from './candle-feed';
import type { ChartPointerState } from './chart-truth';
import { type ChartMode, readPageOptions } from './page-options';

const PANE = 'candle_pane';
/** The library knows no indexed axis. */
const AXES: Readonly<Partial<Record<ChartMode, string>>> = {
  normal: 'normal',
  log: 'logarithm',
  percent: 'percentage',
};

/** A KLineChart page: rows of canvases without class names, ticks on whole pixels, prices counted over the full height. */
export function startGate(): void {
  const options = readPageOptions(location.search);
  const chart = init('chart', { styles: options.theme });
  if (chart === null) throw new Error('The page has no place for a chart');
  let controller = new AbortController();
  chart.setPeriod({ type: 'minute', span: Number(options.interval) });
  chart.setDataLoader({
    async getBars({ type, symbol, callback }) {
      if (type !== 'init') return callback([], false);
      callback((await fetchCandles(listedName(symbol.ticker), options.interval, controller.signal)).map(toBar), false);
    },
    subscribeBar({ symbol, callback }) {
      followCandles(
        listedName(symbol.ticker),
        options.interval,
        (candle) => callback(toBar(candle)),
        controller.signal,
      );
    },
    unsubscribeBar() {
      controller.abort();
      controller = new AbortController();
    },
  });
  const ticker = location.pathname.split('/').at(-1) ?? 'BTC_USDT';
  chart.setSymbol({ ticker, pricePrecision: 1, volumePrecision: 3 });
  setAxis(chart, { name: AXES[options.mode] ?? 'normal', reverse: options.isInverted });
  exposeTruth(chart);
}

const listedName = (contract: string): string => contract.replace('_', '');

const toBar = ({ time, open, high, low, close, volume }: PageCandle): KLineData => ({
  timestamp: time * 1000,
  open,
  high,
  low,
  close,
  volume,
});

function setAxis(chart: Chart, override: { readonly name?: string; readonly reverse?: boolean }): void {
  chart.overrideYAxis({ paneId: PANE, ...override });
}

function exposeTruth(chart: Chart): void {
  let clicks = 0;
  let crosshair: ChartPointerState['crosshair'] = null;
  chart.getDom()?.addEventListener('click', () => clicks++);
  chart.subscribeAction('onCrosshairChange', (data) => {
    const { x, y } = data as { x?: number; y?: number };
    crosshair = x === undefined || y === undefined ? null : { x, y };
  });
  const axis = (): YAxis => chart.getYAxes({ paneId: PANE })[0];
  const barSpace = chart.getBarSpace().bar;
  const rect = () => chart.getDom(PANE, 'main')?.getBoundingClientRect() ?? new DOMRect();
  window.__chart = {
    isReady: () => chart.getDataList().length > 0,
    symbol: () => chart.getSymbol()?.ticker ?? '',
    paneRect: () => rect(),
    priceToY: (price) => axis().convertToPixel(price),
    yToPrice: (y) => axis().convertFromPixel(y),
    lastPrice: () => chart.getDataList().at(-1)?.close ?? null,
    state() {
      const range = chart.getVisibleRange();
      const { height } = rect();
      return {
        topPrice: axis().convertFromPixel(0),
        bottomPrice: axis().convertFromPixel(height),
        firstBar: range.from,
        lastBar: range.to,
        clicks,
        crosshair,
      };
    },
    setMode: (mode) => setAxis(chart, { name: AXES[mode] ?? 'normal' }),
    setInverted: (reverse) => setAxis(chart, { reverse }),
    setAutoScale: () => {},
    resetTime() {
      chart.setBarSpace(barSpace);
      chart.scrollToRealTime();
    },
    setSymbol(ticker) {
      chart.setSymbol({ ticker, pricePrecision: 1, volumePrecision: 3 });
      history.pushState(null, '', ticker + location.search);
      return Promise.resolve();
    },
  };
}

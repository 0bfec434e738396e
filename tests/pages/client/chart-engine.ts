import {
  CandlestickSeries,
  createChart,
  HistogramSeries,
  type IChartApi,
  type IPaneApi,
  type ISeriesApi,
  LineSeries,
  LineStyle,
  PriceScaleMode,
  type Time,
  type UTCTimestamp,
} from 'lightweight-charts';

import type { PageCandle, PageSymbol } from '../candle';
import { fetchCandles, followCandles } from './candle-feed';
import { CHART_COLOURS, chartOptions } from './chart-theme';
import { copyLabels } from './copied-labels';
import { countTimersInFrames } from './frame-timers';
import type { ChartMode, PageOptions } from './page-options';

const SCALE_MODES: Readonly<Record<ChartMode, PriceScaleMode>> = {
  normal: PriceScaleMode.Normal,
  log: PriceScaleMode.Logarithmic,
  percent: PriceScaleMode.Percentage,
  indexed: PriceScaleMode.IndexedTo100,
};

/** A page that is looked at for days keeps about as many candles as it began with, and so many more. */
const MOST_NEW_CANDLES = 100;

export type EngineEvent = 'symbol' | 'interval' | 'range' | 'data';

/** A real chart with the exchange's candles in it: what every page shows, whatever markup and API stand around it. */
export interface ChartEngine {
  readonly chart: IChartApi;
  readonly series: ISeriesApi<'Candlestick'>;
  /** The pane with the candles. */
  mainPane(): IPaneApi<Time>;
  /** As the page's site spells it, e.g. `BINANCE:BTCUSDT.P`. */
  symbol(): string;
  setSymbol(symbol: string): Promise<void>;
  interval(): string;
  setInterval(interval: string): Promise<void>;
  mode(): ChartMode;
  setMode(mode: ChartMode): void;
  isInverted(): boolean;
  setInverted(isInverted: boolean): void;
  setAutoScale(isAutoScale: boolean): void;
  /** False from the moment that symbol or interval change until their candles are there. */
  hasData(): boolean;
  lastCandle(): PageCandle | null;
  on(event: EngineEvent, listener: () => void): void;
}

export interface EngineSetup {
  readonly site: keyof typeof CHART_COLOURS;
  readonly options: PageOptions;
  readonly symbols: readonly PageSymbol[];
  readonly symbol: string;
  /** The venue's name for a symbol in the site's spelling. */
  readonly venueName: (symbol: string) => string;
}

export function createChartEngine(container: HTMLElement, setup: EngineSetup): ChartEngine {
  const { options } = setup;
  if (!options.isKinetic) countTimersInFrames();
  if (options.labels === 'copied') copyLabels();
  const colours = CHART_COLOURS[setup.site][options.theme];
  const chart = createChart(container, {
    ...chartOptions(colours),
    kineticScroll: { touch: options.isKinetic, mouse: false },
  });
  const series = chart.addSeries(CandlestickSeries, {
    upColor: colours.up,
    downColor: colours.down,
    wickUpColor: colours.up,
    wickDownColor: colours.down,
    borderVisible: false,
    priceLineStyle: LineStyle.Dotted,
  });
  const volume = chart.addSeries(HistogramSeries, {
    priceScaleId: '',
    lastValueVisible: false,
    priceLineVisible: false,
    priceFormat: { type: 'volume' },
  });
  volume.priceScale().applyOptions({ scaleMargins: { top: 0.9, bottom: 0 } });
  const indicator =
    options.indicator === null ? null : chart.addSeries(LineSeries, { color: '#7e57c2', lineWidth: 1 }, 1);
  if (options.indicator !== null) {
    chart.panes()[0].setStretchFactor(4);
    if (options.indicator === 'top') chart.panes()[1].moveTo(0);
  }

  const listeners: Record<EngineEvent, (() => void)[]> = { symbol: [], interval: [], range: [], data: [] };
  const emit = (event: EngineEvent): void => listeners[event].forEach((listener) => listener());
  chart.timeScale().subscribeVisibleTimeRangeChange(() => emit('range'));

  let symbol = setup.symbol;
  let interval = options.interval;
  let mode = options.mode;
  let last: PageCandle | null = null;
  let newCount = 0;
  let loading = new AbortController();

  const show = (candle: PageCandle): void => {
    if (last !== null && candle.time > last.time) newCount += 1;
    last = candle;
    series.update(toBar(candle));
    volume.update(volumeBar(candle));
    indicator?.update({ time: candle.time as UTCTimestamp, value: candle.volume });
    if (newCount < MOST_NEW_CANDLES) return;
    newCount = 0;
    series.setData(series.data().slice(MOST_NEW_CANDLES));
    volume.setData(volume.data().slice(MOST_NEW_CANDLES));
    indicator?.setData(indicator.data().slice(MOST_NEW_CANDLES));
  };
  const volumeBar = ({ time, open, close, volume }: PageCandle) => ({
    time: time as UTCTimestamp,
    value: volume,
    color: `${close >= open ? colours.up : colours.down}47`,
  });

  const load = async (): Promise<void> => {
    loading.abort();
    loading = new AbortController();
    const { signal } = loading;
    last = null;
    newCount = 0;
    for (const each of [series, volume, indicator]) each?.setData([]);
    const name = setup.venueName(symbol);
    const tickSize = setup.symbols.find((known) => known.name === name)?.tickSize ?? 0.1;
    const formatter = options.labels === 'grouped' ? wholeFormatter : priceFormatter(tickSize);
    series.applyOptions({ priceFormat: { type: 'custom', minMove: tickSize, formatter } });
    const candles = await fetchCandles(name, interval, signal).catch(() => []);
    if (signal.aborted || candles.length === 0) return;
    series.setData(candles.map(toBar));
    volume.setData(candles.map(volumeBar));
    indicator?.setData(candles.map(({ time, volume }) => ({ time: time as UTCTimestamp, value: volume })));
    last = candles[candles.length - 1];
    followCandles(name, interval, (candle) => (show(candle), emit('data')), signal);
    emit('data');
  };

  const setMode = (next: ChartMode): void => {
    mode = next;
    series.priceScale().applyOptions({ mode: SCALE_MODES[next] });
  };
  setMode(mode);
  series.priceScale().applyOptions({ invertScale: options.isInverted });
  void load();

  return {
    chart,
    series,
    mainPane: () => series.getPane(),
    symbol: () => symbol,
    setSymbol(next) {
      symbol = next;
      // A range that was dragged for one symbol's price shows nothing of the next one.
      series.priceScale().applyOptions({ autoScale: true });
      const loaded = load();
      emit('symbol');
      return loaded;
    },
    interval: () => interval,
    setInterval(next) {
      interval = next;
      const loaded = load();
      emit('interval');
      return loaded;
    },
    mode: () => mode,
    setMode,
    isInverted: () => series.priceScale().options().invertScale,
    setInverted: (invertScale) => series.priceScale().applyOptions({ invertScale }),
    setAutoScale: (autoScale) => series.priceScale().applyOptions({ autoScale }),
    hasData: () => last !== null,
    lastCandle: () => last,
    on: (event, listener) => void listeners[event].push(listener),
  };
}

const toBar = ({ time, open, high, low, close }: PageCandle) => ({
  time: time as UTCTimestamp,
  open,
  high,
  low,
  close,
});

/** With thousands apart, as the sites print prices. */
function priceFormatter(tickSize: number): (price: number) => string {
  const digits = Math.max(0, Math.round(-Math.log10(tickSize)));
  const format = new Intl.NumberFormat('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return (price) => format.format(price);
}

/** `68.250`: as a German site writes whole numbers. */
const wholeFormatter = (price: number): string => price.toLocaleString('de-DE', { maximumFractionDigits: 0 });

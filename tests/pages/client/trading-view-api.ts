import type { IPaneApi, ITimeScaleApi, Logical, Time } from 'lightweight-charts';

import type { ChartEngine } from './chart-engine';
import { CHART_MODES, type PageOptions } from './page-options';
import { createSubscription } from './subscription';

/**
 * TradingView's chart API over a lightweight-charts engine, with the semantics that were measured on the charting
 * library: the visible range goes from the price at y = 0 to the one at y = height - 1 with the margins inside, stays in
 * prices in every mode, and is null while data load; panes throw before the model exists; nothing tells of price-axis
 * drags. lightweight-charts' own `getVisibleRange` means something else, so the range is read off `coordinateToPrice`.
 */
export function createTradingViewApi(
  getEngine: () => ChartEngine | null,
  firstSymbol: string,
  build: PageOptions['build'],
) {
  const events = {
    symbol: createSubscription(),
    interval: createSubscription(),
    range: createSubscription(),
    data: createSubscription(),
    crosshair: createSubscription(),
  };
  const model = (): ChartEngine => {
    const engine = getEngine();
    if (engine === null) throw new Error('Model is not created yet');
    return engine;
  };

  let wasAutoScale = true;
  let lastRange: object | null = null;
  /** The library goes on telling the range of before for a frame after autoscale was switched on. */
  const lateRange = (isAutoScale: boolean, range: object | null): object | null => {
    if (isAutoScale && !wasAutoScale) {
      requestAnimationFrame(() => (wasAutoScale = true));
      return lastRange;
    }
    wasAutoScale = isAutoScale;
    return (lastRange = range);
  };

  const priceScale = (engine: ChartEngine, pane: IPaneApi<Time>) => {
    const priceAt = (y: number): number | null => (engine.hasData() ? engine.series.coordinateToPrice(y) : null);
    const isAutoScale = (): boolean => engine.series.priceScale().options().autoScale;
    return {
      getMode: () => CHART_MODES.indexOf(engine.mode()),
      isInverted: () => engine.isInverted(),
      getVisiblePriceRange() {
        const from = priceAt(pane.getHeight() - 1);
        const to = priceAt(0);
        return lateRange(isAutoScale(), from === null || to === null ? null : { from, to });
      },
      ...(build === '2020' ? {} : { isAutoScale, coordinateToPrice: priceAt }),
    };
  };
  /** Times are seconds, those of bars alone; positions count from the left edge of the main pane. */
  const timeScale = (engine: ChartEngine) => {
    const scale = engine.chart.timeScale();
    return {
      coordinateToTime: (x: number) => (engine.hasData() ? scale.coordinateToTime(x) : null),
      // The engine's options keep what was set at first, whatever was zoomed since.
      barSpacing: () => barX(scale, 1) - barX(scale, 0),
      rightOffset: () => scale.scrollPosition(),
      width: () => scale.width(),
    };
  };
  const paneApi = (engine: ChartEngine, pane: IPaneApi<Time>) => {
    const isMain = (): boolean => engine.mainPane().paneIndex() === pane.paneIndex();
    return {
      hasMainSeries: isMain,
      getHeight: () => pane.getHeight(),
      paneIndex: () => pane.paneIndex(),
      getMainSourcePriceScale: () => (isMain() ? priceScale(engine, pane) : null),
    };
  };
  const chartApi = {
    symbol: () => getEngine()?.symbol() ?? firstSymbol,
    symbolExt() {
      const full = getEngine()?.symbol() ?? firstSymbol;
      const [exchange, symbol] = full.includes(':') ? full.split(':') : ['', full];
      return { symbol, full_name: full, exchange, description: symbol, type: 'swap' };
    },
    resolution: () => getEngine()?.interval() ?? '15',
    ...(build === '2020' ? {} : { hasModel: () => getEngine() !== null }),
    dataReady(callback?: () => void): boolean {
      const isReady = getEngine()?.hasData() ?? false;
      if (isReady) callback?.();
      else if (callback) events.data.api.subscribe(null, callback, true);
      return isReady;
    },
    getPanes() {
      const engine = model();
      return engine.chart.panes().map((pane) => paneApi(engine, pane));
    },
    getTimeScale: () => timeScale(model()),
    onSymbolChanged: () => events.symbol.api,
    onIntervalChanged: () => events.interval.api,
    onVisibleRangeChanged: () => events.range.api,
    onDataLoaded: () => events.data.api,
    crossHairMoved: () => events.crosshair.api,
  };

  return {
    chartApi,
    /** Passes the engine's events on; to be called once it exists. */
    connect(engine: ChartEngine): void {
      engine.on('symbol', () => events.symbol.fire());
      engine.on('interval', () => events.interval.fire(engine.interval()));
      engine.on('range', () => events.range.fire());
      // Loading only: a tick is no event of the library.
      let wasLoaded = false;
      engine.on('symbol', () => (wasLoaded = false));
      engine.on('interval', () => (wasLoaded = false));
      engine.on('data', () => {
        if (!wasLoaded) events.data.fire();
        wasLoaded = true;
      });
      engine.chart.subscribeCrosshairMove(({ time }) => events.crosshair.fire({ time }));
    },
  };
}

const barX = (scale: ITimeScaleApi<Time>, bar: number): number => scale.logicalToCoordinate(bar as Logical) ?? NaN;

/** The object that stands in the window: the charts of a layout in their order, the first of them active. */
export const layoutApi = (charts: readonly object[]) => ({
  activeChart: () => charts[0],
  chartsCount: () => charts.length,
  chart: (index = 0) => {
    if (!(index in charts)) throw new Error(`No chart ${index}`);
    return charts[index];
  },
});

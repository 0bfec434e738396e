import { fetchSymbols } from './candle-feed';
import { type ChartEngine, createChartEngine, type EngineSetup } from './chart-engine';
import { exposeTruth } from './chart-truth';
import { applyChartingLibraryMarkup } from './charting-library-markup';
import { createTradingViewApi } from './trading-view-api';

interface ChartWithSymbols {
  readonly engine: ChartEngine;
  /** What the exchange lists. */
  readonly names: readonly string[];
}

/** A chart in the charting library's markup with its API in this window, which is there before the chart is. */
export async function startChartingLibrary(
  container: HTMLElement,
  apiName: 'TradingViewApi' | 'tradingViewApi',
  setup: Omit<EngineSetup, 'symbols'>,
): Promise<ChartWithSymbols> {
  let engine: ChartEngine | null = null;
  const library = createTradingViewApi(() => engine, setup.symbol);
  Object.assign(window, { [apiName]: library.api });
  const symbols = await fetchSymbols();
  engine = createChartEngine(container, { ...setup, symbols });
  // Further panes get their elements with the first drawing.
  await new Promise((resolve) => requestAnimationFrame(resolve));
  applyChartingLibraryMarkup(engine);
  library.connect(engine);
  exposeTruth(engine);
  return { engine, names: symbols.map(({ name }) => name) };
}

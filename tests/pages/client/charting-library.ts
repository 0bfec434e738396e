import type { PageSymbol } from '../candle';
import { fetchSymbols } from './candle-feed';
import { type ChartEngine, createChartEngine, type EngineSetup } from './chart-engine';
import { truthOf } from './chart-truth';
import { applyChartingLibraryMarkup } from './charting-library-markup';
import { createTradingViewApi, layoutApi } from './trading-view-api';

interface ChartsWithSymbols {
  readonly engines: readonly ChartEngine[];
  /** What the exchange lists. */
  readonly names: readonly string[];
}

/** Charts in the charting library's markup with their API in this window, which is there before the charts are. */
export async function startChartingLibrary(
  containers: readonly HTMLElement[],
  apiName: 'TradingViewApi' | 'tradingViewApi',
  setup: Omit<EngineSetup, 'symbols'>,
): Promise<ChartsWithSymbols> {
  const engines: ChartEngine[] = [];
  const { build } = setup.options;
  const libraries = containers.map((_, i) => createTradingViewApi(() => engines[i] ?? null, setup.symbol, build));
  // Of v31.1 one of the two names is a namespace without methods.
  if (build === '31')
    Object.assign(window, { tradingViewApi: { version: '31.1' }, TradingViewApi: { version: '31.1' } });
  Object.assign(window, { [apiName]: layoutApi(libraries.map(({ chartApi }) => chartApi)) });
  const symbols: PageSymbol[] = await fetchSymbols();
  for (const container of containers) engines.push(createChartEngine(container, { ...setup, symbols }));
  // Further panes get their elements with the first drawing.
  await new Promise((resolve) => requestAnimationFrame(resolve));
  engines.forEach((engine, i) => {
    applyChartingLibraryMarkup(engine);
    libraries[i].connect(engine);
  });
  window.__charts = engines.map(truthOf);
  window.__chart = window.__charts[0];
  return { engines, names: symbols.map(({ name }) => name) };
}

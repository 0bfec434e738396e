import { fetchSymbols } from './candle-feed';
import { createChartEngine } from './chart-engine';
import { truthOf } from './chart-truth';
import { readPageOptions } from './page-options';
import { fillToolbar } from './toolbar';

/** A plain lightweight-charts page: no API, no class names, nothing but canvases with tick labels. */
export async function startBybit(): Promise<void> {
  const container = document.getElementById('chart');
  const toolbar = document.getElementById('toolbar');
  if (container === null || toolbar === null) throw new Error('The page has no place for a chart');
  const options = readPageOptions(location.search);
  if (options.width !== null) container.style.width = `${options.width}px`;
  const symbols = await fetchSymbols();
  const engine = createChartEngine(container, {
    site: 'bybit',
    options,
    symbols,
    symbol: location.pathname.split('/').at(-1) ?? 'BTCUSDT',
    venueName: (symbol) => symbol,
  });
  window.__chart = truthOf(engine);
  const last = document.getElementById('last');
  engine.on('data', () => {
    if (last !== null) last.textContent = engine.series.priceFormatter().format(engine.lastCandle()?.close ?? NaN);
  });
  // The address follows the symbol, as on the site.
  engine.on('symbol', () => history.pushState(null, '', engine.symbol() + location.search));
  fillToolbar(
    toolbar,
    engine,
    symbols.map(({ name }) => name),
  );
}

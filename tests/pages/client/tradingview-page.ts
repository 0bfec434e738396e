import { startChartingLibrary } from './charting-library';
import { addLegend } from './legend';
import { readPageOptions } from './page-options';
import { fillToolbar } from './toolbar';

/** Charts that have no contract of their own: a spot market, another venue's perpetual, a share. */
const OTHER_SYMBOLS = ['BINANCE:BTCUSDT', 'BYBIT:BTCUSDT.P', 'NASDAQ:AAPL'];

/** tradingview.com: one chart with its API in the top document. The address keeps the first symbol, as theirs may. */
export async function startTradingView(): Promise<void> {
  const options = readPageOptions(location.search);
  const firstSymbol = new URLSearchParams(location.search).get('symbol') ?? 'BINANCE:BTCUSDT.P';
  const container = document.getElementById('chart');
  const toolbar = document.getElementById('toolbar');
  if (container === null || toolbar === null) throw new Error('The page has no place for a chart');
  if (options.width !== null) document.body.style.width = `${options.width}px`;
  const { engine, names } = await startChartingLibrary(container, 'TradingViewApi', {
    site: 'tradingview',
    options,
    symbol: firstSymbol,
    venueName: (symbol) => symbol.replace(/^[A-Z]+:/, '').replace(/\.P$/, ''),
  });
  addLegend(engine, true);
  fillToolbar(toolbar, engine, [...names.map((name) => `BINANCE:${name}.P`), ...OTHER_SYMBOLS]);
}

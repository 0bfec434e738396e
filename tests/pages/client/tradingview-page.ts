import { startChartingLibrary } from './charting-library';
import { addLegend } from './legend';
import { readPageOptions } from './page-options';
import { fillToolbar } from './toolbar';

/** Charts that have no contract of their own: a spot market, another venue's perpetual, a share. */
const OTHER_SYMBOLS = ['BINANCE:BTCUSDT', 'BYBIT:BTCUSDT.P', 'NASDAQ:AAPL'];

/** tradingview.com: a layout of charts, one by default, with their API in the top document. The address keeps the first symbol, as theirs may. */
export async function startTradingView(): Promise<void> {
  const options = readPageOptions(location.search);
  const firstSymbol = new URLSearchParams(location.search).get('symbol') ?? 'BINANCE:BTCUSDT.P';
  const toolbar = document.getElementById('toolbar');
  const containers = placesFor(Number(new URLSearchParams(location.search).get('charts')) || 1);
  if (containers.length === 0 || toolbar === null) throw new Error('The page has no place for a chart');
  if (options.width !== null) document.body.style.width = `${options.width}px`;
  const { engines, names } = await startChartingLibrary(containers, 'TradingViewApi', {
    site: 'tradingview',
    options,
    symbol: firstSymbol,
    venueName: (symbol) => symbol.replace(/^[A-Z]+:/, '').replace(/\.P$/, ''),
  });
  for (const engine of engines) addLegend(engine, true);
  fillToolbar(toolbar, engines[0], [...names.map((name) => `BINANCE:${name}.P`), ...OTHER_SYMBOLS]);
}

/** The page's one place, and copies of it side by side for a layout. */
function placesFor(count: number): HTMLElement[] {
  const first = document.querySelector<HTMLElement>('.chart-container');
  if (first === null) return [];
  for (let i = 1; i < count; i++) {
    const copy = first.cloneNode(true) as HTMLElement;
    copy.classList.remove('active');
    first.parentElement?.append(copy);
  }
  first.parentElement?.style.setProperty('--charts', String(Math.ceil(Math.sqrt(count))));
  return Array.from(document.querySelectorAll<HTMLElement>('.chart-widget'));
}

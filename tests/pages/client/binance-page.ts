import { frameHtml } from '../frame-html';
import { startChartingLibrary } from './charting-library';
import { startGate } from './gate-page';
import { addLegend } from './legend';
import { drawOneCanvasChart } from './one-canvas-chart';
import { type PageOptions, readPageOptions } from './page-options';
import { fillToolbar } from './toolbar';

const FRAME_ID = 'tradingview_a1b2c';

/** binance.com in its TradingView mode, and sites like it: the charting library in a frame of the page's own origin, by default a `blob:`. */
export function startBinance(): void {
  const holder = document.getElementById('chart_futures-tradingview');
  if (holder === null) throw new Error('The page has no place for a chart');
  const options = readPageOptions(location.search);
  if (options.original !== null) return startOriginal(holder, options);
  const { width, frame: kind } = options;
  if (width !== null) holder.style.width = `${width}px`;
  const frame = document.createElement('iframe');
  frame.id = frame.name = FRAME_ID;
  frame.title = 'Financial Chart';
  const sheet = document.querySelector('style')?.textContent ?? '';
  const html = frameHtml(document.documentElement.className, sheet, self.origin);
  const write = (): void => {
    frame.contentDocument?.open();
    frame.contentDocument?.write(html);
    frame.contentDocument?.close();
  };
  if (kind === 'blob') frame.src = URL.createObjectURL(new Blob([html], { type: 'text/html' }));
  if (kind === 'html') frame.src = `/-/frame.html${location.search}`;
  holder.append(frame);
  if (kind === 'written') write();
  // Everybody has met the empty document by then.
  if (kind === 'written-late') setTimeout(write, 1_000);
}

/** Binance's own chart, which has no API: its canvases stand in one box without names. */
function startOriginal(holder: HTMLElement, options: PageOptions): void {
  const box = document.createElement('div');
  box.className = 'kline-container';
  holder.replaceWith(box);
  if (options.original !== 'klinecharts')
    return drawOneCanvasChart(box, location.pathname.split('/').at(-1) ?? 'BTCUSDT', options);
  const chart = document.createElement('div');
  chart.id = 'chart';
  box.append(chart);
  startGate();
}

/** Inside the frame. */
export async function startBinanceFrame(): Promise<void> {
  const page = window.parent.location;
  const container = document.getElementById('chart');
  const toolbar = document.getElementById('toolbar');
  if (container === null || toolbar === null) throw new Error('The frame has no place for a chart');
  const name = page.pathname.split('/').at(-1);
  const options = readPageOptions(page.search);
  // Only there the chart's symbol names the price.
  const types =
    page.hostname === 'www.binance.com' ? ['LAST', 'MARK', 'INDEX'].map((type) => `@PRICETYPE=${type}`) : [''];
  const { engines, names } = await startChartingLibrary([container], 'tradingViewApi', {
    site: 'binance',
    options,
    symbol: `${name}${types[0]}`,
    venueName: (symbol) => symbol.split('@')[0],
  });
  const [engine] = engines;
  if (options.hasLegend) addLegend(engine, false);
  fillToolbar(
    toolbar,
    engine,
    names.flatMap((each) => types.map((type) => each + type)),
  );
  const last = window.parent.document.getElementById('last');
  engine.on('data', () => {
    if (last !== null) last.textContent = engine.series.priceFormatter().format(engine.lastCandle()?.close ?? NaN);
  });
}

import { startChartingLibrary } from './charting-library';
import { addLegend } from './legend';
import { readPageOptions } from './page-options';
import { fillToolbar } from './toolbar';

const FRAME_ID = 'tradingview_a1b2c';

/** binance.com in its TradingView mode: the charting library in a `blob:` frame of the page's own origin. */
export function startBinance(): void {
  const holder = document.getElementById('chart_futures-tradingview');
  if (holder === null) throw new Error('The page has no place for a chart');
  const { width } = readPageOptions(location.search);
  if (width !== null) holder.style.width = `${width}px`;
  const frame = document.createElement('iframe');
  frame.id = frame.name = FRAME_ID;
  frame.title = 'Financial Chart';
  const sheet = document.querySelector('style')?.textContent ?? '';
  const html = `<!doctype html>
<html lang="en" class="${document.documentElement.className}" data-site="binance-frame"><meta charset="utf-8">
<style>${sheet}</style>
<body><div id="toolbar" class="toolbar"></div>
<div class="chart-container active"><div id="chart" class="chart-widget" role="region"></div></div>
<script src="${self.origin}/-/chart.js"></script></body></html>`;
  frame.src = URL.createObjectURL(new Blob([html], { type: 'text/html' }));
  holder.append(frame);
}

/** Inside the frame. */
export async function startBinanceFrame(): Promise<void> {
  const page = window.parent.location;
  const container = document.getElementById('chart');
  const toolbar = document.getElementById('toolbar');
  if (container === null || toolbar === null) throw new Error('The frame has no place for a chart');
  const name = page.pathname.split('/').at(-1);
  const { engines, names } = await startChartingLibrary([container], 'tradingViewApi', {
    site: 'binance',
    options: readPageOptions(page.search),
    symbol: `${name}@PRICETYPE=LAST`,
    venueName: (symbol) => symbol.split('@')[0],
  });
  const [engine] = engines;
  addLegend(engine, false);
  fillToolbar(
    toolbar,
    engine,
    names.flatMap((each) => ['LAST', 'MARK', 'INDEX'].map((type) => `${each}@PRICETYPE=${type}`)),
  );
  const last = window.parent.document.getElementById('last');
  engine.on('data', () => {
    if (last !== null) last.textContent = engine.series.priceFormatter().format(engine.lastCandle()?.close ?? NaN);
  });
}

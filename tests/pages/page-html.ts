import { readFileSync } from 'node:fs';
import path from 'node:path';

import { frameHtml } from './frame-html';

/** Pages that are built differently. */
type PageKind = 'tradingview' | 'binance' | 'bybit' | 'gate';
/** Sites that have the charting library in a frame of their own origin are built like Binance's page. */
const KINDS = {
  tradingview: 'tradingview',
  binance: 'binance',
  bybit: 'bybit',
  gate: 'gate',
  okx: 'binance',
  bitget: 'binance',
  hyperliquid: 'binance',
} as const satisfies Record<string, PageKind>;
export type PageSite = keyof typeof KINDS;

/** The static part of each page; its script makes the chart inside `#chart`. */
const BODIES: Readonly<Record<PageKind, string>> = {
  tradingview: `
    <div id="toolbar" class="toolbar"></div>
    <div class="layout"><div class="chart-container active"><div id="chart" class="chart-widget" role="region"></div></div></div>`,
  binance: `
    <header class="site-header"><b class="logo">BINANCE</b><span>Buy Crypto</span><span>Markets</span><span>Trade</span><span class="on">Futures</span></header>
    <div class="ticker"><b>BTCUSDT</b><small>Perpetual</small><b id="last" class="last"></b></div>
    <main class="columns">
      <div class="chart-widget-root"><div id="chart_futures-tradingview"></div></div>
      ${orderForm('Buy/Long', 'Sell/Short')}
    </main>`,
  bybit: `
    <header class="site-header"><b class="logo">BYBIT</b><span>Buy Crypto</span><span>Markets</span><span class="on">Derivatives</span></header>
    <div class="ticker"><b>BTCUSDT</b><small>Perpetual</small><b id="last" class="last"></b></div>
    <main class="columns">
      <div class="chart-column"><div id="toolbar" class="toolbar"></div><div id="chart" class="plain-chart"></div></div>
      ${orderForm('Long', 'Short')}
    </main>`,
  gate: `
    <header class="site-header"><b class="logo">GATE</b><span>Buy Crypto</span><span>Markets</span><span class="on">Futures</span></header>
    <main class="columns">
      <div class="chart-column"><div id="chart" class="plain-chart"></div></div>
      ${orderForm('Long', 'Short')}
    </main>`,
};

/** Sites that look alike share a sheet. */
const STYLES: Readonly<Record<PageKind, string>> = {
  tradingview: 'tradingview',
  binance: 'binance',
  bybit: 'bybit',
  gate: 'bybit',
};

const themeOf = (url: URL): string => (url.searchParams.get('theme') === 'light' ? 'theme-light' : 'theme-dark');

const sheetOf = (site: PageKind): string =>
  ['base', STYLES[site]]
    .map((name) => readFileSync(path.join(import.meta.dirname, `styles/${name}.css`), 'utf8'))
    .join('');

/** The charting library's frame where the host serves it. */
export const servedFrameHtml = (url: URL): string => frameHtml(themeOf(url), sheetOf('binance'), url.origin);

export function pageHtml(site: PageSite, url: URL): string {
  const kind = KINDS[site];
  return `<!doctype html>
<html lang="en" class="${themeOf(url)}" data-site="${kind}">
<meta charset="utf-8"><title>BTCUSDT</title><link rel="icon" href="data:,">
<style>${sheetOf(kind)}</style>
<body>${BODIES[kind]}
<script src="/-/chart.js"></script>
</body></html>`;
}

function orderForm(buy: string, sell: string): string {
  return `<aside class="order-form">
    <div class="tabs"><span class="on">Limit</span><span>Market</span><span>Stop Limit</span></div>
    <label>Price<input value="" placeholder="USDT"></label>
    <label>Size<input value="" placeholder="BTC"></label>
    <div class="buttons"><button class="buy" data-order="buy">${buy}</button><button class="sell" data-order="sell">${sell}</button></div>
  </aside>`;
}

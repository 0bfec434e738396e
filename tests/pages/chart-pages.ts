import type { IncomingMessage, ServerResponse } from 'node:http';

import { floorToStep, MINUTE_MS } from '@/lib/core/time';
import type { VenueId } from '@/lib/market/contract';
import type { Exchange } from '@/tests/exchange';
import type { Candle, MarketSource } from '@/tests/exchange/market-source';
import type { HostHandler } from '@/tests/exchange/server';

import { bundleScript } from './bundle-script';
import type { PageCandle, PageSymbol } from './candle';
import { pageHtml, servedFrameHtml, type PageSite } from './page-html';

/** Where each page stands in real life. */
export const PAGE_URLS = {
  tradingview: 'https://www.tradingview.com/chart/?symbol=BINANCE:BTCUSDT.P',
  binance: 'https://www.binance.com/en/futures/BTCUSDT',
  bybit: 'https://www.bybit.com/trade/usdt/BTCUSDT',
  gate: 'https://www.gate.com/futures/USDT/BTC_USDT',
  okx: 'https://www.okx.com/trade-swap/btc-usdt-swap',
  bitget: 'https://www.bitget.com/futures/usdt/BTCUSDT',
  hyperliquid: 'https://app.hyperliquid.xyz/trade/BTC',
} as const satisfies Record<PageSite, string>;

const SITES: Readonly<Record<string, { readonly site: PageSite; readonly path: RegExp }>> = {
  'www.tradingview.com': { site: 'tradingview', path: /^\/chart\// },
  // The chart that others embed in their pages.
  's.tradingview.com': { site: 'tradingview', path: /^\/widgetembed\// },
  'www.tradingview-widget.com': { site: 'tradingview', path: /^\/embed-widget\// },
  'www.binance.com': { site: 'binance', path: /^\/en\/futures\// },
  'www.bybit.com': { site: 'bybit', path: /^\/trade\/usdt\// },
  // No site that the product knows.
  'charts.example': { site: 'bybit', path: /^\/trade\// },
  'www.gate.com': { site: 'gate', path: /^\/futures\/USDT\// },
  'www.okx.com': { site: 'okx', path: /^\/trade-swap\// },
  'www.bitget.com': { site: 'bitget', path: /^\/futures\/usdt\// },
  'app.hyperliquid.xyz': { site: 'hyperliquid', path: /^\/trade\// },
};
/** Sites that show their own contracts' candles, which are not quite Binance's. */
const OWN_VENUES: Readonly<Record<string, VenueId>> = { 'www.bybit.com': 'bybit', 'www.gate.com': 'gate' };
/** Names of a spot price whose candles are those of a contract. */
const SAME_MARKET: Readonly<Record<string, string>> = { GOLD: 'XAUUSDT', XAUUSD: 'XAUUSDT' };
const HISTORY_BARS = 500;
/** Of a page that lets nobody add a script, a connection or a string that becomes code. */
const STRICT_POLICY =
  "default-src 'self' blob: data: wss:; style-src 'unsafe-inline'; require-trusted-types-for 'script'; trusted-types 'none'";
const LIVE_MS = 250;

/**
 * Chart pages under the sites' own host names, showing the exchange's market. Their data comes by a way of their own
 * (`/-/`), so that the exchange's faults and limits leave the charts alone. A name that the exchange does not list
 * shows BTCUSDT's candles: a chart of something else for the product, a chart all the same.
 */
export function createChartPages(exchange: Pick<Exchange, 'clock' | 'listings' | 'source' | 'venue'>): HostHandler {
  const source = (url: URL): MarketSource => {
    const asked = url.searchParams.get('symbol') ?? '';
    const plain = asked
      .toUpperCase()
      .replace(/-SWAP$/, '')
      .replaceAll('-', '');
    const own = url.hostname in OWN_VENUES ? exchange.venue(OWN_VENUES[url.hostname]) : null;
    const ownName = [...(own?.listings.keys() ?? [])].find((each) => each.replaceAll('_', '') === asked);
    if (own !== null && ownName !== undefined) return own.source(ownName);
    const name = [SAME_MARKET[asked] ?? asked, plain, `${plain}USDT`].find((each) => exchange.listings.has(each)) ?? '';
    return exchange.source(exchange.listings.has(name) ? name : 'BTCUSDT');
  };
  return {
    hosts: Object.keys(SITES),
    accepts: (req) => {
      const { hostname, pathname } = urlOf(req);
      return pathname.startsWith('/-/') || SITES[hostname].path.test(pathname);
    },
    async request(req, res) {
      const url = urlOf(req);
      if (url.pathname === '/-/chart.js')
        return send(res, 'text/javascript', await bundleScript('tests/pages/client/main.ts', 'chartPage'));
      if (url.pathname === '/-/frame.html') return send(res, 'text/html', servedFrameHtml(url));
      if (url.pathname === '/-/symbols') return send(res, 'application/json', JSON.stringify(symbolsOf(exchange)));
      if (url.pathname === '/-/candles') {
        const candles = history(source(url), intervalOf(url), exchange.clock.now());
        return send(res, 'application/json', JSON.stringify(candles));
      }
      if (url.searchParams.has('strict')) res.setHeader('content-security-policy', STRICT_POLICY);
      return send(res, 'text/html', pageHtml(SITES[url.hostname].site, url));
    },
    socket(socket, req) {
      const url = urlOf(req);
      const [market, intervalMs] = [source(url), intervalOf(url)];
      let openMs = floorToStep(exchange.clock.now(), intervalMs);
      const timer = setInterval(() => {
        const nowMs = exchange.clock.now();
        const currentMs = floorToStep(nowMs, intervalMs);
        // The bar that has closed in between is sent once more, whole.
        if (openMs < currentMs) socket.send(JSON.stringify(toPage(market.candle(openMs, openMs + intervalMs, nowMs))));
        openMs = currentMs;
        socket.send(JSON.stringify(toPage(market.candle(openMs, openMs + intervalMs, nowMs))));
      }, LIVE_MS);
      socket.on('close', () => clearInterval(timer));
    },
  };
}

const urlOf = (req: IncomingMessage): URL => new URL(req.url ?? '/', `https://${req.headers.host}`);

function send(res: ServerResponse, type: string, body: string): void {
  res.writeHead(200, { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store' }).end(body);
}

function intervalOf(url: URL): number {
  const minutes = Number(url.searchParams.get('interval'));
  return (minutes > 0 ? minutes : 15) * MINUTE_MS;
}

function symbolsOf({ listings }: Pick<Exchange, 'listings'>): PageSymbol[] {
  return Array.from(listings, ([name, { instrument }]) => ({ name, tickSize: instrument.tickSize }));
}

function history(market: MarketSource, intervalMs: number, nowMs: number): PageCandle[] {
  const lastMs = floorToStep(nowMs, intervalMs);
  const firstMs = Math.max(
    lastMs - (HISTORY_BARS - 1) * intervalMs,
    floorToStep(market.firstOpenTimeMs + intervalMs - 1, intervalMs),
  );
  const candles: PageCandle[] = [];
  for (let openMs = firstMs; openMs <= lastMs; openMs += intervalMs) {
    candles.push(toPage(market.candle(openMs, openMs + intervalMs, nowMs)));
  }
  return candles;
}

const toPage = ({ openTimeMs, open, high, low, close, volume }: Candle): PageCandle => ({
  time: openTimeMs / 1000,
  open,
  high,
  low,
  close,
  volume,
});

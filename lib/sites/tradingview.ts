import type { ChartSymbol } from '@/lib/market/chart-symbol';

import { isWithin, type PageLocation, type Site, splitExchange } from './site';

/** Prefixes of computed indices: no contract trades at their price. */
const INDEX_SOURCES: ReadonlySet<string> = new Set(['index', 'crypto']);
/** TradingView's own names of the metals' spot prices. */
const SPOT_NAMES: Readonly<Record<string, string>> = { 'tvc:gold': 'XAUUSD', 'tvc:silver': 'XAGUSD' };

/** `BTCUSDT.P`, before 2022 `BTCUSDTPERP`; Kraken has one kind settled in coin and one in anything. */
const PERPETUAL = /^([A-Z0-9]{3,}?)(?:\.P[IM]?|(?<=USD[TC]?)PERP)$/;
/** `BTCUSDTZ2024`, `BTC1!`, `BTCUSDT_241227`. */
const DATED = /^([A-Z0-9]+?)(?:[FGHJKMNQUVXZ]20\d\d|\d!|_?\d{6})$/;
const PLAIN = /^[A-Z0-9]{3,}$/;

/** Bars of another kind or session, and settings of an embedded chart: `={"symbol":"BINANCE:BTCUSDT.P","currency-id":"XTVCUSDT"}`. */
const WITHIN = /"symbol":"([^"=]+)/;
/** In another currency, or by another weight, nothing is at the contract's price. */
const CONVERTED = /"(?:currency|unit)-id":"(?!(?:XTVC)?USD)/;

function plain(spelled: string): string {
  // A symbol may be in a symbol.
  const text = spelled.replaceAll('\\', '');
  return (!CONVERTED.test(text) && WITHIN.exec(text)?.[1]) || spelled;
}

function parseTradingViewSymbol(raw: string): ChartSymbol | null {
  const { exchange, ticker: spelled } = splitExchange(raw.trim());
  const ticker = spelled.toUpperCase();
  const spot = SPOT_NAMES[`${exchange}:${ticker.toLowerCase()}`];
  if (spot) return { raw, exchange, pair: spot, kind: 'spot' };

  const perpetual = PERPETUAL.exec(ticker);
  if (perpetual) return { raw, exchange, pair: perpetual[1], kind: 'perpetual' };
  const dated = DATED.exec(ticker);
  if (dated) return { raw, exchange, pair: dated[1], kind: 'dated' };
  // Spreads, studies (`BTCUSDT.P_OI`) and capitalisations are no prices of a pair.
  if (!PLAIN.test(ticker) || exchange === 'cryptocap') return null;
  return { raw, exchange, pair: ticker, kind: exchange !== null && INDEX_SOURCES.has(exchange) ? 'index' : 'spot' };
}

function symbolFromUrl({ pathname, search, hash }: PageLocation): ChartSymbol | null {
  // Newer embedded charts are told everything behind the `#`.
  const parameters = new URLSearchParams(`${search}&settings=${hash.slice(1)}`);
  const settings = parameters.get('settings') ?? '';
  const page = /^\/(?:symbols|chart)\/([^/]+)\/?$/.exec(pathname);
  const symbol = parameters.get('symbol') ?? parameters.get('tvwidgetsymbol') ?? WITHIN.exec(settings)?.[1];
  if (symbol) return parseTradingViewSymbol(symbol);
  if (!page || !pathname.startsWith('/symbols/')) return null;
  // `/symbols/BTCUSDT.P/?exchange=BINANCE` and `/symbols/BINANCE-BTCUSDT.P/`.
  const [exchange, ticker] = page[1].includes('-') ? page[1].split('-', 2) : [parameters.get('exchange'), page[1]];
  return parseTradingViewSymbol(exchange ? `${exchange}:${ticker}` : ticker);
}

/** The toolbar names no exchange; the address may, where it is not stale. */
const symbolFromChart: Site['symbolFromChart'] = (raw, location) => {
  const named = symbolFromUrl(location);
  return named?.raw.endsWith(`:${raw}`) ? named : parseTradingViewSymbol(raw);
};

export const tradingview: Site = {
  id: 'tradingview',
  isHost: (hostname) => isWithin(hostname, 'tradingview.com') || hostname === 'www.tradingview-widget.com',
  hasChart: () => true,
  symbolFromUrl,
  symbolButton: '#header-toolbar-symbol-search',
  plain,
  symbolFromChart,
};

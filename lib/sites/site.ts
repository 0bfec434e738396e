import type { ChartSymbol } from '@/lib/market/chart-symbol';

/** What a page says it shows: a symbol, a price nobody is liquidated at, or nothing that can be read. */
export type SymbolReading = ChartSymbol | 'index-price' | null;

export type PageLocation = Pick<Location, 'hash' | 'hostname' | 'pathname' | 'search'>;

/** Everything the product knows about one site. One file a site; none knows another. */
export interface Site {
  readonly id: string;
  isHost(hostname: string): boolean;
  /** Whether this page of the site may hold a trading chart; sites change pages without loading anew. */
  hasChart(location: PageLocation): boolean;
  symbolFromUrl(location: PageLocation): SymbolReading;
  /** Where the page says what its chart shows, for charts that do not tell: an address can be stale. */
  readonly symbolButton?: string;
  /** The symbol in a chart's spelling that says more than it, or that spelling. */
  plain?(spelled: string): string;
  /** `raw` is the chart's own spelling; the location tells what the spelling leaves out. */
  symbolFromChart(raw: string, location: PageLocation): SymbolReading;
}

/** The language at the beginning of a path, where there is one, as a part of an expression: `en/`, `zh-TW/`, `zh-hans/`. */
export const LOCALE = '(?:[a-z]{2}(?:-[A-Za-z]{2,4})?/)?';

/** Whether `hostname` is `domain` or below it. */
export const isWithin = (hostname: string, domain: string): boolean =>
  hostname === domain || hostname.endsWith(`.${domain}`);

/** `BINANCE:BTCUSDT.P` apart; exchange null where none is named. */
export function splitExchange(raw: string): { readonly exchange: string | null; readonly ticker: string } {
  const colon = raw.indexOf(':');
  return colon <= 0
    ? { exchange: null, ticker: raw.slice(colon + 1) }
    : { exchange: raw.slice(0, colon).toLowerCase(), ticker: raw.slice(colon + 1) };
}

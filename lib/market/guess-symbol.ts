import type { ChartSymbol } from './chart-symbol';

/** `BTCUSDT`, `BTC-USDT`, `btc_usdt`, `BTC/USDT`, `BINANCE:BTCUSDT.P`, `BTC-USDT-SWAP`. */
const PAIR = /^(?:(\w+):)?([a-z0-9]{2,12})[-_/]?(usdt|usdc|usd)(?:[-_.](p|perp|swap))?$/i;

/**
 * A symbol that no site's rule could read, as what its spelling looks like: the name on a chart, or the address of a page
 * that tells nothing else. Of several parts of an address the last is the narrowest: `charts.example/trade/usdt/BTCUSDT`.
 * A chart's name is taken as a whole: of `BINANCE:BTCUSDT/2` no part is what the chart shows.
 */
export function guessSymbol(symbol: ChartSymbol): ChartSymbol {
  const { raw, site, exchange, pair } = symbol;
  if (exchange !== null || /^[A-Z0-9]+$/.test(pair)) return symbol;
  const isAddress = site !== undefined && raw.startsWith(`${site}/`);
  for (const part of isAddress ? raw.split(/[/?&=#]/).toReversed() : [raw]) {
    const [, prefix, base, quote, ending] = PAIR.exec(part) ?? [];
    if (base === undefined) continue;
    return {
      ...symbol,
      exchange: prefix?.toLowerCase() ?? null,
      pair: (base + quote).toUpperCase(),
      kind: ending === undefined ? 'spot' : 'perpetual',
    };
  }
  return symbol;
}

import type { ChartSymbol } from './chart-symbol';

/** `BTCUSDT`, `BTC-USDT`, `btc_usdt`, `BINANCE:BTCUSDT.P`, `BTC-USDT-SWAP`. */
const PAIR = /^(?:(\w+):)?([a-z0-9]{2,12})[-_]?(usdt|usdc|usd)(?:[-_.](p|perp|swap))?$/i;

/**
 * A symbol that no site's rule could read, as what its spelling looks like: the name on a chart, or the address of a page
 * that tells nothing else. Of several parts the last is the narrowest: `charts.example/trade/usdt/BTCUSDT`.
 */
export function guessSymbol(symbol: ChartSymbol): ChartSymbol {
  if (symbol.exchange !== null || /^[A-Z0-9]+$/.test(symbol.pair)) return symbol;
  for (const part of symbol.raw.split(/[/?&=]/).toReversed()) {
    const [, prefix, base, quote, ending] = PAIR.exec(part) ?? [];
    if (base === undefined) continue;
    const exchange = prefix?.toLowerCase() ?? null;
    return {
      ...symbol,
      exchange,
      pair: (base + quote).toUpperCase(),
      kind: ending === undefined ? 'spot' : 'perpetual',
    };
  }
  return symbol;
}

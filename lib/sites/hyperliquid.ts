import type { Site, SymbolReading } from './site';

/** `BTC`, `kPEPE`, `xyz:GOLD`, `BTC-USD`, `BTCUSD`, spot as `PURR/USDC`: in the chart, and in the address behind `/trade/`. */
const COIN = /^(?:xyz:|([a-z0-9]+):)?([A-Za-z0-9]+?)(?:[-/]?(USDC?|(?<=[-/])(?:USDH|USDT|PERP)))?$/;

const coinIn = (pathname: string): string => pathname.replace(/^\/trade\/|\/$/g, '').replace('%3A', ':');

/** A small `k` in front counts thousands; everything is quoted in dollars and settled in USDC. */
const pairOf = (coin: string): string => `${/^k[A-Z]/.test(coin) ? `1000${coin.slice(1)}` : coin.toUpperCase()}USDC`;

function readingOf(raw: string): SymbolReading {
  const [, dex, coin, quote] = COIN.exec(raw.trim()) ?? [];
  // Spot pairs are written with a slash; some are numbered (`@107`) and match nothing here.
  const isSpot = quote !== undefined && raw.includes('/');
  return coin === undefined
    ? null
    : {
        raw,
        // What other builders list is theirs alone, though it may have the same letters.
        exchange: dex ?? 'hyperliquid',
        pair: pairOf(coin),
        kind: isSpot ? 'spot' : 'perpetual',
      };
}

export const hyperliquid: Site = {
  id: 'hyperliquid',
  isHost: (hostname) => hostname === 'app.hyperliquid.xyz',
  hasChart: ({ pathname }) => pathname === '/trade' || COIN.test(coinIn(pathname)),
  symbolFromUrl: ({ pathname }) => readingOf(coinIn(pathname)),
  // Most of spot is numbered in the chart alone: `@107`.
  symbolFromChart: (raw, { pathname }) =>
    readingOf(raw[0] === '@' && /\w\/\w+\/\w/.test(pathname) ? coinIn(pathname) : raw),
};

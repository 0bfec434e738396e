import type { Site, SymbolReading } from './site';

/** `/trade/BTC`, `/trade/kPEPE`, `/trade/xyz:GOLD`, spot as `/trade/PURR/USDC`. */
const PATH = /^\/trade\/(?:([a-z0-9]+):)?([A-Za-z0-9]+)(?:\/(USDC|USDH|USDT))?\/?$/;
const COIN = /^(?:([a-z0-9]+):)?([A-Za-z0-9]+?)(?:[-/](USDC?|USDH|USDT|PERP))?$/;

/** A small `k` in front counts thousands; everything is quoted in dollars and settled in USDC. */
const pairOf = (coin: string): string => `${/^k[A-Z]/.test(coin) ? `1000${coin.slice(1)}` : coin.toUpperCase()}USDC`;

function readingOf(raw: string, match: RegExpExecArray | null): SymbolReading {
  const [, , coin, quote] = match ?? [];
  // Spot pairs are written with a slash; some are numbered (`@107`) and match nothing here.
  const isSpot = quote !== undefined && raw.includes('/');
  return coin === undefined
    ? null
    : { raw, exchange: 'hyperliquid', pair: pairOf(coin), kind: isSpot ? 'spot' : 'perpetual' };
}

export const hyperliquid: Site = {
  id: 'hyperliquid',
  isHost: (hostname) => hostname === 'app.hyperliquid.xyz',
  hasChart: ({ pathname }) => PATH.test(pathname) || pathname === '/trade',
  symbolFromUrl({ pathname }) {
    const match = PATH.exec(pathname);
    return readingOf(pathname.replace(/^\/trade\/|\/$/g, ''), match);
  },
  symbolFromChart: (raw) => readingOf(raw, COIN.exec(raw.trim())),
};

import { type Site, splitExchange, type SymbolReading } from './site';

/** `BTCUSDT`, `BTC-USDT`, `btc_usdt`, `BTC/USD`, `BTCUSDT.P`, `BTC-USDT-SWAP`. */
const PAIR = /^([a-z0-9]{2,12})[-_/]?(usdt|usdc|usd)(?:[-_.](p|perp|swap))?$/i;

function pairIn(raw: string, text: string): SymbolReading {
  const [, base, quote, ending] = PAIR.exec(text) ?? [];
  if (base === undefined) return null;
  const pair = (base + quote).toUpperCase();
  return { raw, exchange: null, pair, kind: ending === undefined ? 'spot' : 'perpetual' };
}

/**
 * Any site that the user allowed: nothing is known of it, so that its symbols are guessed and every contract stands in
 * as a proxy. A page without a pair in its address still has an address: the user may choose a contract for it.
 */
export const other: Site = {
  id: 'other',
  isHost: () => true,
  hasChart: () => true,
  symbolFromUrl({ hostname, pathname, search }) {
    const parts = [...pathname.split('/'), ...new URLSearchParams(search).values()];
    const raw = hostname + pathname;
    // The last is the narrowest: `/trade/usdt/BTCUSDT`.
    const readings = parts.toReversed().map((part) => pairIn(part, splitExchange(part).ticker));
    return (
      readings.find((reading) => reading !== null) ?? { raw, exchange: null, pair: raw.toUpperCase(), kind: 'spot' }
    );
  },
  symbolFromChart: (raw) => pairIn(raw, splitExchange(raw.split('@', 1)[0]).ticker),
};

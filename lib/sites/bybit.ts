import { isWithin, LOCALE, type PageLocation, type Site, splitExchange, type SymbolReading } from './site';

const DERIVATIVES = new RegExp(`^/${LOCALE}trade/(?:futures/)?(?:usdt|usdc|inverse)/([A-Z0-9-]{3,})/?$`);
const SPOT = new RegExp(`^/${LOCALE}trade/spot/([A-Z0-9]+)/([A-Z0-9]+)/?$`);

/** `BTCUSDT`, `BTCUSDT.P`, `BTCPERP` and `BTC-PERP` (settled in USDC), `BTC-27DEC24`, `BTCUSDT-27DEC24` and `BTCUSDZ24`. */
const SYMBOL = /^([A-Z0-9]{2,}?)(-?PERP)?(-\d{1,2}[A-Z]{3}\d{2}|(?<=USD)[HMUZ]\d\d)?$/;

function parseBybitSymbol(raw: string, symbol = raw): SymbolReading {
  const match = SYMBOL.exec(symbol);
  if (!match) return null;
  const [, name, perp, expiry] = match;
  // A USDC contract names its base alone.
  const isBaseOnly = perp !== undefined || (expiry !== undefined && !/USD[TC]?$/.test(name));
  return { raw, exchange: 'bybit', pair: isBaseOnly ? `${name}USDC` : name, kind: expiry ? 'dated' : 'perpetual' };
}

const isSpotPage = ({ pathname }: PageLocation): boolean => SPOT.test(pathname);

export const bybit: Site = {
  id: 'bybit',
  isHost: (hostname) => isWithin(hostname, 'bybit.com'),
  hasChart: (location) => DERIVATIVES.test(location.pathname) || isSpotPage(location),
  symbolFromUrl({ pathname }) {
    const spot = SPOT.exec(pathname);
    if (spot) return { raw: `${spot[1]}/${spot[2]}`, exchange: 'bybit', pair: spot[1] + spot[2], kind: 'spot' };
    const match = DERIVATIVES.exec(pathname);
    return match ? parseBybitSymbol(match[1]) : null;
  },
  symbolFromChart(raw, location) {
    const { ticker } = splitExchange(raw.split('@', 1)[0]);
    const isNamedPerpetual = /\.P$/i.test(ticker);
    const symbol = parseBybitSymbol(raw, ticker.replace(/\.P$/i, '').replace('/', '').toUpperCase());
    // Spot and perpetual share a name; only the page tells them apart.
    return symbol !== null && symbol !== 'index-price' && !isNamedPerpetual && isSpotPage(location)
      ? { ...symbol, kind: 'spot' }
      : symbol;
  },
};

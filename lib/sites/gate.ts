import { isWithin, LOCALE, type PageLocation, type Site, splitExchange, type SymbolReading } from './site';

/** `/futures/USDT/BTC_USDT`, the older `/futures_trade/USDT/BTC_USDT`, and `/futures-delivery/USDT/BTC_USDT_20241227`. */
const FUTURES = new RegExp(`^/${LOCALE}futures(?:[_-][a-z]+)?/[a-z]+/([A-Z0-9]+_USD[TC]?(?:_\\d{8})?)/?$`, 'i');
const SPOT = new RegExp(`^/${LOCALE}trade/([A-Z0-9]+_USD[TC]?)/?$`, 'i');
const SYMBOL = /^([A-Z0-9]+?)[_/-]?(USD[TC]?)(_\d{8})?$/;

function parseGateSymbol(raw: string, symbol: string, isSpotPage: boolean): SymbolReading {
  const match = SYMBOL.exec(symbol.toUpperCase());
  if (!match) return null;
  const [, base, quote, expiry] = match;
  const plain = isSpotPage ? 'spot' : 'perpetual';
  return { raw, exchange: 'gate', pair: base + quote, kind: expiry === undefined ? plain : 'dated' };
}

const isSpot = ({ pathname }: PageLocation): boolean => SPOT.test(pathname);

export const gate: Site = {
  id: 'gate',
  isHost: (hostname) => isWithin(hostname, 'gate.com') || isWithin(hostname, 'gate.io'),
  hasChart: (location) => FUTURES.test(location.pathname) || isSpot(location),
  symbolFromUrl(location) {
    const symbol = (FUTURES.exec(location.pathname) ?? SPOT.exec(location.pathname))?.[1];
    return symbol === undefined ? null : parseGateSymbol(symbol, symbol, isSpot(location));
  },
  symbolFromChart(raw, location) {
    const { ticker } = splitExchange(raw.split('@', 1)[0]);
    return parseGateSymbol(raw, ticker.replace(/\.P$/i, ''), isSpot(location) && !/\.P$/i.test(ticker));
  },
};

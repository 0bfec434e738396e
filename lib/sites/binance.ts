import { isWithin, LOCALE, type PageLocation, type Site, splitExchange, type SymbolReading } from './site';

const FUTURES = new RegExp(`^/${LOCALE}(?:futures|delivery)/([A-Z0-9_]{3,})/?$`);
const SPOT = new RegExp(`^/${LOCALE}trade/([A-Z0-9]+)_([A-Z0-9]+)/?$`);
/** `BTCUSDT_241227` is dated, `BTCUSD_PERP` the perpetual settled in coin. */
const SYMBOL = /^([A-Z0-9]{3,}?)(?:_(\d{6}|PERP))?$/;

function parseBinanceSymbol(raw: string, symbol = raw): SymbolReading {
  const match = SYMBOL.exec(symbol);
  if (!match) return null;
  const [, pair, suffix] = match;
  return { raw, exchange: 'binance', pair, kind: suffix && suffix !== 'PERP' ? 'dated' : 'perpetual' };
}

const isSpot = ({ pathname }: PageLocation): boolean => SPOT.test(pathname);

export const binance: Site = {
  id: 'binance',
  isHost: (hostname) => isWithin(hostname, 'binance.com'),
  hasChart: (location) => FUTURES.test(location.pathname) || isSpot(location),
  symbolFromUrl({ pathname }) {
    const spot = SPOT.exec(pathname);
    if (spot) return { raw: `${spot[1]}_${spot[2]}`, exchange: 'binance', pair: spot[1] + spot[2], kind: 'spot' };
    const match = FUTURES.exec(pathname);
    return match ? parseBinanceSymbol(match[1]) : null;
  },
  symbolFromChart(raw, location) {
    // `BTCUSDT@PRICETYPE=LAST`; a mark price chart is where liquidations happen, an index is not.
    const [name, variant = ''] = raw.split('@', 2);
    if (/PRICETYPE=INDEX/i.test(variant)) return 'index-price';
    const symbol = parseBinanceSymbol(
      raw,
      splitExchange(name).ticker.replace(/\.P$/, '').replace('/', '').toUpperCase(),
    );
    // Spot and perpetual share a name; only the page tells them apart.
    return symbol !== null && symbol !== 'index-price' && isSpot(location) ? { ...symbol, kind: 'spot' } : symbol;
  },
};

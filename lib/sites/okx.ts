import { isWithin, type PageLocation, type Site, splitExchange, type SymbolReading } from './site';

const PATH = /^\/(?:[a-z]{2}(?:-[a-z]{2,4})?\/)?trade-(swap|futures|spot)\/([a-z0-9-]{3,})\/?$/i;
/** `BTC-USDT-SWAP`, `BTC-USD-SWAP`, `BTC-USDT-241227`, `BTC-USDT`; the chart may leave the dashes out. */
const SYMBOL = /^([A-Z0-9]+?)-?(USD[TC]?)(?:-?(SWAP|\d{6}))?$/;

function parseOkxSymbol(raw: string, symbol: string, isSpotPage: boolean): SymbolReading {
  const match = SYMBOL.exec(symbol.toUpperCase());
  if (!match) return null;
  const [, base, quote, suffix = ''] = match;
  const plain = isSpotPage ? 'spot' : 'perpetual';
  const kind = /^\d/.test(suffix) ? 'dated' : suffix === 'SWAP' ? 'perpetual' : plain;
  return { raw, exchange: 'okx', pair: base + quote, kind };
}

const isSpot = ({ pathname }: PageLocation): boolean => PATH.exec(pathname)?.[1].toLowerCase() === 'spot';

export const okx: Site = {
  id: 'okx',
  isHost: (hostname) => isWithin(hostname, 'okx.com'),
  hasChart: ({ pathname }) => PATH.test(pathname),
  symbolFromUrl(location) {
    const symbol = PATH.exec(location.pathname)?.[2];
    return symbol === undefined ? null : parseOkxSymbol(symbol, symbol, isSpot(location));
  },
  symbolFromChart(raw, location) {
    const { ticker } = splitExchange(raw.split('@', 1)[0]);
    const isNamedPerpetual = /\.P$/i.test(ticker);
    return parseOkxSymbol(raw, ticker.replace(/\.P$/i, '').replace('/', '-'), isSpot(location) && !isNamedPerpetual);
  },
};

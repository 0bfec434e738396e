import { isWithin, LOCALE, type PageLocation, type Site, splitExchange, type SymbolReading } from './site';

const FUTURES = new RegExp(`^/${LOCALE}futures/(?:usdt|usdc|coin)/([A-Z0-9]{3,})/?$`);
const SPOT = new RegExp(`^/${LOCALE}spot/([A-Z0-9]{3,})/?$`);
/** The older API's names end in the kind: `BTCUSDT_UMCBL`, `BTCPERP_CMCBL`, `BTCUSDT_SPBL`. */
const SYMBOL = /^([A-Z0-9]{3,}?)(?:_([A-Z]+BL))?$/;
/** `BTCUSDZ24`: coin-settled with an expiry. */
const DATED = /^([A-Z0-9]+USD)[HMUZ]\d{2}$/;

function parseBitgetSymbol(raw: string, symbol: string, isSpotPage: boolean): SymbolReading {
  const [, name, kind] = SYMBOL.exec(symbol.toUpperCase()) ?? [];
  if (name === undefined) return null;
  const dated = DATED.exec(name);
  if (dated) return { raw, exchange: 'bitget', pair: dated[1], kind: 'dated' };
  const isSpot = kind === undefined ? isSpotPage : kind === 'SPBL';
  return { raw, exchange: 'bitget', pair: name.replace(/PERP$/, 'USDC'), kind: isSpot ? 'spot' : 'perpetual' };
}

const isSpot = ({ pathname }: PageLocation): boolean => SPOT.test(pathname);

export const bitget: Site = {
  id: 'bitget',
  isHost: (hostname) => isWithin(hostname, 'bitget.com'),
  hasChart: (location) => FUTURES.test(location.pathname) || isSpot(location),
  symbolFromUrl(location) {
    const symbol = (FUTURES.exec(location.pathname) ?? SPOT.exec(location.pathname))?.[1];
    return symbol === undefined ? null : parseBitgetSymbol(symbol, symbol, isSpot(location));
  },
  symbolFromChart(raw, location) {
    const { ticker } = splitExchange(raw.split('@', 1)[0]);
    const isNamedPerpetual = /\.P$/i.test(ticker);
    return parseBitgetSymbol(raw, ticker.replace(/\.P$/i, '').replace('/', ''), isSpot(location) && !isNamedPerpetual);
  },
};

import { LOCALE } from './site';
import { venueSite } from './venue-site';

/** `BTCUSDT`, `BTCPERP` and `BTC-PERP` (settled in USDC), `BTC-27DEC24`, `BTCUSDT-27DEC24` and `BTCUSDZ24`. */
const SYMBOL = /^([A-Z0-9]{2,}?)(-?PERP)?(-\d{1,2}[A-Z]{3}\d{2}|(?<=USD)[HMUZ]\d\d)?$/;

export const bybit = venueSite({
  id: 'bybit',
  domains: ['bybit.com'],
  futures: new RegExp(`^/${LOCALE}trade/(?:futures/)?(?:usdt|usdc|inverse)/([A-Z0-9-]{3,})/?$`),
  spot: new RegExp(`^/${LOCALE}trade/spot/([A-Z0-9]+/[A-Z0-9]+)/?$`),
  read(symbol, isSpot) {
    const [, name, perp, expiry] = SYMBOL.exec(symbol) ?? [];
    if (name === undefined) return null;
    if (isSpot) return { pair: name, kind: 'spot' };
    // A USDC contract names its base alone.
    const isBaseOnly = perp !== undefined || (expiry !== undefined && !/USD[TC]?$/.test(name));
    return { pair: isBaseOnly ? `${name}USDC` : name, kind: expiry ? 'dated' : 'perpetual' };
  },
});

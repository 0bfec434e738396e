import { LOCALE } from './site';
import { venueSite } from './venue-site';

/** `BTCUSDT_241227` is dated, `BTCUSD_PERP` the perpetual settled in coin. */
const SYMBOL = /^([A-Z0-9]{3,}?)(?:_(\d{6}|PERP))?$/;

export const binance = venueSite({
  id: 'binance',
  domains: ['binance.com'],
  // Older addresses end in the kind or have the quote apart: `BTCUSDT_perpetual`, `BTC_USDT`.
  futures: new RegExp(`^/${LOCALE}(?:futures|delivery)/([A-Z0-9_]{3,}?)(?:_perpetual)?/?$`),
  spot: new RegExp(`^/${LOCALE}trade/([A-Z0-9]+_[A-Z0-9]+)/?$`),
  read(name, isSpot) {
    if (isSpot) return { pair: name.replace('_', ''), kind: 'spot' };
    const [, pair, suffix] = SYMBOL.exec(name.replace('_USD', 'USD')) ?? [];
    return pair === undefined ? null : { pair, kind: suffix && suffix !== 'PERP' ? 'dated' : 'perpetual' };
  },
});

import { LOCALE } from './site';
import { venueSite } from './venue-site';

const SYMBOL = /^([A-Z0-9]+?)[_/-]?(USD[TC]?)(_\d{8})?$/;

export const gate = venueSite({
  id: 'gate',
  domains: ['gate.com', 'gate.io'],
  // `/futures/USDT/BTC_USDT`, the older `/futures_trade/USDT/BTC_USDT`, and `/futures-delivery/USDT/BTC_USDT_20241227`.
  futures: new RegExp(`^/${LOCALE}futures(?:[_-][a-z]+)?/[a-z]+/([A-Z0-9]+_USD[TC]?(?:_\\d{8})?)/?$`, 'i'),
  spot: new RegExp(`^/${LOCALE}trade/([A-Z0-9]+_USD[TC]?)/?$`, 'i'),
  read(name, isSpot) {
    const [, base, quote, expiry] = SYMBOL.exec(name) ?? [];
    if (base === undefined) return null;
    const plain = isSpot ? 'spot' : 'perpetual';
    return { pair: base + quote, kind: expiry === undefined ? plain : 'dated' };
  },
});

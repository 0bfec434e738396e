import { LOCALE } from './site';
import { venueSite } from './venue-site';

/** `BTC-USDT-SWAP`, `BTC-USD-SWAP`, `BTC-USDT-241227`, `BTC-USDT`; the chart may leave the dashes out. */
const SYMBOL = /^([A-Z0-9]+?)-?(USD[TC]?)(?:-?(SWAP|\d{6}))?$/;

export const okx = venueSite({
  id: 'okx',
  domains: ['okx.com'],
  futures: new RegExp(`^/${LOCALE}trade-(?:swap|futures)/([a-z0-9-]{3,})/?$`, 'i'),
  spot: new RegExp(`^/${LOCALE}trade-(?:spot|margin)/([a-z0-9-]{3,})/?$`, 'i'),
  read(name, isSpot) {
    const [, base, quote, suffix = ''] = SYMBOL.exec(name) ?? [];
    if (base === undefined) return null;
    const plain = isSpot ? 'spot' : 'perpetual';
    return { pair: base + quote, kind: /^\d/.test(suffix) ? 'dated' : suffix === 'SWAP' ? 'perpetual' : plain };
  },
});

import { LOCALE } from './site';
import { venueSite } from './venue-site';

/** The older API's names end in the kind: `BTCUSDT_UMCBL`, `BTCPERP_CMCBL`, `BTCUSDT_SPBL`. */
const SYMBOL = /^([A-Z0-9]{3,}?)(?:_([A-Z]+BL))?$/;
/** `BTCUSDZ24`: coin-settled with an expiry. */
const DATED = /^([A-Z0-9]+USD)[HMUZ]\d{2}$/;

export const bitget = venueSite({
  id: 'bitget',
  domains: ['bitget.com'],
  // Older addresses: `/mix/usdt/BTCUSDT_UMCBL`, `/spot/BTCUSDT_SPBL`.
  futures: new RegExp(`^/${LOCALE}(?:futures|mix)/(?:usdt|usdc|usd|coin)/([A-Z0-9_]{3,})/?$`),
  spot: new RegExp(`^/${LOCALE}spot/([A-Z0-9_]{3,})/?$`),
  read(symbol, isSpotPage) {
    const [, name, kind] = SYMBOL.exec(symbol) ?? [];
    if (name === undefined) return null;
    const [, pair] = DATED.exec(name) ?? [];
    if (pair !== undefined) return { pair, kind: 'dated' };
    const isSpot = kind === undefined ? isSpotPage : kind === 'SPBL';
    return { pair: name.replace(/PERP$/, 'USDC'), kind: isSpot ? 'spot' : 'perpetual' };
  },
});

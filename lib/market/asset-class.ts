/** The kinds of markets that are shown apart. */
export type AssetClass = 'major' | 'altcoin' | 'gold' | 'silver' | 'commodity' | 'equity' | 'index';

const MAJORS = new Set(['BTC', 'ETH']);
const GOLD = new Set(['XAU', 'XAUT', 'PAXG', 'GOLD']);
const SILVER = new Set(['XAG', 'SILVER']);
/** Platinum, palladium, copper and other metals; oil, gas and crops. */
const COMMODITIES = new Set(
  (
    'XPT XPD XCU COPPER PLATINUM PALLADIUM ALUMINIUM NICKEL ZINC ' +
    'CL WTI BRENT USOIL UKOIL OIL BZ NATGAS NG CORN WHEAT SOYBEAN COFFEE COCOA SUGAR COTTON'
  ).split(' '),
);
const INDICES = new Set([
  'BTCDOM',
  'DEFI',
  'SPX500',
  'SP500',
  'US500',
  'US30',
  'NAS100',
  'US100',
  'QQQ',
  'SPY',
  'XYZ100',
]);

/** What a venue itself says of a contract, where it says so. */
export type AssetHint = 'crypto' | 'equity' | 'commodity' | 'index' | 'tradfi' | null;

/** The class of an underlying without multiplier: by its name where that is unmistakable, else by the venue's word. */
export function assetClassOf(baseAsset: string, hint: AssetHint = null): AssetClass {
  if (MAJORS.has(baseAsset)) return 'major';
  if (GOLD.has(baseAsset)) return 'gold';
  if (SILVER.has(baseAsset)) return 'silver';
  // Funds on an index are shares to some venues and no more than tradfi to others: one class, so that they meet.
  if (INDICES.has(baseAsset)) return 'index';
  if (hint === 'equity' || hint === 'index' || hint === 'commodity') return hint;
  if (hint !== 'crypto' && COMMODITIES.has(baseAsset)) return 'commodity';
  // Most of what is traded off the chain and is none of the above are shares.
  return hint === 'tradfi' ? 'equity' : 'altcoin';
}

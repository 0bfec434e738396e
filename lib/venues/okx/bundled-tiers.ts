import type { RiskTiers, TierRow } from '@/lib/market/risk-tier';
import { flatTiersFromRows } from '@/lib/venues/flat-tiers';

/** Assumed, in the shape of the venue's ladders: it counts them in contracts, so that their worth moves with the price. */
const MAJOR_ROWS: readonly TierRow[] = [
  [500e3, 0.004, 100],
  [5e6, 0.0065, 75],
  [15e6, 0.01, 50],
  [50e6, 0.02, 25],
  [100e6, 0.04, 12.5],
  [200e6, 0.1, 5],
  [400e6, 0.25, 2],
];

/** Assumed for any other contract, with caps and leverage below those of any large one. */
const OTHER_ROWS: readonly TierRow[] = [
  [20e3, 0.01, 50],
  [100e3, 0.02, 25],
  [300e3, 0.04, 12.5],
  [1e6, 0.1, 5],
  [5e6, 0.25, 2],
];

const BUNDLED_AS_OF_MS = Date.UTC(2026, 10, 1);

/** The dated tiers that come with the product, for when the venue gives none. */
export const bundledTiers = (symbol: string): RiskTiers => ({
  tiers: flatTiersFromRows(/^(BTC|ETH)-/.test(symbol) ? MAJOR_ROWS : OTHER_ROWS),
  source: 'bundled',
  asOfMs: BUNDLED_AS_OF_MS,
});

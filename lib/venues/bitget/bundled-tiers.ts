import type { RiskTiers, TierRow } from '@/lib/market/risk-tier';
import { flatTiersFromRows } from '@/lib/venues/flat-tiers';

/** BTCUSDT's first two brackets as the venue's documentation prints them; those above are assumed. */
const MAJOR_ROWS: readonly TierRow[] = [
  [50e3, 0.004, 125],
  [200e3, 0.005, 100],
  [1e6, 0.01, 50],
  [5e6, 0.02, 25],
  [20e6, 0.05, 10],
  [50e6, 0.1, 5],
  [100e6, 0.25, 2],
];

/** Assumed for any other contract, with caps and leverage below those of any large one. */
const OTHER_ROWS: readonly TierRow[] = [
  [10e3, 0.01, 50],
  [50e3, 0.02, 25],
  [200e3, 0.05, 10],
  [1e6, 0.1, 5],
  [5e6, 0.25, 2],
];

const BUNDLED_AS_OF_MS = Date.UTC(2026, 10, 1);

/** The dated tiers that come with the product, for when the venue gives none. */
export const bundledTiers = (symbol: string): RiskTiers => ({
  tiers: flatTiersFromRows(symbol === 'BTCUSDT' || symbol === 'ETHUSDT' ? MAJOR_ROWS : OTHER_ROWS),
  source: 'bundled',
  asOfMs: BUNDLED_AS_OF_MS,
});

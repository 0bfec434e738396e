import { tiersFromRows, type RiskTiers, type TierRow } from '@/lib/market/risk-tier';

/** Binance's brackets for BTCUSDT on 2024-10-24. */
const BTC_ROWS: readonly TierRow[] = [
  [50e3, 0.004, 125],
  [600e3, 0.005, 100],
  [3e6, 0.0065, 75],
  [12e6, 0.01, 50],
  [70e6, 0.02, 25],
  [100e6, 0.025, 20],
  [230e6, 0.05, 10],
  [480e6, 0.1, 5],
  [600e6, 0.125, 4],
  [800e6, 0.15, 3],
  [1.2e9, 0.25, 2],
  [1.8e9, 0.5, 1],
];

/** Assumed for any other contract: the venue's usual ladder of rates, with caps and leverage below those of any large contract. */
const OTHER_ROWS: readonly TierRow[] = [
  [10e3, 0.01, 50],
  [50e3, 0.02, 25],
  [250e3, 0.05, 10],
  [1e6, 0.1, 5],
  [2e6, 0.125, 4],
  [5e6, 0.25, 2],
  [10e6, 0.5, 1],
];

/** ETHUSDT had BTCUSDT's first four brackets; what lay above them is taken as BTCUSDT's too. */
const BUNDLED_ROWS: Readonly<Record<string, readonly TierRow[]>> = { BTCUSDT: BTC_ROWS, ETHUSDT: BTC_ROWS };
const BUNDLED_AS_OF_MS = Date.UTC(2024, 9, 24);

/** The dated brackets that come with the product, for when the venue gives none. */
export const bundledTiers = (symbol: string): RiskTiers => ({
  tiers: tiersFromRows(BUNDLED_ROWS[symbol] ?? OTHER_ROWS),
  source: 'bundled',
  asOfMs: BUNDLED_AS_OF_MS,
});

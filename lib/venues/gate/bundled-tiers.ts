import { tiersFromRows, type RiskTiers, type TierRow } from '@/lib/market/risk-tier';

/**
 * The ends of Gate's ladder for BTC_USDT on 2026-09-20 (200x and 0.3 % up to 500,000 USDT, nothing above 1.5 billion);
 * what lies between them is assumed.
 */
const BTC_ROWS: readonly TierRow[] = [
  [500e3, 0.003, 200],
  [1e6, 0.004, 125],
  [3e6, 0.005, 100],
  [10e6, 0.01, 50],
  [50e6, 0.02, 25],
  [150e6, 0.05, 10],
  [500e6, 0.1, 5],
  [1.5e9, 0.25, 2],
];

/** Assumed for any other contract: the usual ladder of rates, with caps and leverage below those of any large contract. */
const OTHER_ROWS: readonly TierRow[] = [
  [10e3, 0.01, 50],
  [50e3, 0.02, 25],
  [250e3, 0.05, 10],
  [1e6, 0.1, 5],
  [5e6, 0.25, 2],
];

const BUNDLED_ROWS: Readonly<Record<string, readonly TierRow[]>> = { BTC_USDT: BTC_ROWS, ETH_USDT: BTC_ROWS };
const BUNDLED_AS_OF_MS = Date.UTC(2026, 8, 20);

/** The dated tiers that come with the product, for when the venue gives none. */
export const bundledTiers = (symbol: string): RiskTiers => ({
  tiers: tiersFromRows(BUNDLED_ROWS[symbol] ?? OTHER_ROWS),
  source: 'bundled',
  asOfMs: BUNDLED_AS_OF_MS,
});

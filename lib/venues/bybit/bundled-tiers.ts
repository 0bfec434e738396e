import { tiersFromRows, type RiskTiers, type TierRow } from '@/lib/market/risk-tier';

import { categoryOf } from './category';

/**
 * Assumed, not taken down from the venue: the usual ladder of rates and leverage in round figures. They serve only until
 * the venue answers, which it does without a key.
 */
const MAJOR_ROWS: readonly TierRow[] = [
  [2e6, 0.005, 100],
  [10e6, 0.01, 50],
  [20e6, 0.02, 25],
  [50e6, 0.05, 10],
  [100e6, 0.1, 5],
  [200e6, 0.25, 2],
];
const OTHER_ROWS: readonly TierRow[] = [
  [20e3, 0.01, 50],
  [100e3, 0.02, 25],
  [500e3, 0.05, 10],
  [2e6, 0.1, 5],
  [5e6, 0.25, 2],
];
/** Brackets of inverse contracts are in coin: those of a bitcoin contract, coarse for any other coin. */
const INVERSE_ROWS: readonly TierRow[] = [
  [150, 0.005, 100],
  [300, 0.01, 50],
  [600, 0.02, 25],
  [1200, 0.05, 10],
  [2400, 0.1, 5],
];
const BUNDLED_AS_OF_MS = Date.UTC(2026, 10, 22);

const rowsOf = (symbol: string): readonly TierRow[] => {
  if (categoryOf(symbol) === 'inverse') return INVERSE_ROWS;
  return /^(BTC|ETH)/.test(symbol) ? MAJOR_ROWS : OTHER_ROWS;
};

/** The assumed brackets that come with the product, for when the venue gives none. */
export const bundledTiers = (symbol: string): RiskTiers => ({
  tiers: tiersFromRows(rowsOf(symbol)),
  source: 'bundled',
  asOfMs: BUNDLED_AS_OF_MS,
});

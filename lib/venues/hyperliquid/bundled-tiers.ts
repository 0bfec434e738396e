import { tiersFromRows, type RiskTiers, type TierRow } from '@/lib/market/risk-tier';

/** Half of the initial margin at the largest leverage. */
const row = (cap: number, maxLeverage: number): TierRow => [cap, 0.5 / maxLeverage, maxLeverage];

/** Hyperliquid's margin tiers as its documentation stated them in 2025. */
const BUNDLED_ROWS: Readonly<Record<string, readonly TierRow[]>> = {
  BTC: [row(150e6, 40), row(Infinity, 20)],
  ETH: [row(100e6, 25), row(Infinity, 15)],
};

/** Assumed for any other contract: the leverage of a middling altcoin there. */
const OTHER_ROWS: readonly TierRow[] = [row(20e6, 10), row(Infinity, 5)];

const BUNDLED_AS_OF_MS = Date.UTC(2025, 11, 31);

/** The dated tiers that come with the product, for when the venue gives none. */
export const bundledTiers = (symbol: string): RiskTiers => ({
  tiers: tiersFromRows(BUNDLED_ROWS[symbol] ?? OTHER_ROWS),
  source: 'bundled',
  asOfMs: BUNDLED_AS_OF_MS,
});

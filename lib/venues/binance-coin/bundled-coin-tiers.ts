import { tiersFromRows, type RiskTiers, type TierRow } from '@/lib/market/risk-tier';

/** Binance's brackets, caps in coin, as the web site listed them in 2026-09; BTC's were last changed on 2026-05-11. */
const BUNDLED_ROWS: Readonly<Record<string, readonly TierRow[]>> = {
  BTCUSD_PERP: [
    [5, 0.004, 125],
    [10, 0.005, 100],
    [25, 0.01, 50],
    [150, 0.025, 20],
    [400, 0.05, 10],
    [950, 0.1, 5],
    [1200, 0.125, 4],
    [1600, 0.15, 3],
    [2400, 0.25, 2],
    [3500, 0.5, 1],
  ],
  ETHUSD_PERP: [
    [15, 0.005, 100],
    [100, 0.0065, 75],
    [400, 0.01, 50],
    [1500, 0.025, 20],
    [5000, 0.05, 10],
    [14e3, 0.1, 5],
    [18e3, 0.125, 4],
    [24e3, 0.15, 3],
    [36e3, 0.25, 2],
    [55e3, 0.5, 1],
  ],
};

/** Where most other contracts begin; their caps differ with the worth of the coin. */
const OTHER_ROWS: readonly TierRow[] = [[Infinity, 0.025, 20]];
const BUNDLED_AS_OF_MS = Date.UTC(2026, 8, 16);

/** The dated brackets that come with the product, for when the venue gives none. */
export const bundledCoinTiers = (symbol: string): RiskTiers => ({
  tiers: tiersFromRows(BUNDLED_ROWS[symbol] ?? OTHER_ROWS),
  source: 'bundled',
  asOfMs: BUNDLED_AS_OF_MS,
});

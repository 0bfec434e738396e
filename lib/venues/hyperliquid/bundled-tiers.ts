import { tiersFromRows, type RiskTiers, type TierRow } from '@/lib/market/risk-tier';

/** Half of the initial margin at the largest leverage. */
const row = (cap: number, maxLeverage: number): TierRow => [cap, 0.5 / maxLeverage, maxLeverage];

/** Hyperliquid's margin tiers of its main network, as its documentation prints them (trading/margin-tiers). */
const LARGE_ROWS = [row(20e6, 10), row(Infinity, 5)];
const SMALL_ROWS = [row(3e6, 10), row(Infinity, 5)];
const BUNDLED_ROWS: Readonly<Record<string, readonly TierRow[]>> = {
  BTC: [row(150e6, 40), row(Infinity, 20)],
  ETH: [row(100e6, 25), row(Infinity, 15)],
  SOL: [row(70e6, 20), row(Infinity, 10)],
  XRP: [row(40e6, 20), row(Infinity, 10)],
};
const SMALL = new Set('OP ARB LDO TON MKR ONDO JUP INJ kSHIB SEI TRX BNB DOT'.split(' '));

/** When BTC's and ETH's were last compared with an answer of the venue's, by a third party. */
const BUNDLED_AS_OF_MS = Date.UTC(2026, 8, 27);

/** The dated tiers that come with the product, for when the venue gives none. What is not listed gets those of the large altcoins: assumed. */
export const bundledTiers = (symbol: string): RiskTiers => ({
  tiers: tiersFromRows(BUNDLED_ROWS[symbol] ?? (SMALL.has(symbol) ? SMALL_ROWS : LARGE_ROWS)),
  source: 'bundled',
  asOfMs: BUNDLED_AS_OF_MS,
});

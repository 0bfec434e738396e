import type { PriorName } from '@/lib/market/prior';
import type { RiskTier } from '@/lib/market/risk-tier';

export interface LeverageClass {
  readonly leverage: number;
  /** Share of opened quantity. */
  readonly share: number;
  /** Maintenance margin / notional of a typical position of the class. */
  readonly maintenanceMarginRate: number;
}

/**
 * Prior share of opened quantity by effective leverage, that is by distance to liquidation; a judgement, not a measurement.
 * Anchors: Hyperliquid's open interest of 2025-12-15 (36 % at 0-3x, 49 % at 3-7x, 15 % above), BitMEX's forced volume
 * (arXiv 2102.04591: liquidated positions average 60x) and, above 50x, what scored best against observed liquidations.
 * The remainder never liquidates inside the window: hedged, or with margin rich enough.
 */
const PRIOR_SHARES: readonly (readonly [leverage: number, share: number])[] = [
  [3, 0.12],
  [5, 0.33],
  [10, 0.14],
  [20, 0.05],
  [25, 0.025],
  [33, 0.015],
  [50, 0.025],
  [60, 0.01],
  [75, 0.032],
  [100, 0.03],
  [125, 0.003],
  [150, 0.0003],
];

/** Of what a class is worth under the other priors: (leverage / 10) to this power, all brought back to the stated sum. */
const TILTS: Readonly<Record<PriorName, number>> = { stated: 0, lower: -0.35, higher: 0.35 };

function tiltedShares(prior: PriorName): readonly (readonly [leverage: number, share: number])[] {
  if (prior === 'stated') return PRIOR_SHARES;
  const sumOf = (shares: typeof PRIOR_SHARES) => shares.reduce((sum, [, share]) => sum + share, 0);
  const tilted = PRIOR_SHARES.map(([leverage, share]) => [leverage, share * (leverage / 10) ** TILTS[prior]] as const);
  const factor = sumOf(PRIOR_SHARES) / sumOf(tilted);
  return tilted.map(([leverage, share]) => [leverage, share * factor]);
}

/**
 * The prior's classes as a contract with these tiers admits them. What the prior holds beyond the contract's highest
 * leverage goes to that leverage: who wants more takes the most there is.
 */
export function priorLeverageMix(tiers: readonly RiskTier[], prior: PriorName = 'stated'): readonly LeverageClass[] {
  const maxLeverage = tiers.reduce((max, tier) => Math.max(max, tier.maxLeverage), 0);
  const shares = new Map<number, number>();
  for (const [leverage, share] of tiltedShares(prior)) {
    const admitted = Math.min(leverage, maxLeverage);
    shares.set(admitted, (shares.get(admitted) ?? 0) + share);
  }
  return [...shares].map(([leverage, share]) => ({
    leverage,
    share,
    maintenanceMarginRate: typicalMaintenanceRate(tiers, leverage),
  }));
}

/**
 * Maintenance margin / notional in the middle of the tier that positions of this leverage typically fall in: the first above 100x,
 * the second from 50x, the third below, as far as those admit the leverage. Off by at most 0.25 % of price for
 * positions below $3M on BTCUSDT.
 */
function typicalMaintenanceRate(tiers: readonly RiskTier[], leverage: number): number {
  let index = leverage > 100 ? 0 : leverage >= 50 ? 1 : 2;
  while (index > 0 && !(tiers[index]?.maxLeverage >= leverage)) index--;
  const { notionalFloor, notionalCap, maintenanceMarginRate, maintenanceAmount } = tiers[index];
  const notional = Number.isFinite(notionalCap) ? (notionalFloor + notionalCap) / 2 : Math.max(1, notionalFloor);
  // In this form a rate without deduction is itself to the bit, however a venue's brackets move with the price.
  return maintenanceMarginRate - maintenanceAmount / notional;
}

import type { RiskTier } from '@/lib/market/risk-tier';

/** Tier of a notional (in the unit of the tiers, as all sums here) in tiers sorted by floor: [floor, cap), above the last cap the last tier. */
export function riskTierAt(tiers: readonly RiskTier[], notional: number): RiskTier {
  if (tiers.length === 0) throw new RangeError('riskTierAt: no tiers');
  let tier = tiers[0];
  for (let i = 1; i < tiers.length && notional >= tiers[i].notionalFloor; i++) tier = tiers[i];
  return tier;
}

/**
 * Maintenance margin: notional x rate - amount (Binance's form; `mmDeduction` on Bybit, `deduction` on Gate).
 * Continuous over tiers if the amounts follow `maintenanceAmount`.
 */
export function maintenanceMargin(tiers: readonly RiskTier[], notional: number): number {
  const tier = riskTierAt(tiers, notional);
  return notional * tier.maintenanceMarginRate - tier.maintenanceAmount;
}

/**
 * Deduction of a tier, from its floor and rate and the tier below: floor (rate - rate below) + amount below.
 * Source: Binance FAQ b3c689c1; all published amounts of BTCUSDT follow it, and COIN-M's in coin (FAQ ceccfcfb).
 */
export const maintenanceAmount = (
  notionalFloor: number,
  maintenanceMarginRate: number,
  below: Pick<RiskTier, 'maintenanceMarginRate' | 'maintenanceAmount'>,
): number => notionalFloor * (maintenanceMarginRate - below.maintenanceMarginRate) + below.maintenanceAmount;

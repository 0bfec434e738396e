import type { PositionSide } from '@/lib/market/liquidation';
import type { RiskTier } from '@/lib/market/risk-tier';

export interface MarginedPosition {
  readonly positionSide: PositionSide;
  readonly entryPrice: number;
  /** Base units. */
  readonly qty: number;
  /** Everything that may be lost before bankruptcy, in quote: isolated margin, or the whole cross wallet. */
  readonly margin: number;
}

/**
 * Mark price at which margin plus unrealised profit equals the maintenance margin of the tier that holds the notional
 * at that very price; null for a long that no positive price can exhaust. Binance USD-M's rule, one position per wallet:
 * margin + s q (P - E) = q P rate - amount, with s = 1 for longs and -1 for shorts.
 */
export const solveLiquidationPrice = (position: MarginedPosition, tiers: readonly RiskTier[]): number | null => {
  const { entryPrice, qty, margin } = position;
  const sign = position.positionSide === 'long' ? 1 : -1;
  for (let index = 0; index < tiers.length; index++) {
    const tier = tiers[index];
    const price =
      (margin + tier.maintenanceAmount - sign * qty * entryPrice) / (qty * (tier.maintenanceMarginRate - sign));
    if (price <= 0) return null;
    // Maintenance margin is continuous over the tiers, so the first tier that is not exceeded is the one.
    if (qty * price < tier.notionalCap || index === tiers.length - 1) return price;
  }
  return null;
};

export const solveBankruptcyPrice = (position: MarginedPosition): number => {
  const distance = position.margin / position.qty;
  return Math.max(0, position.entryPrice + (position.positionSide === 'long' ? -distance : distance));
};

export const maxLeverageAt = (notional: number, tiers: readonly RiskTier[]): number => {
  for (const tier of tiers) if (notional < tier.notionalCap) return tier.maxLeverage;
  return tiers[tiers.length - 1]?.maxLeverage ?? 1;
};

/** Tiers from rows of notional cap, maintenance margin rate and largest leverage; amounts keep the margin continuous. */
export const tiersFromRows = (
  rows: readonly (readonly [cap: number, rate: number, leverage: number])[],
): RiskTier[] => {
  let floor = 0;
  let amount = 0;
  let previousRate = rows[0]?.[1] ?? 0;
  return rows.map(([notionalCap, maintenanceMarginRate, maxLeverage]) => {
    // Cents, as venues state them; free of the noise of binary fractions.
    amount = Math.round((amount + floor * (maintenanceMarginRate - previousRate)) * 100) / 100;
    const tier = { notionalFloor: floor, notionalCap, maintenanceMarginRate, maintenanceAmount: amount, maxLeverage };
    floor = notionalCap;
    previousRate = maintenanceMarginRate;
    return tier;
  });
};

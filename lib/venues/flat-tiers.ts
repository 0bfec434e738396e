import { withOpenEnd, type RiskTier } from '@/lib/market/risk-tier';

/** A bracket of a venue that maintains the whole position at the rate of the bracket it falls under. */
export type FlatTier = Omit<RiskTier, 'maintenanceAmount'>;

/**
 * Without a deduction maintenance margin jumps at each bracket's floor: the venues' own rule (docs/venues.md). A bracket
 * begins where the one below ends: what lies between, at most a lot, belongs to neither by some venues' tables.
 */
export const tiersWithoutDeduction = (tiers: readonly FlatTier[]): RiskTier[] =>
  withOpenEnd(tiers.map((tier) => ({ ...tier, maintenanceAmount: 0 }))).map((tier, i, sorted) =>
    i === 0 ? tier : { ...tier, notionalFloor: sorted[i - 1].notionalCap },
  );

/** Brackets from [notional cap in quote, maintenance margin rate, max leverage] each, lowest first. */
export const flatTiersFromRows = (
  rows: readonly (readonly [cap: number, maintenanceMarginRate: number, maxLeverage: number])[],
): RiskTier[] =>
  tiersWithoutDeduction(
    rows.map(([notionalCap, maintenanceMarginRate, maxLeverage], i) => ({
      notionalFloor: rows[i - 1]?.[0] ?? 0,
      notionalCap,
      maintenanceMarginRate,
      maxLeverage,
    })),
  );

/** One leverage bracket, in quote currency, of an inverse contract in coin. A position of notional in [notionalFloor, notionalCap) at the liquidation price falls under it. */
export interface RiskTier {
  readonly notionalFloor: number;
  /** Infinity for an open last tier. */
  readonly notionalCap: number;
  /** Fraction: 0.005 is 0.5 %. */
  readonly maintenanceMarginRate: number;
  /** Deduction that makes maintenance margin continuous over tiers. */
  readonly maintenanceAmount: number;
  readonly maxLeverage: number;
}

/** A contract's brackets and where they come from. */
export interface RiskTiers {
  readonly tiers: readonly RiskTier[];
  readonly source: 'venue' | 'bundled';
  /** When the venue last changed them or, bundled, when they were taken down. */
  readonly asOfMs: number;
}

/** Ascending, and the last one without a cap: a position beyond it is still maintained at its rate. */
export function withOpenEnd(tiers: readonly RiskTier[]): RiskTier[] {
  const sorted = [...tiers].sort((a, b) => a.notionalFloor - b.notionalFloor);
  return sorted.map((tier, i) => (i === sorted.length - 1 ? { ...tier, notionalCap: Infinity } : tier));
}

/** Whether brackets can be a contract's: without gaps below, none over another, rates and amounts within reason. */
export const areSound = (tiers: readonly RiskTier[]): boolean =>
  tiers.length > 0 &&
  tiers.every(({ notionalFloor, notionalCap, maintenanceMarginRate, maintenanceAmount, maxLeverage }, i) => {
    const isAbove = notionalCap > notionalFloor && (i === 0 || notionalFloor >= tiers[i - 1].notionalCap);
    // A position that needs its whole initial margin as maintenance would be liquidated as it is opened.
    const isRate = maintenanceMarginRate > 0 && maintenanceMarginRate * maxLeverage < 1;
    return isAbove && isRate && maintenanceAmount >= 0 && maintenanceAmount < Infinity && maxLeverage >= 1;
  });

/** [notional cap in quote, maintenance margin rate, max leverage] per bracket, lowest first. */
export type TierRow = readonly [cap: number, maintenanceMarginRate: number, maxLeverage: number];

/**
 * Brackets with the deduction that makes maintenance margin continuous over them:
 * amount_n = floor_n x (rate_n - rate_(n-1)) + amount_(n-1), in quote currency (Binance FAQ b3c689c1f50a44cabb3a84e663b81d93).
 * The last one is left open: whoever holds more is still maintained at its rate.
 */
export function tiersFromRows(rows: readonly TierRow[]): RiskTier[] {
  const tiers: RiskTier[] = [];
  let [notionalFloor, lastRate, maintenanceAmount] = [0, 0, 0];
  for (const [cap, maintenanceMarginRate, maxLeverage] of rows) {
    maintenanceAmount += notionalFloor * (maintenanceMarginRate - lastRate);
    const notionalCap = tiers.length === rows.length - 1 ? Infinity : cap;
    tiers.push({ notionalFloor, notionalCap, maintenanceMarginRate, maintenanceAmount, maxLeverage });
    [notionalFloor, lastRate] = [cap, maintenanceMarginRate];
  }
  return tiers;
}

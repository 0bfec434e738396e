import type { Settlement } from '@/lib/market/contract';
import type { PositionSide } from '@/lib/market/liquidation';
import type { RiskTier } from '@/lib/market/risk-tier';

import {
  bankruptcyPrice,
  isolatedMargin,
  liquidationFactor,
  liquidationPrice,
  type LiquidationRule,
  type MarginedPosition,
} from './liquidation-price';

const otherSide = (side: PositionSide): PositionSide => (side === 'long' ? 'short' : 'long');

/**
 * An inverse position of Q USD earns s Q (1/E - 1/P) coin and is worth Q/P coin: the same sums as a linear one of the other
 * side whose price is 1/P. Hence every linear form holds for it, with margin, tiers and amounts in coin.
 */
const reciprocal = <Position extends Omit<MarginedPosition, 'margin'>>(position: Position): Position => ({
  ...position,
  positionSide: otherSide(position.positionSide),
  entryPrice: 1 / position.entryPrice,
});

/**
 * Mark price at which equity meets maintenance, or null where a short of 1x or less survives any price. `qty` in USD, the rest
 * in coin: Q (s + rate + fee) / (M + amount + s Q/E) at mark, Q (s + fee) / (M + amount - rate Q/E + s Q/E) at entry. Sources:
 * Bybit UTA isolated mode of 2026-05-27 (mark) and 2024-09-10 (entry), Binance COIN-M FAQ ceccfcfb (mark).
 */
export function inverseLiquidationPrice(
  position: MarginedPosition,
  tiers: readonly RiskTier[],
  rule: LiquidationRule,
): number | null {
  const price = liquidationPrice(reciprocal(position), tiers, rule);
  return price === null ? null : 1 / price;
}

/** Margin in coin that a venue assigns to an isolated inverse position, `qty` in USD: Q / E / leverage [+ close fee at bankruptcy]. */
export const inverseIsolatedMargin = (
  position: Omit<MarginedPosition, 'margin'>,
  leverage: number,
  rule: LiquidationRule,
): number => isolatedMargin(reciprocal(position), leverage, rule);

/** Mark price at which the margin is gone once the closing fee is paid: Q (s + fee) / (M + s Q/E), `qty` in USD and margin in coin. Not positive for a short that cannot go bankrupt. */
export const inverseBankruptcyPrice = (position: MarginedPosition, closeFeeRate = 0): number =>
  1 / bankruptcyPrice(reciprocal(position), closeFeeRate);

/**
 * How far in ln(price) an isolated position of this leverage lies from its liquidation, its maintenance being the fraction
 * `maintenanceMarginRate` of notional at mark. Inverse: E (1 + s rate) / (1 + s / leverage), as far as a linear position of the
 * other side, thus nearer for longs and further for shorts. The form that the map uses.
 */
export function liquidationDistance(
  settlement: Settlement,
  positionSide: PositionSide,
  { leverage, maintenanceMarginRate }: { readonly leverage: number; readonly maintenanceMarginRate: number },
): number {
  const side = settlement === 'inverse' ? otherSide(positionSide) : positionSide;
  return Math.abs(Math.log(liquidationFactor(side, leverage, maintenanceMarginRate)));
}

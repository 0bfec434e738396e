import type { PositionSide } from '@/lib/market/liquidation';
import type { RiskTier } from '@/lib/market/risk-tier';

import { riskTierAt } from './maintenance';

/** What sets a venue's rule apart from the others'; a notional is in quote for linear contracts, in coin for inverse ones. */
export interface LiquidationRule {
  /** Price at which maintenance margin values the position. */
  readonly maintenancePrice: 'mark' | 'entry';
  /** Fee of the closing trade, counted as maintenance; a fraction of notional at the liquidation price. */
  readonly closeFeeRate: number;
  /** Whether the margin assigned to an isolated position includes the fee of closing it at bankruptcy. */
  readonly isCloseFeeAssigned: boolean;
}

/**
 * One-way mode. Sources: Binance FAQ b3c689c1, COIN-M FAQ ceccfcfb the same in coin; Gate "liquidation price"; OKX's margin
 * ratio, the same closed form; Bitget "estimated liquidation price" (support article 12560603808759), the same; Bybit UTA of 2026-05-27, its inverse form published, its linear one by analogy, before that
 * `bybitLegacy`; `bybitClassicInverse`: the help centre's article 360039261334 on accounts before UTA; Phemex
 * "liq-price-for-USDTM"; Hyperliquid docs "liquidations", whose l = 1 / (2 max leverage) is a maintenance rate on mark.
 */
export const LIQUIDATION_RULES = {
  binance: { maintenancePrice: 'mark', closeFeeRate: 0, isCloseFeeAssigned: false },
  bybit: { maintenancePrice: 'mark', closeFeeRate: 0, isCloseFeeAssigned: false },
  bybitLegacy: { maintenancePrice: 'entry', closeFeeRate: 0, isCloseFeeAssigned: false },
  bybitClassicInverse: { maintenancePrice: 'entry', closeFeeRate: 0.00075, isCloseFeeAssigned: false },
  okx: { maintenancePrice: 'mark', closeFeeRate: 0.0005, isCloseFeeAssigned: false },
  gate: { maintenancePrice: 'mark', closeFeeRate: 0.0005, isCloseFeeAssigned: false },
  bitget: { maintenancePrice: 'mark', closeFeeRate: 0.0006, isCloseFeeAssigned: false },
  phemex: { maintenancePrice: 'mark', closeFeeRate: 0.0006, isCloseFeeAssigned: true },
  hyperliquid: { maintenancePrice: 'mark', closeFeeRate: 0, isCloseFeeAssigned: false },
} as const satisfies Record<string, LiquidationRule>;

export interface MarginedPosition {
  readonly positionSide: PositionSide;
  /** In the contract's unit, positive. */
  readonly qty: number;
  readonly entryPrice: number;
  /** Quote currency, of an inverse contract coin: `isolatedMargin` or `crossMargin`, plus what was added by hand. */
  readonly margin: number;
}

/** +1 for a long, -1 for a short. */
export const positionSign = (side: PositionSide): 1 | -1 => (side === 'long' ? 1 : -1);

/** Margin in quote currency that a venue assigns to an isolated linear position: notional at entry / leverage [+ close fee at bankruptcy]. */
export function isolatedMargin(
  position: Omit<MarginedPosition, 'margin'>,
  leverage: number,
  rule: LiquidationRule,
): number {
  const initial = (position.qty * position.entryPrice) / leverage;
  if (!rule.isCloseFeeAssigned) return initial;
  const bankruptcy = position.entryPrice * (1 - positionSign(position.positionSide) / leverage);
  return initial + position.qty * bankruptcy * rule.closeFeeRate;
}

/** Margin in quote currency that stands behind one position of a cross account; the account's other positions held constant. */
export const crossMargin = (walletBalance: number, otherMaintenance: number, otherUnrealisedProfit: number): number =>
  walletBalance - otherMaintenance + otherUnrealisedProfit;

/**
 * Mark price at which equity meets maintenance, or null where a long survives down to zero. Linear contracts; with s = +1
 * long, -1 short: margin + s q (P - E) = q P (rate + fee) - amount (mark), = q E rate + q P fee - amount (entry).
 * The tier is the one of the notional at that very price. Equity less maintenance is monotone in P while rates stay below
 * 1 - fee, so the root is unique and walking from tier to tier reaches it. Funding, top-ups and staged reduction are not in it.
 */
export function liquidationPrice(
  position: MarginedPosition,
  tiers: readonly RiskTier[],
  rule: LiquidationRule,
): number | null {
  const { qty, entryPrice } = position;
  if (!(qty > 0) || !(entryPrice > 0)) {
    throw new RangeError(`liquidationPrice: qty ${qty} and entry price ${entryPrice} must be positive`);
  }
  let tier = riskTierAt(tiers, qty * entryPrice);
  let price = priceInTier(position, tier, rule);
  if (rule.maintenancePrice === 'mark') {
    let before = tier;
    for (let step = 0; step < tiers.length; step++) {
      const next = riskTierAt(tiers, qty * price);
      if (next === tier) break;
      // Brackets without a deduction jump: at the floor of the higher one maintenance passes equity at once.
      if (step > 0 && next === before) return Math.max(tier.notionalFloor, next.notionalFloor) / qty;
      [before, tier] = [tier, next];
      price = priceInTier(position, tier, rule);
    }
  }
  return price > 0 ? price : null;
}

function priceInTier(position: MarginedPosition, tier: RiskTier, rule: LiquidationRule): number {
  const { qty, entryPrice, margin } = position;
  const sign = positionSign(position.positionSide);
  const { maintenanceMarginRate: rate, maintenanceAmount: amount } = tier;
  const [rateAtEntry, rateAtMark] = rule.maintenancePrice === 'entry' ? [rate, 0] : [0, rate];
  return (margin + amount - (sign + rateAtEntry) * qty * entryPrice) / (qty * (rateAtMark + rule.closeFeeRate - sign));
}

/** Mark price at which the margin is gone once the closing fee is paid: (M - s q E) / (q (fee - s)), without fee E - s M / q. Below zero for a long that cannot go bankrupt. */
export const bankruptcyPrice = (
  { positionSide, qty, entryPrice, margin }: MarginedPosition,
  closeFeeRate = 0,
): number => {
  const sign = positionSign(positionSide);
  return (margin - sign * qty * entryPrice) / (qty * (closeFeeRate - sign));
};

/** Entry price of an isolated position from its bankruptcy price: E = BP / (1 - s / leverage). Not defined for a 1x long. */
export const bankruptcyPriceToEntryPrice = (price: number, side: PositionSide, leverage: number): number =>
  price / (1 - positionSign(side) / leverage);

/**
 * Liquidation price / entry price of an isolated linear position whose maintenance is the fraction `rate` of notional at
 * mark: (1 - s / leverage) / (1 - s rate). One factor for a leverage class, whatever the position's size.
 */
export const liquidationFactor = (side: PositionSide, leverage: number, rate: number): number => {
  const sign = positionSign(side);
  return (1 - sign / leverage) / (1 - sign * rate);
};

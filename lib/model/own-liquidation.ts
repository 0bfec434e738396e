import type { Contract, VenueId } from '@/lib/market/contract';
import { ownQty, type OwnPosition } from '@/lib/market/own-position';
import type { RiskTier } from '@/lib/market/risk-tier';

import { inverseIsolatedMargin, inverseLiquidationPrice } from './inverse-liquidation';
import { isolatedMargin, LIQUIDATION_RULES, liquidationPrice, type LiquidationRule } from './liquidation-price';

const RULE_OF_VENUE: Readonly<Record<VenueId, LiquidationRule>> = {
  binance: LIQUIDATION_RULES.binance,
  'binance-coin': LIQUIDATION_RULES.binance,
  bybit: LIQUIDATION_RULES.bybit,
  gate: LIQUIDATION_RULES.gate,
  hyperliquid: LIQUIDATION_RULES.hyperliquid,
  okx: LIQUIDATION_RULES.okx,
  bitget: LIQUIDATION_RULES.bitget,
};

/**
 * Mark price at which the venue liquidates a position that was entered by hand, in its contract's own prices; null where no
 * price does. Follows the venue's rule and brackets like `liquidationPrice`. A cross account's other positions are held constant.
 */
export function ownLiquidationPrice(
  position: OwnPosition,
  contract: Pick<Contract, 'venueId' | 'settlement'>,
  tiers: readonly RiskTier[],
): number | null {
  const rule = RULE_OF_VENUE[contract.venueId];
  const isInverse = contract.settlement === 'inverse';
  const { positionSide, entryPrice, margin } = position;
  const bare = { positionSide, entryPrice, qty: ownQty(position, contract) };
  const assigned = isInverse ? inverseIsolatedMargin : isolatedMargin;
  const behind =
    margin.kind === 'leverage'
      ? assigned(bare, margin.leverage, rule)
      : margin.kind === 'isolated'
        ? margin.margin
        : margin.balance;
  return (isInverse ? inverseLiquidationPrice : liquidationPrice)({ ...bare, margin: behind }, tiers, rule);
}

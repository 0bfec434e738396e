import type { Liquidation, PositionSide } from '@/lib/market/liquidation';

import type { BarLiquidations } from './leverage-learning';
import { samplingFactors, type FeedSampling } from './sampled-feed';

/** Quantities of a bar's liquidations by side, corrected for what a sampled feed leaves out. */
export function barLiquidations(
  liquidations: readonly Liquidation[],
  sampling: FeedSampling,
  barMs: number,
): BarLiquidations {
  const factorOf = samplingFactors(liquidations, sampling, barMs);
  const ofSide = (side: PositionSide) =>
    liquidations.filter(({ positionSide }) => positionSide === side).map((each) => each.qty * factorOf(each));
  return { long: ofSide('long'), short: ofSide('short') };
}

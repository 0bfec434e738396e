import type { Bar } from '@/lib/market/bar';
import type { Liquidation } from '@/lib/market/liquidation';

/** A bar's inside is known at this many equally long steps; between two knots everything is linear. */
export const PATH_STEPS = 30;

/** What happens inside a bar, at `PATH_STEPS + 1` knots from its open to its close. */
export interface BarPath {
  /** Multiples of the tick; the extremes are the bar's high and low. */
  readonly prices: Float64Array;
  readonly marks: Float64Array;
  /** Base units since the bar's open. */
  readonly volumes: Float64Array;
  readonly takerBuyVolumes: Float64Array;
}

/** Five minutes of a market, completely known. Quantities in base units. */
export interface MarketBar extends Omit<Bar, 'markHigh' | 'markLow' | 'markClose'> {
  /** At the bar's end, one side; NaN where a recording has none. */
  readonly openInterest: number;
  readonly path: BarPath;
  /** Every forced closing, by time. */
  readonly liquidations: readonly Liquidation[];
}

/** Steps per unit as an integer: dividing whole steps by it gives the double nearest to the decimal number. */
export const stepsPerUnit = (step: number): number => (step >= 1 ? 1 / step : Math.round(1 / step));

/**
 * What a venue publishes that reports at most one liquidation per symbol and second: the largest of each second.
 * Events must be ordered by time.
 */
export const sampleLiquidations = (events: readonly Liquidation[]): Liquidation[] => {
  const sampled: Liquidation[] = [];
  for (const event of events) {
    const last = sampled.at(-1);
    if (last === undefined || Math.floor(last.timeMs / 1000) !== Math.floor(event.timeMs / 1000)) sampled.push(event);
    else if (event.qty > last.qty) sampled[sampled.length - 1] = event;
  }
  return sampled;
};

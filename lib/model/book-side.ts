import type { PositionSide } from '@/lib/market/liquidation';

import type { BookConfig } from './book-config';
import { liquidationFactor } from './liquidation-price';

/** Room above the price in each window, so that a rising price moves it seldom. */
const HEADROOM = 0.05;

/** Where each class of a side keeps its window; fixed by the configuration. Bins are the side's own (grid.ts). */
export interface SideLayout {
  /** Entry bin to liquidation bin, per class; negative. */
  readonly shifts: Int32Array;
  /** First cell of each class's window; one more entry for the total. */
  readonly starts: Int32Array;
  readonly headroomBins: number;
}

/**
 * Positions of one side, in base units by liquidation price, class and age. Quantities are stored divided by their age's scale,
 * so that closing a share of everything is one multiplication. Bins are the side's own (grid.ts): price falls towards them.
 */
export interface BookSide {
  readonly positionSide: PositionSide;
  readonly layout: SideLayout;
  readonly fast: Float64Array;
  readonly slow: Float64Array;
  /** Stored quantity per class; the absorbing class, which has no levels, last. */
  readonly fastTotals: Float64Array;
  readonly slowTotals: Float64Array;
  /** Bin of each window's first cell. */
  readonly bases: Int32Array;
  /** Per class the bin that all its levels lie below. */
  readonly frontiers: Int32Array;
  fastScale: number;
  slowScale: number;
  /** Quantity that existed before the history and has no known entry; stored like slow. */
  unlocated: number;
}

export function createSideLayout(config: BookConfig, positionSide: PositionSide): SideLayout {
  const { classes, binWidth, reach } = config;
  const shifts = new Int32Array(classes.length);
  const starts = new Int32Array(classes.length + 1);
  classes.forEach(({ leverage, maintenanceMarginRate }, k) => {
    const distance = Math.abs(Math.log(liquidationFactor(positionSide, leverage, maintenanceMarginRate)));
    shifts[k] = -Math.round(distance / binWidth);
    starts[k + 1] = starts[k] + Math.ceil((distance + reach + HEADROOM) / binWidth);
  });
  return { shifts, starts, headroomBins: Math.round(HEADROOM / binWidth) };
}

export function createBookSide(config: BookConfig, positionSide: PositionSide): BookSide {
  const layout = createSideLayout(config, positionSide);
  const classCount = config.classes.length;
  const cellCount = layout.starts[classCount];
  return {
    positionSide,
    layout,
    fast: new Float64Array(cellCount),
    slow: new Float64Array(cellCount),
    fastTotals: new Float64Array(classCount + 1),
    slowTotals: new Float64Array(classCount + 1),
    bases: new Int32Array(classCount),
    frontiers: new Int32Array(classCount),
    fastScale: 1,
    slowScale: 1,
    unlocated: 0,
  };
}

export function copyBookSide(from: BookSide, into: BookSide): void {
  into.fast.set(from.fast);
  into.slow.set(from.slow);
  into.fastTotals.set(from.fastTotals);
  into.slowTotals.set(from.slowTotals);
  into.bases.set(from.bases);
  into.frontiers.set(from.frontiers);
  into.fastScale = from.fastScale;
  into.slowScale = from.slowScale;
  into.unlocated = from.unlocated;
}

export const fastQty = (side: BookSide): number => sum(side.fastTotals) * side.fastScale;

/** Includes what is unlocated. */
export const slowQty = (side: BookSide): number => (sum(side.slowTotals) + side.unlocated) * side.slowScale;

/** Base units of all positions of the side: equal to open interest after every bar. */
export const sideQty = (side: BookSide): number => fastQty(side) + slowQty(side);

function sum(values: Float64Array): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i];
  return total;
}

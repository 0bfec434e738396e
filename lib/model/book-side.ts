import type { PositionSide } from '@/lib/market/liquidation';

import type { BookConfig } from './book-config';
import { liquidationDistance } from './inverse-liquidation';

/** Room above the price in each window, so that a rising price moves it seldom. */
const HEADROOM = 0.05;

/** Frontier of a class that has no levels: below any bin. */
const NO_LEVELS = -(2 ** 31);

/** Where each class of a side keeps its window; fixed by the configuration. Bins are the side's own (grid.ts). */
export interface SideLayout {
  /** Share of opened quantity, per class. */
  readonly shares: Float64Array;
  /** Entry bin to liquidation bin, per class; negative. */
  readonly shifts: Int32Array;
  /** Cell pair that each class's window starts with; one more entry for the total. */
  readonly starts: Int32Array;
  readonly headroomBins: number;
}

/**
 * Positions of one side, in contract units by liquidation price, class and age. Quantities are stored divided by their age's scale,
 * so that closing a share of everything is one multiplication. Bins are the side's own (grid.ts): price falls towards them.
 */
export interface BookSide {
  readonly positionSide: PositionSide;
  readonly layout: SideLayout;
  /** Pairs (fast, slow), one for each bin of each class's window. Totals follow what the rounding to 32 bits left. */
  readonly cells: Float32Array;
  /** Pairs (fast, slow), one for each class; the absorbing class, which has no levels, last. */
  readonly totals: Float64Array;
  /** Bin of each window's first cell. */
  readonly bases: Int32Array;
  /** Per class the bin that all its levels lie below. */
  readonly frontiers: Int32Array;
  /** Contract units per class that the last bar liquidated: a report, no part of the state. */
  readonly liquidated: Float64Array;
  fastScale: number;
  slowScale: number;
  /** Quantity that existed before the history and has no known entry; stored like slow. */
  unlocated: number;
}

export function createSideLayout(config: BookConfig, positionSide: PositionSide): SideLayout {
  const { settlement, classes, binWidth, reach } = config;
  const shares = Float64Array.from(classes, ({ share }) => share);
  const shifts = new Int32Array(classes.length);
  const starts = new Int32Array(classes.length + 1);
  classes.forEach((each, k) => {
    const distance = liquidationDistance(settlement, positionSide, each);
    shifts[k] = -Math.round(distance / binWidth);
    starts[k + 1] = starts[k] + Math.ceil((distance + reach + HEADROOM) / binWidth);
  });
  return { shares, shifts, starts, headroomBins: Math.round(HEADROOM / binWidth) };
}

export function createBookSide(config: BookConfig, positionSide: PositionSide): BookSide {
  const layout = createSideLayout(config, positionSide);
  const classCount = config.classes.length;
  const cellCount = layout.starts[classCount];
  return {
    positionSide,
    layout,
    cells: new Float32Array(2 * cellCount),
    totals: new Float64Array(2 * (classCount + 1)),
    bases: new Int32Array(classCount),
    frontiers: new Int32Array(classCount).fill(NO_LEVELS),
    liquidated: new Float64Array(classCount),
    fastScale: 1,
    slowScale: 1,
    unlocated: 0,
  };
}

export function copyBookSide(from: BookSide, into: BookSide): void {
  into.cells.set(from.cells);
  into.totals.set(from.totals);
  into.bases.set(from.bases);
  into.frontiers.set(from.frontiers);
  into.fastScale = from.fastScale;
  into.slowScale = from.slowScale;
  into.unlocated = from.unlocated;
}

/** Contract units of the fast age. */
export function fastQty(side: BookSide): number {
  const { totals } = side;
  let fast = 0;
  for (let i = 0; i < totals.length; i += 2) fast += totals[i];
  return fast * side.fastScale;
}

/** Contract units of all positions of the side, located or not: equal to open interest after every bar. */
export function sideQty(side: BookSide): number {
  const { totals } = side;
  let fast = 0;
  let slow = side.unlocated;
  for (let i = 0; i < totals.length; i += 2) {
    fast += totals[i];
    slow += totals[i + 1];
  }
  return fast * side.fastScale + slow * side.slowScale;
}

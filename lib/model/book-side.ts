import type { PositionSide } from '@/lib/market/liquidation';

import type { BookConfig } from './book-config';
import { liquidationDistance } from './inverse-liquidation';
import { copyPending, createPendingEntries, type PendingEntries } from './pending-entries';

/** Room above the price in each window, so that a rising price moves it seldom. */
const HEADROOM = 0.05;

/** Classes at least this far from their entry, in ln(price), wait to be written: nearer ones are reached too often. */
const WAITING_DISTANCE = 0.008;

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
  /** The leading classes, whose entries wait (pending-entries.ts). */
  readonly waitingClasses: number;
}

/**
 * Positions of one side, in contract units by liquidation price, class and age. Quantities are stored divided by their age's scale,
 * so that closing a share of everything is one multiplication. Bins are the side's own (grid.ts): price falls towards them.
 */
export interface BookSide {
  readonly positionSide: PositionSide;
  readonly layout: SideLayout;
  /** Pairs (fast, slow), one for each bin of each class's window. Totals follow what the rounding to 32 bits left. */
  cells: Float32Array;
  /** Entries that the waiting classes' cells lack. */
  readonly pending: PendingEntries;
  /** Pairs (fast, slow), one for each class, what waits included; the absorbing class, which has no levels, last. */
  readonly totals: Float64Array;
  /** Bin of each window's first cell. */
  readonly bases: Int32Array;
  /** Per class the bin that all its written levels lie below. */
  readonly frontiers: Int32Array;
  /** Contract units per class that the last bar liquidated: a report, no part of the state. */
  readonly liquidated: Float64Array;
  fastScale: number;
  slowScale: number;
  /** Quantity that existed before the history and has no known entry; stored like slow. */
  unlocated: number;
}

/**
 * One window per leverage class, wide enough for the class's distance to liquidation, the reach of a bar and headroom.
 */
export function createSideLayout(config: BookConfig, positionSide: PositionSide): SideLayout {
  const { settlement, classes, binWidth, reach } = config;
  const shares = Float64Array.from(classes, ({ share }) => share);
  const shifts = new Int32Array(classes.length);
  const starts = new Int32Array(classes.length + 1);
  let waitingClasses = 0;
  classes.forEach((each, k) => {
    const distance = liquidationDistance(settlement, positionSide, each);
    if (distance >= WAITING_DISTANCE) waitingClasses = k + 1;
    shifts[k] = -Math.round(distance / binWidth);
    starts[k + 1] = starts[k] + Math.ceil((distance + reach + HEADROOM) / binWidth);
  });
  return { shares, shifts, starts, headroomBins: Math.round(HEADROOM / binWidth), waitingClasses };
}

/** Makes room for so many numbers. */
export type AllocateCells = (length: number) => Float32Array;

const allocateOwn: AllocateCells = (length) => new Float32Array(length);

/** An empty side. `allocate` gives the memory of its levels, so that books may share it. */
export function createBookSide(
  config: BookConfig,
  positionSide: PositionSide,
  allocate: AllocateCells = allocateOwn,
): BookSide {
  const layout = createSideLayout(config, positionSide);
  const classCount = config.classes.length;
  const cellCount = layout.starts[classCount];
  return {
    positionSide,
    layout,
    cells: allocate(2 * cellCount),
    pending: createPendingEntries(),
    totals: new Float64Array(2 * (classCount + 1)),
    bases: new Int32Array(classCount),
    frontiers: new Int32Array(classCount).fill(NO_LEVELS),
    liquidated: new Float64Array(classCount),
    fastScale: 1,
    slowScale: 1,
    unlocated: 0,
  };
}

/** Makes `into`, of the same layout, equal to `from` without allocating; `liquidated`, a report, is left as it is. */
export function copyBookSide(from: BookSide, into: BookSide): void {
  into.cells.set(from.cells);
  copyPending(from.pending, into.pending);
  copyFigures(from, into);
}

/** What a side states beside its levels. */
export function copyFigures(
  from: Pick<BookSide, 'totals' | 'bases' | 'frontiers' | 'fastScale' | 'slowScale' | 'unlocated'>,
  into: BookSide,
): void {
  into.totals.set(from.totals);
  into.bases.set(from.bases);
  into.frontiers.set(from.frontiers);
  into.fastScale = from.fastScale;
  into.slowScale = from.slowScale;
  into.unlocated = from.unlocated;
}

/** Bins of the side's own axis, [from, end), outside which a class has no levels. */
export function levelBins({ bases, layout, pending }: BookSide, k: number): { from: number; end: number } {
  const { starts, shifts, waitingClasses } = layout;
  const from = bases[k];
  const end = from + starts[k + 1] - starts[k];
  if (k >= waitingClasses || pending.from === pending.end) return { from, end };
  return { from: Math.min(from, pending.from + shifts[k]), end: Math.max(end, pending.end + shifts[k]) };
}

/** Contract units of a class whose level lies in a bin of the side's own axis. */
export function levelQty(side: BookSide, k: number, bin: number): number {
  const { layout, cells, pending, fastScale, slowScale } = side;
  const { starts, shifts, shares, waitingClasses } = layout;
  const cell = bin - side.bases[k];
  const i = 2 * (starts[k] + cell);
  const isWritten = cell >= 0 && cell < starts[k + 1] - starts[k];
  const written = isWritten ? cells[i] * fastScale + cells[i + 1] * slowScale : 0;
  const entry = bin - shifts[k];
  if (k >= waitingClasses || entry < pending.from || entry >= pending.end) return written;
  const j = 2 * (entry - pending.origin);
  return written + shares[k] * (pending.qty[j] * fastScale + pending.qty[j + 1] * slowScale);
}

/** Contract units of the fast age. */
export function fastQty(side: BookSide): number {
  const { totals } = side;
  let fast = 0;
  for (let i = 0; i < totals.length; i += 2) fast += totals[i];
  return fast * side.fastScale;
}

/** Contract units of one class. */
export const classQty = ({ totals, fastScale, slowScale }: BookSide, k: number): number =>
  totals[2 * k] * fastScale + totals[2 * k + 1] * slowScale;

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

import type { BookSide } from './book-side';
import { centreWindow } from './window';

/** Bins of entry price that fit: 12.8 % of price. */
const CAPACITY = 512;

/**
 * Entries of a side whose levels are not written yet: pairs (fast, slow) by bin of entry price, stored like cells. All classes
 * take the same entries, each at its own distance and in proportion to its share. A bar's entries mostly overlap those of the
 * bars before, so those classes that price cannot reach meanwhile (`waitingClasses`, the leading ones) are written together.
 */
export interface PendingEntries {
  readonly qty: Float64Array;
  /** Bin of the first pair. */
  origin: number;
  /** Bins that hold anything: [from, end). */
  from: number;
  end: number;
}

/** Room for `CAPACITY` bins, none of them in use. */
export const createPendingEntries = (): PendingEntries => ({
  qty: new Float64Array(2 * CAPACITY),
  origin: 0,
  from: 0,
  end: 0,
});

/** Makes `into` equal to `from` without allocating. */
export function copyPending(from: PendingEntries, into: PendingEntries): void {
  into.qty.set(from.qty);
  into.origin = from.origin;
  into.from = from.from;
  into.end = from.end;
}

/** Makes room for entries in [firstBin, end); false where they are too wide to wait. What waited is written if it must. */
export function reservePending(side: BookSide, firstBin: number, end: number): boolean {
  if (end - firstBin > CAPACITY) return false;
  const { pending } = side;
  const isInside = firstBin >= pending.origin && end <= pending.origin + CAPACITY;
  if (pending.from < pending.end && !isInside) settlePending(side);
  if (pending.from < pending.end) {
    pending.from = Math.min(pending.from, firstBin);
    pending.end = Math.max(pending.end, end);
  } else {
    pending.origin = Math.floor((firstBin + end - CAPACITY) / 2);
    pending.from = firstBin;
    pending.end = end;
  }
  return true;
}

/** Whether a price at `adverseBin` would reach a level that waits to be written. */
export function isPendingReached({ pending, layout }: BookSide, adverseBin: number): boolean {
  const { waitingClasses, shifts } = layout;
  // Classes come by rising leverage: the last one that waits lies nearest.
  return pending.from < pending.end && pending.end + shifts[waitingClasses - 1] > adverseBin;
}

/** Writes what waits to the levels of its classes. */
export function settlePending(side: BookSide): void {
  const { pending, cells, totals, bases, frontiers } = side;
  const { shares, shifts, starts, waitingClasses } = side.layout;
  const { qty, origin, from, end } = pending;
  if (from === end) return;
  for (let k = 0; k < waitingClasses; k++) {
    const lowest = from + shifts[k];
    const above = end + shifts[k];
    if (lowest < bases[k] || above > bases[k] + starts[k + 1] - starts[k]) centreWindow(side, k, end - 1);
    if (above > frontiers[k]) frontiers[k] = above;
    const share = shares[k];
    let fastAdded = 0;
    let slowAdded = 0;
    let i = 2 * (starts[k] + lowest - bases[k]);
    for (let j = 2 * (from - origin), last = 2 * (end - origin); j < last; j += 2, i += 2) {
      const fast = cells[i];
      const slow = cells[i + 1];
      const fastQty = share * qty[j];
      const slowQty = share * qty[j + 1];
      const newFast = Math.fround(fast + fastQty);
      const newSlow = Math.fround(slow + slowQty);
      cells[i] = newFast;
      cells[i + 1] = newSlow;
      // Totals have the entries already; they get what the cells took of them after rounding.
      fastAdded += newFast - fast - fastQty;
      slowAdded += newSlow - slow - slowQty;
    }
    totals[2 * k] += fastAdded;
    totals[2 * k + 1] += slowAdded;
  }
  qty.fill(0, 2 * (from - origin), 2 * (end - origin));
  pending.from = 0;
  pending.end = 0;
}

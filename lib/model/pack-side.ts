import { copyFigures, type BookSide } from './book-side';

/** A side without the empty ends of its windows. */
export interface PackedSide {
  /** First occupied cell of each class's window, from its start, and number of cells to the frontier. */
  readonly firsts: Int32Array;
  readonly counts: Int32Array;
  readonly cells: Float32Array;
  /** Pairs that wait to be written, and where: origin, first bin, end. */
  readonly pending: Float64Array;
  readonly pendingBins: readonly [origin: number, from: number, end: number];
  readonly totals: Float64Array;
  readonly bases: Int32Array;
  readonly frontiers: Int32Array;
  readonly fastScale: number;
  readonly slowScale: number;
  readonly unlocated: number;
}

/** A copy of the side's occupied cells, what waits included; `liquidated`, a report, is left out. */
export function packSide(side: BookSide): PackedSide {
  const { starts } = side.layout;
  const classCount = side.bases.length;
  const firsts = new Int32Array(classCount);
  const counts = new Int32Array(classCount);
  let cellCount = 0;
  for (let k = 0; k < classCount; k++) {
    const occupied = Math.max(0, Math.min(side.frontiers[k] - side.bases[k], starts[k + 1] - starts[k]));
    let first = 0;
    while (first < occupied && isEmpty(side, starts[k] + first)) first++;
    firsts[k] = first;
    counts[k] = occupied - first;
    cellCount += counts[k];
  }
  const cells = new Float32Array(2 * cellCount);
  for (let k = 0, at = 0; k < classCount; at += 2 * counts[k], k++) {
    const from = 2 * (starts[k] + firsts[k]);
    cells.set(side.cells.subarray(from, from + 2 * counts[k]), at);
  }
  const { qty, origin, from, end } = side.pending;
  return {
    firsts,
    counts,
    cells,
    pending: from === end ? new Float64Array() : qty.slice(2 * (from - origin), 2 * (end - origin)),
    pendingBins: [origin, from, end],
    totals: side.totals.slice(),
    bases: side.bases.slice(),
    frontiers: side.frontiers.slice(),
    fastScale: side.fastScale,
    slowScale: side.slowScale,
    unlocated: side.unlocated,
  };
}

/** Fills an empty side; false where the shapes do not fit it. */
export function unpackSide(packed: PackedSide, into: BookSide): boolean {
  const { starts } = into.layout;
  const classCount = into.bases.length;
  const { firsts, counts, cells, pending } = packed;
  const [origin, from, end] = packed.pendingBins;
  const hasShape =
    firsts.length === classCount &&
    counts.length === classCount &&
    packed.bases.length === classCount &&
    packed.frontiers.length === classCount &&
    pending.length === 2 * (end - from) &&
    (end === from || (from >= origin && 2 * (end - origin) <= into.pending.qty.length)) &&
    packed.totals.length === into.totals.length &&
    firsts.every((first, k) => first >= 0 && counts[k] >= 0 && first + counts[k] <= starts[k + 1] - starts[k]) &&
    2 * counts.reduce((total, count) => total + count, 0) === cells.length;
  if (!hasShape) return false;
  for (let k = 0, at = 0; k < classCount; at += 2 * counts[k], k++) {
    into.cells.set(cells.subarray(at, at + 2 * counts[k]), 2 * (starts[k] + firsts[k]));
  }
  into.pending.qty.set(pending, end === from ? 0 : 2 * (from - origin));
  Object.assign(into.pending, { origin, from, end });
  copyFigures(packed, into);
  return true;
}

const isEmpty = ({ cells }: BookSide, pair: number): boolean => cells[2 * pair] === 0 && cells[2 * pair + 1] === 0;

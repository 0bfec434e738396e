import type { BookSide } from './book-side';

/** A side without the empty ends of its windows. */
export interface PackedSide {
  /** First occupied cell of each class's window, from its start, and number of cells to the frontier. */
  readonly firsts: Int32Array;
  readonly counts: Int32Array;
  readonly fast: Float64Array;
  readonly slow: Float64Array;
  readonly fastTotals: Float64Array;
  readonly slowTotals: Float64Array;
  readonly bases: Int32Array;
  readonly frontiers: Int32Array;
  readonly fastScale: number;
  readonly slowScale: number;
  readonly unlocated: number;
}

export function packSide(side: BookSide): PackedSide {
  const { starts } = side.layout;
  const classCount = side.bases.length;
  const firsts = new Int32Array(classCount);
  const counts = new Int32Array(classCount);
  let cellCount = 0;
  for (let k = 0; k < classCount; k++) {
    const occupied = Math.max(0, Math.min(side.frontiers[k] - side.bases[k], starts[k + 1] - starts[k]));
    let first = 0;
    while (first < occupied && side.fast[starts[k] + first] === 0 && side.slow[starts[k] + first] === 0) first++;
    firsts[k] = first;
    counts[k] = occupied - first;
    cellCount += counts[k];
  }
  const fast = new Float64Array(cellCount);
  const slow = new Float64Array(cellCount);
  for (let k = 0, at = 0; k < classCount; at += counts[k], k++) {
    const from = starts[k] + firsts[k];
    fast.set(side.fast.subarray(from, from + counts[k]), at);
    slow.set(side.slow.subarray(from, from + counts[k]), at);
  }
  return {
    firsts,
    counts,
    fast,
    slow,
    fastTotals: side.fastTotals.slice(),
    slowTotals: side.slowTotals.slice(),
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
  const { firsts, counts, fast, slow } = packed;
  const hasShape =
    firsts.length === classCount &&
    counts.length === classCount &&
    packed.bases.length === classCount &&
    packed.frontiers.length === classCount &&
    packed.fastTotals.length === classCount + 1 &&
    packed.slowTotals.length === classCount + 1 &&
    fast.length === slow.length &&
    firsts.every((first, k) => first >= 0 && counts[k] >= 0 && first + counts[k] <= starts[k + 1] - starts[k]) &&
    counts.reduce((total, count) => total + count, 0) === fast.length;
  if (!hasShape) return false;
  for (let k = 0, at = 0; k < classCount; at += counts[k], k++) {
    into.fast.set(fast.subarray(at, at + counts[k]), starts[k] + firsts[k]);
    into.slow.set(slow.subarray(at, at + counts[k]), starts[k] + firsts[k]);
  }
  into.fastTotals.set(packed.fastTotals);
  into.slowTotals.set(packed.slowTotals);
  into.bases.set(packed.bases);
  into.frontiers.set(packed.frontiers);
  into.fastScale = packed.fastScale;
  into.slowScale = packed.slowScale;
  into.unlocated = packed.unlocated;
  return true;
}

import { BAR_MS, type Bar, type BarMinutes, type FoldBar, type OpenInterestPoint } from './bar';

/** The bars that are final for folding, and what is missing among them. */
export interface JoinedBars {
  /** Oldest first; `openInterest` is NaN where only a later point is known. */
  readonly bars: readonly FoldBar[];
  /** Bars given beyond the last final one: their open interest is not known yet. */
  readonly pendingCount: number;
  /** Start times of bars that are missing though a later one is final. */
  readonly missingBarTimesMs: readonly number[];
  /** Start times of final bars without open interest at their end. */
  readonly missingOpenInterestTimesMs: readonly number[];
}

/**
 * Joins bars from `fromMs` on with the open interest at their ends (a point stamped `openTimeMs + BAR_MS`) and their minutes.
 * A bar is final once its own open interest is known or a later point shows that it will not come; the first bar
 * that is not final ends the sequence. The result depends on what is given, never on its order; a doubled time
 * keeps its first row. Ask again for what is missing before folding past it: a fold is not taken back.
 */
export function joinFoldBars(
  bars: readonly Bar[],
  openInterest: readonly OpenInterestPoint[],
  fromMs: number,
  minutes: readonly BarMinutes[] = [],
): JoinedBars {
  const pathAt = new Map(minutes.map(({ openTimeMs, path }) => [openTimeMs, path]));
  const openInterestAt = new Map<number, number>();
  let newestPointMs = -Infinity;
  for (const point of openInterest) {
    if (openInterestAt.has(point.timeMs)) continue;
    openInterestAt.set(point.timeMs, point.openInterest);
    newestPointMs = Math.max(newestPointMs, point.timeMs);
  }

  const ordered = inOrder(bars).filter((bar) => bar.openTimeMs >= fromMs);
  const finalCount = ordered.findIndex((bar) => bar.openTimeMs + BAR_MS > newestPointMs);
  const finalBars = finalCount === -1 ? ordered : ordered.slice(0, finalCount);
  const joined: FoldBar[] = [];
  const missingBarTimesMs: number[] = [];
  const missingOpenInterestTimesMs: number[] = [];
  let expectedMs = fromMs;
  for (const bar of finalBars) {
    const { openTimeMs } = bar;
    if (openTimeMs < expectedMs) continue;
    const endMs = openTimeMs + BAR_MS;
    for (; expectedMs < openTimeMs; expectedMs += BAR_MS) missingBarTimesMs.push(expectedMs);
    const atEnd = openInterestAt.get(endMs) ?? NaN;
    if (Number.isNaN(atEnd)) missingOpenInterestTimesMs.push(openTimeMs);
    joined.push({ ...bar, openInterest: atEnd, minutes: pathAt.get(openTimeMs) });
    expectedMs = endMs;
  }
  return {
    bars: joined,
    pendingCount: ordered.length - finalBars.length,
    missingBarTimesMs,
    missingOpenInterestTimesMs,
  };
}

/** Rows of the store are in order already; sorting them again is the slow part of a join. */
function inOrder(bars: readonly Bar[]): readonly Bar[] {
  const isOrdered = bars.every((bar, i) => i === 0 || bars[i - 1].openTimeMs <= bar.openTimeMs);
  return isOrdered ? bars : [...bars].sort((a, b) => a.openTimeMs - b.openTimeMs);
}

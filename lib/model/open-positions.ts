import type { BookConfig } from './book-config';
import type { BookSide } from './book-side';
import type { EntrySpread } from './entry-spread';
import { reservePending, settlePending } from './pending-entries';
import { centreWindow } from './window';

/**
 * Adds `qty` contract units of new positions at the liquidation levels of their classes. Bins are the side's own.
 * Entries whose level lies at or beyond the mark's close cannot be alive; of those between the mark's adverse extreme and its
 * close the share `crossedLoss` is taken to be gone, made before the extreme. They opened and closed within the bar, so `qty`,
 * the positions that remain, is shared among the survivors.
 */
export function openPositions(
  side: BookSide,
  spread: EntrySpread,
  qty: number,
  adverseBin: number,
  closeBin: number,
  crossedLoss: number,
  config: BookConfig,
): void {
  if (!(qty > 0)) return;
  const { cells, totals, bases, frontiers } = side;
  const { shares, shifts, starts } = side.layout;
  const { firstBin, count, weights } = spread;
  const survival = survivingShare(side, spread, adverseBin, closeBin, crossedLoss);
  const unitFast = (qty * config.fastShare) / (survival * side.fastScale);
  const unitSlow = (qty * (1 - config.fastShare)) / (survival * side.slowScale);
  const absorbing = shares.length;
  let absorbed = 1;
  const waiting = addPending(side, spread, unitFast, unitSlow, adverseBin);
  for (let k = 0; k < waiting; k++) {
    const share = shares[k];
    absorbed -= share;
    totals[2 * k] += unitFast * share;
    totals[2 * k + 1] += unitSlow * share;
  }
  for (let k = waiting; k < absorbing; k++) {
    const share = shares[k];
    const lowest = firstBin + shifts[k];
    const end = lowest + count < closeBin ? lowest + count : closeBin;
    if (lowest < bases[k] || end > bases[k] + starts[k + 1] - starts[k]) centreWindow(side, k, closeBin);
    const base = bases[k];
    const from = lowest > base ? lowest : base;
    absorbed -= share;
    // What lies below the window, after a range beyond any reach, joins the absorbing class.
    if (from > lowest) absorbed += share * weightBelow(spread, from - shifts[k]);
    if (end <= from) continue;
    if (end > frontiers[k]) frontiers[k] = end;
    // Two plain stretches, written out: a choice in each cell or a call for each class costs a tenth of the fold.
    let fastShare = unitFast * share;
    let slowShare = unitSlow * share;
    let fastAdded = 0;
    let slowAdded = 0;
    let i = 2 * (starts[k] + from - base);
    let j = from - lowest;
    for (const uncrossed = (end < adverseBin ? end : adverseBin) - lowest; j < uncrossed; j++, i += 2) {
      const weight = weights[j];
      const fast = cells[i];
      const slow = cells[i + 1];
      const newFast = Math.fround(fast + fastShare * weight);
      const newSlow = Math.fround(slow + slowShare * weight);
      cells[i] = newFast;
      cells[i + 1] = newSlow;
      // Totals get what the cells took of it after rounding.
      fastAdded += newFast - fast;
      slowAdded += newSlow - slow;
    }
    fastShare *= 1 - crossedLoss;
    slowShare *= 1 - crossedLoss;
    for (const last = end - lowest; j < last; j++, i += 2) {
      const weight = weights[j];
      const fast = cells[i];
      const slow = cells[i + 1];
      const newFast = Math.fround(fast + fastShare * weight);
      const newSlow = Math.fround(slow + slowShare * weight);
      cells[i] = newFast;
      cells[i + 1] = newSlow;
      fastAdded += newFast - fast;
      slowAdded += newSlow - slow;
    }
    totals[2 * k] += fastAdded;
    totals[2 * k + 1] += slowAdded;
  }
  totals[2 * absorbing] += unitFast * absorbed;
  totals[2 * absorbing + 1] += unitSlow * absorbed;
}

/** Adds entries to those that wait; the number of classes that they wait for, none where the bar's own path reaches one of them. */
function addPending(
  side: BookSide,
  { firstBin, count, weights }: EntrySpread,
  unitFast: number,
  unitSlow: number,
  adverseBin: number,
): number {
  const { pending, layout } = side;
  const { shifts, waitingClasses } = layout;
  if (waitingClasses === 0) return 0;
  const isReached = firstBin + count + shifts[waitingClasses - 1] > adverseBin;
  if (isReached || !reservePending(side, firstBin, firstBin + count)) {
    settlePending(side);
    return 0;
  }
  const { qty } = pending;
  for (let j = 0, i = 2 * (firstBin - pending.origin); j < count; j++, i += 2) {
    qty[i] += unitFast * weights[j];
    qty[i + 1] += unitSlow * weights[j];
  }
  return waitingClasses;
}

/** Share of a bar's entries that is alive at its close. Classes come by rising leverage: only the last ones can be crossed. */
export function survivingShare(
  side: BookSide,
  spread: EntrySpread,
  adverseBin: number,
  closeBin: number,
  crossedLoss: number,
): number {
  const { shares, shifts } = side.layout;
  const spreadEnd = spread.firstBin + spread.count;
  let surviving = 1;
  for (let k = shifts.length - 1; k >= 0 && spreadEnd + shifts[k] > adverseBin; k--) {
    const uncrossed = weightBelow(spread, adverseBin - shifts[k]);
    const crossed = weightBelow(spread, closeBin - shifts[k]) - uncrossed;
    surviving -= shares[k] * (1 - uncrossed - (1 - crossedLoss) * crossed);
  }
  return surviving;
}

/** Sum of the spread's weights in bins below `bin`. */
function weightBelow(spread: EntrySpread, bin: number): number {
  const i = bin - spread.firstBin;
  return i <= 0 ? 0 : i >= spread.count ? 1 : spread.sums[i];
}

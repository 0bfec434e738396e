import type { BookConfig } from './book-config';
import type { BookSide } from './book-side';
import type { EntrySpread } from './entry-spread';
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
  const { totals, bases, frontiers } = side;
  const { shares, shifts, starts } = side.layout;
  const { firstBin, count } = spread;
  const survival = survivingShare(side, spread, adverseBin, closeBin, crossedLoss);
  const unitFast = (qty * config.fastShare) / (survival * side.fastScale);
  const unitSlow = (qty * (1 - config.fastShare)) / (survival * side.slowScale);
  const absorbing = shares.length;
  let absorbed = 1;
  for (let k = 0; k < absorbing; k++) {
    const share = shares[k];
    const lowest = firstBin + shifts[k];
    const end = lowest + count < closeBin ? lowest + count : closeBin;
    if (lowest < bases[k] || end > bases[k] + starts[k + 1] - starts[k]) centreWindow(side, k, closeBin);
    const from = lowest > bases[k] ? lowest : bases[k];
    if (end > from) {
      deposit(side, k, spread, from, end, adverseBin, crossedLoss, unitFast * share, unitSlow * share);
      if (end > frontiers[k]) frontiers[k] = end;
    }
    absorbed -= share;
    // What lies below the window, after a range beyond any reach, joins the absorbing class.
    if (from > lowest) absorbed += share * weightBelow(spread, from - shifts[k]);
  }
  totals[2 * absorbing] += unitFast * absorbed;
  totals[2 * absorbing + 1] += unitSlow * absorbed;
}

/** Adds the spread, scaled, to a class's cells in bins [from, end), and to its totals what the cells took of it. */
function deposit(
  side: BookSide,
  k: number,
  spread: EntrySpread,
  from: number,
  end: number,
  adverseBin: number,
  crossedLoss: number,
  unitFast: number,
  unitSlow: number,
): void {
  const { cells, totals } = side;
  const { weights } = spread;
  const weightOffset = -side.layout.shifts[k] - spread.firstBin;
  let fastAdded = 0;
  let slowAdded = 0;
  for (let bin = from, i = 2 * (side.layout.starts[k] + from - side.bases[k]); bin < end; bin++, i += 2) {
    const whole = weights[bin + weightOffset];
    const weight = bin < adverseBin ? whole : whole * (1 - crossedLoss);
    const fast = cells[i];
    const slow = cells[i + 1];
    const newFast = Math.fround(fast + unitFast * weight);
    const newSlow = Math.fround(slow + unitSlow * weight);
    cells[i] = newFast;
    cells[i + 1] = newSlow;
    fastAdded += newFast - fast;
    slowAdded += newSlow - slow;
  }
  totals[2 * k] += fastAdded;
  totals[2 * k + 1] += slowAdded;
}

/** Share of a bar's entries that is alive at its close. Classes come by rising leverage: only the last ones can be crossed. */
function survivingShare(
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

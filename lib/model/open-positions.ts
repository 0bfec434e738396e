import type { BookConfig } from './book-config';
import type { BookSide } from './book-side';
import type { EntrySpread } from './entry-spread';
import { centreWindow } from './window';

/** Where a bar went, in the side's own bins. */
export interface BarPath {
  /** Bin of the mark's adverse extreme. */
  readonly adverseBin: number;
  readonly closeBin: number;
  /** Share of entries with a level from the adverse extreme to the close that is taken to be gone. */
  readonly crossedLoss: number;
}

/**
 * Adds `qty` base units of new positions at the liquidation levels of their classes. Entries whose level lies at or beyond the
 * mark's close cannot be alive; of those between the adverse extreme and the close some were made before it. Both opened and
 * closed within the bar, so `qty`, the positions that remain, is shared among the survivors.
 */
export function openPositions(
  side: BookSide,
  spread: EntrySpread,
  qty: number,
  path: BarPath,
  config: BookConfig,
): void {
  if (!(qty > 0)) return;
  const { classes, fastShare } = config;
  const { shifts } = side.layout;
  let surviving = 1;
  for (let k = 0; k < classes.length; k++) {
    const { share } = classes[k];
    surviving -= share * (1 - survivingShare(spread, shifts[k], path));
  }
  const unitFast = (qty * fastShare) / (surviving * side.fastScale);
  const unitSlow = (qty * (1 - fastShare)) / (surviving * side.slowScale);
  let absorbed = 1;
  for (let k = 0; k < classes.length; k++) {
    const { share } = classes[k];
    absorbed -= share;
    absorbed += share * openInClass(side, k, spread, unitFast * share, unitSlow * share, path);
  }
  const absorbing = classes.length;
  side.fastTotals[absorbing] += unitFast * absorbed;
  side.slowTotals[absorbing] += unitSlow * absorbed;
}

/** Sum of the spread's weights in bins below `bin`. */
function weightBelow(spread: EntrySpread, bin: number): number {
  const i = bin - spread.firstBin;
  return i <= 0 ? 0 : i >= spread.count ? 1 : spread.sums[i];
}

function survivingShare(spread: EntrySpread, shift: number, path: BarPath): number {
  const uncrossed = weightBelow(spread, path.adverseBin - shift);
  if (uncrossed === 1) return 1;
  const crossed = Math.max(0, weightBelow(spread, path.closeBin - shift) - uncrossed);
  return uncrossed + (1 - path.crossedLoss) * crossed;
}

/** Deposits one class and returns the share of it whose level lies below the window. */
function openInClass(
  side: BookSide,
  k: number,
  spread: EntrySpread,
  unitFast: number,
  unitSlow: number,
  path: BarPath,
): number {
  const { fast, slow, bases, layout, frontiers } = side;
  const shift = layout.shifts[k];
  const size = layout.starts[k + 1] - layout.starts[k];
  const lowest = spread.firstBin + shift;
  const end = Math.min(spread.firstBin + spread.count + shift, Math.max(path.closeBin, path.adverseBin));
  if (lowest < bases[k] || end > bases[k] + size) centreWindow(side, k, path.closeBin);
  const base = bases[k];
  const from = Math.max(lowest, base);
  const crossedFrom = Math.min(Math.max(from, path.adverseBin), end);
  const offset = layout.starts[k] - base;
  const { weights } = spread;
  for (let bin = from; bin < crossedFrom; bin++) {
    const weight = weights[bin - lowest];
    fast[bin + offset] += unitFast * weight;
    slow[bin + offset] += unitSlow * weight;
  }
  const kept = 1 - path.crossedLoss;
  for (let bin = crossedFrom; bin < end; bin++) {
    const weight = kept * weights[bin - lowest];
    fast[bin + offset] += unitFast * weight;
    slow[bin + offset] += unitSlow * weight;
  }
  if (end > from) frontiers[k] = Math.max(frontiers[k], end);
  const below = weightBelow(spread, base - shift);
  const deposited = survivingShare(spread, shift, path) - below;
  side.fastTotals[k] += unitFast * deposited;
  side.slowTotals[k] += unitSlow * deposited;
  return below;
}

import type { BookConfig } from './book-config';
import { fastQty, type BookSide } from './book-side';

/** Where a scale falls below this, or an age is all but empty, quantities are rewritten. */
const SMALLEST_SCALE = 1e-15;
const EMPTY_SHARE = 1e-9;

/** Place of each age in a pair. */
const FAST = 0;
const SLOW = 1;

/**
 * Removes `qty` contract units, at most the `held` ones of the side, in proportion to hazard x quantity: the fast age loses its
 * half-lives' ratio times the slow age's share. What was not located leaves like slow. The flow gives the total, so only that
 * ratio counts.
 */
export function closePositions(side: BookSide, qty: number, held: number, config: BookConfig): void {
  if (!(qty > 0)) return;
  const fast = fastQty(side);
  const slow = Math.max(0, held - fast);
  const hazardRatio = config.slowHalfLifeMs / config.fastHalfLifeMs;
  const slowShare = qty / (hazardRatio * fast + slow);
  const fastShare = slowShare * hazardRatio;
  if (fastShare < 1 - EMPTY_SHARE) {
    side.fastScale *= 1 - fastShare;
    side.slowScale *= 1 - slowShare;
  } else {
    // The fast age is used up; the slow one gives what is still missing.
    side.fastScale = 0;
    if (slow > 0) side.slowScale *= Math.max(0, 1 - Math.max(0, qty - fast) / slow);
  }
  if (side.fastScale < SMALLEST_SCALE) rewriteAge(side, FAST);
  if (side.slowScale < SMALLEST_SCALE) rewriteAge(side, SLOW);
}

/** Multiplies everything, e.g. to meet an observed open interest. */
export function scaleSide(side: BookSide, factor: number): void {
  side.fastScale *= factor;
  side.slowScale *= factor;
}

/** Multiplies the scale of an age into its quantities, as scales must stay far from zero. */
function rewriteAge(side: BookSide, age: typeof FAST | typeof SLOW): void {
  const { cells, totals, layout, pending } = side;
  const scale = age === FAST ? side.fastScale : side.slowScale;
  const absorbing = totals.length - 2 + age;
  totals[absorbing] *= scale;
  let waiting = 0;
  for (let i = age; i < pending.qty.length; i += 2) waiting += pending.qty[i] *= scale;
  for (let k = 0; k < side.bases.length; k++) {
    let total = k < layout.waitingClasses ? layout.shares[k] * waiting : 0;
    for (let i = 2 * layout.starts[k] + age, end = 2 * layout.starts[k + 1]; i < end; i += 2) {
      cells[i] *= scale;
      total += cells[i];
    }
    totals[2 * k + age] = total;
  }
  if (age === FAST) {
    side.fastScale = 1;
  } else {
    side.unlocated *= scale;
    side.slowScale = 1;
  }
}

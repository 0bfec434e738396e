import type { BookConfig } from './book-config';
import { fastQty, slowQty, type BookSide } from './book-side';

/** Where scales leave this range, or an age is all but empty, cells are rewritten. */
const SMALLEST_SCALE = 1e-100;
const EMPTY_SHARE = 1e-9;

/**
 * Removes `qty` base units (at most what the side holds) in proportion to hazard x quantity: the fast age loses its half-lives'
 * ratio times the slow age's share. What was not located leaves like slow. Total removal is given by the flow, so only that ratio counts.
 */
export function closePositions(side: BookSide, qty: number, config: BookConfig): void {
  if (!(qty > 0)) return;
  const fast = fastQty(side);
  const slow = slowQty(side);
  const hazardRatio = config.slowHalfLifeMs / config.fastHalfLifeMs;
  const slowShare = qty / (hazardRatio * fast + slow);
  const fastShare = slowShare * hazardRatio;
  if (fastShare < 1 - EMPTY_SHARE) {
    side.fastScale *= 1 - fastShare;
    side.slowScale *= 1 - slowShare;
  } else {
    clearFast(side);
    const kept = slow - Math.max(0, qty - fast);
    if (kept > slow * EMPTY_SHARE) side.slowScale *= kept / slow;
    else clearSlow(side);
  }
  if (side.fastScale < SMALLEST_SCALE) rescaleFast(side);
  if (side.slowScale < SMALLEST_SCALE) rescaleSlow(side);
}

/** Multiplies everything, e.g. to meet an observed open interest. */
export function scaleSide(side: BookSide, factor: number): void {
  side.fastScale *= factor;
  side.slowScale *= factor;
}

function clearFast(side: BookSide): void {
  side.fast.fill(0);
  side.fastTotals.fill(0);
  side.fastScale = 1;
}

function clearSlow(side: BookSide): void {
  side.slow.fill(0);
  side.slowTotals.fill(0);
  side.unlocated = 0;
  side.slowScale = 1;
}

function rescaleFast(side: BookSide): void {
  multiply(side.fast, side.fastScale);
  multiply(side.fastTotals, side.fastScale);
  side.fastScale = 1;
}

function rescaleSlow(side: BookSide): void {
  multiply(side.slow, side.slowScale);
  multiply(side.slowTotals, side.slowScale);
  side.unlocated *= side.slowScale;
  side.slowScale = 1;
}

function multiply(values: Float64Array, factor: number): void {
  for (let i = 0; i < values.length; i++) values[i] *= factor;
}

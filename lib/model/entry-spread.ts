import { clamp } from '@/lib/core/num';

import { mirrorBin } from './grid';

/** How one bar's entries are spread over bins of a side: `weights[i]` of them in bin `firstBin + i`. */
export interface EntrySpread {
  firstBin: number;
  count: number;
  /** Sums to 1 over the first `count`. */
  weights: Float64Array;
  /** `sums[i]` = weights before i; `count + 1` of them. */
  sums: Float64Array;
}

/** Scratch for `spreadEntries`, which enlarges it as needed. */
export const createEntrySpread = (): EntrySpread => ({
  firstBin: 0,
  count: 0,
  weights: new Float64Array(64),
  sums: new Float64Array(65),
});

/** Share of a bar's entries that may be counted a little further in, at either end. */
const NEGLIGIBLE = 0.01;

/**
 * Spreads entries over a bar's range: a triangle in ln(price) between low and high whose peak is at (high + low + close) / 3,
 * the stand-in for the volume-weighted mean, blurred by a triangle of one bin to either side. Real volume histograms scored
 * no better. With X a draw of the first triangle and G(x) = E[max(x - X, 0)^2] / 2, the blurred distribution function at an
 * edge is G's second difference over its neighbours: one G an edge.
 */
export function spreadEntries(
  bar: { readonly low: number; readonly high: number; readonly close: number },
  binWidth: number,
  into: EntrySpread,
): void {
  // All in bins from here on.
  const low = Math.log(bar.low) / binWidth;
  const high = Math.log(bar.high) / binWidth;
  const peak = clamp(Math.log((bar.high + bar.low + bar.close) / 3) / binWidth, low, high);
  const firstBin = Math.floor(low) - 1;
  const count = Math.floor(high) + 2 - firstBin;
  reserve(into, firstBin, count);
  const { weights, sums } = into;
  // At and below the lowest edge G is zero.
  let before = 0;
  let moment = 0;
  let next = excessMoment(firstBin + 1, low, peak, high);
  let kept = 0;
  for (let i = 0; i < count; i++) {
    const previous = moment;
    moment = next;
    next = excessMoment(firstBin + i + 2, low, peak, high);
    const through = i === count - 1 ? 1 : clamp(next - 2 * moment + previous, before, 1);
    // What the blur leaves in the outermost bins is not worth a visit for every class: it counts for their neighbours.
    if (kept === 0 && through < NEGLIGIBLE) {
      into.firstBin++;
      continue;
    }
    const isRest = through > 1 - NEGLIGIBLE;
    const reached = isRest ? 1 : through;
    weights[kept] = reached - before;
    sums[++kept] = reached;
    before = reached;
    if (isRest) break;
  }
  into.count = kept;
}

/** The same entries on the mirrored axis. */
export function mirrorSpread(from: EntrySpread, into: EntrySpread): void {
  const { count } = from;
  reserve(into, mirrorBin(from.firstBin + count - 1), count);
  for (let i = 0; i < count; i++) {
    into.weights[i] = from.weights[count - 1 - i];
    into.sums[i + 1] = into.sums[i] + into.weights[i];
  }
}

function reserve(spread: EntrySpread, firstBin: number, count: number): void {
  spread.firstBin = firstBin;
  spread.count = count;
  if (count <= spread.weights.length) return;
  spread.weights = new Float64Array(2 * count);
  spread.sums = new Float64Array(2 * count + 1);
}

/** Below this range, in bins, a bar's triangle is a point. */
const POINT_RANGE = 1e-6;

function excessMoment(x: number, low: number, peak: number, high: number): number {
  const excess = x - low;
  if (excess <= 0) return 0;
  const range = high - low;
  const square = excess * excess;
  if (range < POINT_RANGE) return square / 2;
  const left = peak - low;
  if (x < peak) return (square * square) / (12 * range * left);
  const meanExcess = excess - (left + range) / 3;
  const halfVariance = (left * left + range * range - left * range) / 36;
  const within = (meanExcess * meanExcess) / 2 + halfVariance;
  if (x >= high) return within;
  const missing = (high - x) * (high - x);
  return within - (missing * missing) / (12 * range * (high - peak));
}

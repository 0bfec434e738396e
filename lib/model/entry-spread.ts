import { clamp } from '@/lib/core/num';

import type { BookConfig } from './book-config';
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

export const createEntrySpread = (): EntrySpread => ({
  firstBin: 0,
  count: 0,
  weights: new Float64Array(64),
  sums: new Float64Array(65),
});

/**
 * Spreads entries over a bar's range: a triangle in ln(price) between low and high whose peak is at (high + low + close) / 3,
 * the stand-in for the volume-weighted mean, convolved with the blur's triangle. Real volume histograms scored no better.
 */
export function spreadEntries(
  bar: { readonly low: number; readonly high: number; readonly close: number },
  config: BookConfig,
  into: EntrySpread,
): void {
  const { binWidth, entryBlur } = config;
  // All in bins from here on.
  const low = Math.log(bar.low) / binWidth;
  const high = Math.log(bar.high) / binWidth;
  const peak = clamp(Math.log((bar.high + bar.low + bar.close) / 3) / binWidth, low, high);
  const blur = entryBlur / binWidth;
  const firstBin = Math.floor(low - blur);
  const count = Math.floor(high + blur) - firstBin + 1;
  if (count > into.weights.length) {
    into.weights = new Float64Array(2 * count);
    into.sums = new Float64Array(2 * count + 1);
  }
  into.firstBin = firstBin;
  into.count = count;
  const { weights, sums } = into;
  let before = 0;
  for (let i = 0; i < count; i++) {
    const through = i === count - 1 ? 1 : Math.max(before, blurredCdf(firstBin + i + 1, low, peak, high, blur));
    weights[i] = through - before;
    sums[i + 1] = through;
    before = through;
  }
}

/** The same entries on the mirrored axis. */
export function mirrorSpread(from: EntrySpread, into: EntrySpread): void {
  const { count } = from;
  if (count > into.weights.length) {
    into.weights = new Float64Array(2 * count);
    into.sums = new Float64Array(2 * count + 1);
  }
  into.firstBin = mirrorBin(from.firstBin + count - 1);
  into.count = count;
  for (let i = 0; i < count; i++) {
    into.weights[i] = from.weights[count - 1 - i];
    into.sums[i + 1] = into.sums[i] + into.weights[i];
  }
}

/** Below this range, in bins, a bar's triangle is a point. */
const POINT_RANGE = 1e-6;

/**
 * Distribution function at x of the sum of a triangle (low, peak, high) and one of +-blur. With X the first,
 * it is the second difference of E[max(x - X, 0)^2] / 2 over the blur.
 */
function blurredCdf(x: number, low: number, peak: number, high: number, blur: number): number {
  const difference =
    excessMoment(x + blur, low, peak, high) -
    2 * excessMoment(x, low, peak, high) +
    excessMoment(x - blur, low, peak, high);
  return clamp(difference / (blur * blur), 0, 1);
}

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

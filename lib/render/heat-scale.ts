import { HEAT_STEPS } from './palette';
import type { ProfileSums } from './profile-sums';

/** USD per cell where colour begins and where it is full. */
export interface HeatScale {
  readonly lo: number;
  readonly hi: number;
}

/** Keeps the logarithm's ends apart where a map holds nothing. */
const MIN_USD = 1e-6;

/** What the user set per bin; null follows the data. */
export interface HeatThresholds {
  readonly thresholdUsd: number | null;
  readonly fullUsd: number | null;
}

const FAINT_QUANTILE = 0.22;
const DENSE_QUANTILE = 0.992;
/** Share of the largest cell below which a cell counts as holding nothing: the estimate's soft tails are no levels. */
const HOLDS_SHARE = 1e-3;

/**
 * Where colour begins and ends for cells of k bins: percentiles of the whole profile's cells that hold anything, not of
 * the view, so that panning never changes a level's colour. Set thresholds are per bin and grow with the cell.
 */
export function heatScaleFromSums(sums: ProfileSums, binsPerCell: number, set: HeatThresholds): HeatScale {
  const { firstBin } = sums.profile;
  const binCount = sums.profile.long.length;
  const cells = new Float64Array(Math.ceil(binCount / binsPerCell) + 1);
  let largest = 0;
  let count = 0;
  // The same alignment as the drawn cells.
  for (let end = binsPerCell - (((firstBin % binsPerCell) + binsPerCell) % binsPerCell), start = 0; start < binCount;) {
    const stop = Math.min(end, binCount);
    const usd = sums.long[stop] - sums.long[start] + sums.short[stop] - sums.short[start];
    cells[count++] = usd;
    if (usd > largest) largest = usd;
    start = stop;
    end = stop + binsPerCell;
  }
  const held = cells.subarray(0, count).filter((usd) => usd > largest * HOLDS_SHARE);
  held.sort();
  const quantile = (q: number): number => held[Math.floor(held.length * q)] ?? 0;
  const lo = set.thresholdUsd === null ? quantile(FAINT_QUANTILE) : set.thresholdUsd * binsPerCell;
  const hi = set.fullUsd === null ? quantile(DENSE_QUANTILE) : set.fullUsd * binsPerCell;
  // A threshold of zero has no logarithm, and equal ends would divide by zero.
  const begin = Math.max(lo, hi * 1e-4, MIN_USD);
  return { lo: begin, hi: Math.max(hi, begin * 1.000001) };
}

/** Step of the colour table for a cell: t = ln(usd / lo) / ln(hi / lo), −1 below `lo`. */
export function heatStep(usd: number, scale: HeatScale): number {
  if (!(usd >= scale.lo)) return -1;
  if (usd >= scale.hi) return HEAT_STEPS - 1;
  const t = Math.log(usd / scale.lo) / Math.log(scale.hi / scale.lo);
  return Math.round(t * (HEAT_STEPS - 1));
}

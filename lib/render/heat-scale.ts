import type { ProfileSums } from './profile-sums';

/** Steps of a palette's colour table. Here, so that a page that only gauges carries no palettes. */
export const HEAT_STEPS = 256;

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

/**
 * How far from the market, in ln(price), colours are gauged. Further out lie few but very large levels of low leverage:
 * beside those, everything near the price would look faint.
 */
const GAUGED = 0.1;
const FAINT_QUANTILE = 0.22;
const DENSE_QUANTILE = 0.992;
/** Share of the largest cell below which a cell counts as holding nothing: the estimate's soft tails are no levels. */
const HOLDS_SHARE = 1e-3;

/**
 * Where colour begins and ends for cells of k bins: percentiles of the cells around the market that hold anything, not
 * of those in view, so that panning never changes a level's colour. Set thresholds are per bin and grow with the cell.
 */
export function heatScaleFromSums(sums: ProfileSums, binsPerCell: number, set: HeatThresholds): HeatScale {
  const { long, short, profile } = sums;
  const { firstBin, binWidth, markPrice } = profile;
  const binCount = profile.long.length;
  // The same alignment as the drawn cells.
  const market = Math.log(markPrice) / binWidth;
  const from = Math.floor(Math.max(firstBin, market - GAUGED / binWidth) / binsPerCell);
  const to = Math.ceil(Math.min(firstBin + binCount, market + GAUGED / binWidth) / binsPerCell);
  const count = Math.max(0, to - from);
  const cells = new Float64Array(count);
  let largest = 0;
  for (let i = 0; i < count; i++) {
    const start = Math.max(0, (from + i) * binsPerCell - firstBin);
    const stop = Math.min(binCount, (from + i + 1) * binsPerCell - firstBin);
    const usd = long[stop] - long[start] + short[stop] - short[start];
    cells[i] = usd;
    if (usd > largest) largest = usd;
  }
  const held = cells.filter((usd) => usd > largest * HOLDS_SHARE);
  held.sort();
  const quantile = (q: number): number => held[Math.floor(held.length * q)] ?? 0;
  const lo = set.thresholdUsd === null ? quantile(FAINT_QUANTILE) : set.thresholdUsd * binsPerCell;
  const hi = set.fullUsd === null ? quantile(DENSE_QUANTILE) : set.fullUsd * binsPerCell;
  // A threshold of zero has no logarithm, and equal ends would divide by zero.
  const begin = Math.max(lo, hi * 1e-4, MIN_USD);
  return { lo: begin, hi: Math.max(hi, begin * 1.000001) };
}

/** Steps of the colour table for cells: t = ln(usd / lo) / ln(hi / lo), −1 below `lo`. */
export function heatSteps({ lo, hi }: HeatScale): (usd: number) => number {
  const perLn = (HEAT_STEPS - 1) / Math.log(hi / lo);
  return (usd) => {
    if (!(usd >= lo)) return -1;
    return usd >= hi ? HEAT_STEPS - 1 : Math.round(Math.log(usd / lo) * perLn);
  };
}

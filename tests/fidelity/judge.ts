// The figures of the independent judge that stands beside the recordings, formula by formula, with what intervals need besides.
import type { SidesUsd } from '@/lib/market/profile';

import type { LiquidationBin } from './liquidation-bins';
import type { RecordedSet } from './recorded-set';

export type Side = 'long' | 'short';
export const SIDES = ['long', 'short'] as const;

/** What all models of a set are judged against: whole bins with an observed sum, and the baseline's fit of them. */
export interface Bench {
  readonly binStarts: readonly number[];
  /** [firstBar, endBar) of each bin. */
  readonly barRanges: readonly (readonly [number, number])[];
  readonly observed: Readonly<Record<Side, readonly number[]>>;
  /** Bins before this one are only learned from. */
  readonly burn: number;
  readonly baseFeatures: Readonly<Record<Side, readonly (readonly number[])[]>>;
  readonly baseErrors: Readonly<Record<Side, SquaredErrors>>;
}

/** Per bin after the burn: squared error of the fit, and of the mean of the past. */
interface SquaredErrors {
  readonly fit: readonly number[];
  readonly mean: readonly number[];
}

export interface SideJudgement {
  readonly addedR2: number;
  readonly spearman: number;
  /** Sum predicted / sum observed over all bins. */
  readonly dollars: number;
  readonly predicted: readonly number[];
  readonly errors: SquaredErrors;
}

export interface Judgement extends Readonly<Record<Side, SideJudgement>> {
  readonly addedR2: number;
  readonly spearman: number;
}

const MIN_BINS = 400;
const FIRST_FITTED = 60;
const REFIT_EVERY = 24;
const RIDGE = 1e-6;

/** Null where the set has no liquidations or too few of them. */
export function benchOf({ bars, liquidations }: RecordedSet): Bench | null {
  const isTraded = ({ firstBar, endBar }: LiquidationBin): boolean =>
    bars.slice(firstBar, endBar).every(({ volume }) => volume >= 0) &&
    bars.slice(firstBar, endBar).some(({ volume, high, low }) => volume > 0 && high > low);
  const bins = liquidations?.bins.filter((bin) => bin.isWhole && bin.observed !== null && isTraded(bin)) ?? [];
  if (bins.length < MIN_BINS) return null;
  const burn = Math.floor(bins.length * 0.2);
  const observed = {
    long: bins.map((bin) => bin.observed?.long ?? 0),
    short: bins.map((bin) => bin.observed?.short ?? 0),
  };
  const baseOf = (side: Side): readonly (readonly number[])[] =>
    bins.map(({ firstBar, endBar }) => {
      const own = bars.slice(firstBar, endBar);
      const open = bars[firstBar - 1]?.close ?? bars[0].open;
      const high = Math.max(...own.map((bar) => bar.high));
      const low = Math.min(...own.map((bar) => bar.low));
      const volume = own.reduce((sum, bar) => sum + bar.volume, 0);
      const move = Math.log1p(1e4 * Math.max(0, side === 'short' ? Math.log(high / open) : Math.log(open / low)));
      return [1, move, move ** 2, Math.log(volume), Math.log(high / low)];
    });
  const baseFeatures = { long: baseOf('long'), short: baseOf('short') };
  const baseErrors = {
    long: walkForward(baseFeatures.long, observed.long.map(Math.log1p), burn),
    short: walkForward(baseFeatures.short, observed.short.map(Math.log1p), burn),
  };
  const barRanges = bins.map(({ firstBar, endBar }) => [firstBar, endBar] as const);
  return { binStarts: bins.map(({ startMs }) => startMs), barRanges, observed, burn, baseFeatures, baseErrors };
}

/** Judges one value of each side per bar of the set. */
export function judge(bench: Bench, predictions: readonly SidesUsd[]): Judgement {
  const judgeSide = (side: Side): SideJudgement => {
    const observed = bench.observed[side];
    const predicted = bench.barRanges.map(([from, end]) => {
      let sum = 0;
      for (let i = from; i < end; i++) sum += predictions[i][side];
      return sum;
    });
    const features = bench.baseFeatures[side].map((row, i) => [...row, Math.log1p(Math.max(predicted[i], 0))]);
    const errors = walkForward(features, observed.map(Math.log1p), bench.burn);
    return {
      addedR2: rSquared(errors) - rSquared(bench.baseErrors[side]),
      spearman: pearson(ranks(predicted.slice(bench.burn)), ranks(observed.slice(bench.burn))),
      dollars: total(predicted) / Math.max(total(observed), 1),
      predicted,
      errors,
    };
  };
  const long = judgeSide('long');
  const short = judgeSide('short');
  return {
    long,
    short,
    addedR2: (long.addedR2 + short.addedR2) / 2,
    spearman: (long.spearman + short.spearman) / 2,
  };
}

const rSquared = ({ fit, mean }: SquaredErrors): number => 1 - total(fit) / total(mean);

/** Sum. */
const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

/** Ranks from 0, ties share their mean. */
export function ranks(values: readonly number[]): readonly number[] {
  const order = values.map((_, i) => i).sort((a, b) => values[a] - values[b]);
  const result: number[] = [];
  for (let i = 0; i < order.length;) {
    let j = i;
    while (j < order.length && values[order[j]] === values[order[i]]) j++;
    for (let k = i; k < j; k++) result[order[k]] = (i + j - 1) / 2;
    i = j;
  }
  return result;
}

function pearson(a: readonly number[], b: readonly number[]): number {
  const meanA = total(a) / a.length;
  const meanB = total(b) / b.length;
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    ab += (a[i] - meanA) * (b[i] - meanB);
    aa += (a[i] - meanA) ** 2;
    bb += (b[i] - meanB) ** 2;
  }
  return ab / Math.sqrt(aa * bb);
}

/** Ridge regression refitted every 24 bins on all bins before; sums are carried along, so each bin is added once. */
function walkForward(
  features: readonly (readonly number[])[],
  targets: readonly number[],
  burn: number,
): SquaredErrors {
  const size = features[0].length;
  const normal = Array.from({ length: size }, () => new Float64Array(size + 1));
  const fit: number[] = [];
  const mean: number[] = [];
  let added = FIRST_FITTED;
  let sum = 0;
  for (let start = burn; start < targets.length; start += REFIT_EVERY) {
    for (; added < start; added++) {
      sum += targets[added];
      const row = features[added];
      for (let a = 0; a < size; a++) {
        for (let b = 0; b < size; b++) normal[a][b] += row[a] * row[b];
        normal[a][size] += row[a] * targets[added];
      }
    }
    const weights = solve(normal);
    const average = sum / (start - FIRST_FITTED);
    for (let i = start; i < Math.min(start + REFIT_EVERY, targets.length); i++) {
      const predicted = features[i].reduce((value, feature, k) => value + feature * weights[k], 0);
      fit.push((targets[i] - predicted) ** 2);
      mean.push((targets[i] - average) ** 2);
    }
  }
  return { fit, mean };
}

/** Gauss-Jordan of the normal equations, a small ridge on the diagonal. */
export function solve(normal: readonly Float64Array[]): readonly number[] {
  const rows = normal.map((row, a) => row.map((value, b) => (a === b ? value + RIDGE : value)));
  const size = rows.length;
  for (let pivot = 0; pivot < size; pivot++) {
    for (let r = 0; r < size; r++) {
      if (r === pivot) continue;
      const factor = rows[r][pivot] / rows[pivot][pivot];
      for (let c = pivot; c <= size; c++) rows[r][c] -= factor * rows[pivot][c];
    }
  }
  return rows.map((row, a) => row[size] / row[a]);
}

import { middle95, resamples } from '@/lib/model/day-bootstrap';

import type { Bench, Judgement, Side } from './judge';
import { ranks, SIDES } from './judge';
import { dayOf } from './recorded-set';

export interface Interval {
  readonly value: number;
  /** 2.5 % and 97.5 % of the redrawn values. */
  readonly low: number;
  readonly high: number;
}

export interface ScoreIntervals {
  readonly addedR2: Interval;
  readonly spearman: Interval;
}

const DRAWS = 1_000;

/** Sums of one day, additive, so that a redraw of days is a sum of such. */
type DaySums = Float64Array;
const SIDE_SUMS = 9;

/**
 * Intervals by redrawing whole days, as liquidations cluster. The draws depend on the number of days alone, so every model of
 * a set sees the same ones and differences are paired. Fits and ranks are those of the whole sample.
 */
export function intervalsOf(bench: Bench, judgement: Judgement): ScoreIntervals {
  const draws = drawsOf(daySums(bench, judgement));
  return {
    addedR2: intervalFrom(
      judgement.addedR2,
      draws.map(({ addedR2 }) => addedR2),
    ),
    spearman: intervalFrom(
      judgement.spearman,
      draws.map(({ spearman }) => spearman),
    ),
  };
}

/** Interval of the difference `one` - `other` in added R2, paired. */
export function addedR2Difference(bench: Bench, one: Judgement, other: Judgement): Interval {
  const others = drawsOf(daySums(bench, other));
  const differences = drawsOf(daySums(bench, one)).map(({ addedR2 }, i) => addedR2 - others[i].addedR2);
  return intervalFrom(one.addedR2 - other.addedR2, differences);
}

/** Mean of values in blocks, with its interval. */
export function blockMean(blocks: readonly (readonly number[])[], draws = DRAWS): Interval {
  const sums = blocks.map((block) => [block.reduce((sum, value) => sum + value, 0), block.length] as const);
  const mean = (picked: readonly (readonly [number, number])[]): number =>
    picked.reduce((sum, [value]) => sum + value, 0) / picked.reduce((sum, [, count]) => sum + count, 0);
  return intervalFrom(
    mean(sums),
    resamples(sums.length, draws).map((indices) => mean(indices.map((i) => sums[i]))),
  );
}

const intervalFrom = (value: number, drawn: readonly number[]): Interval => ({ value, ...middle95(drawn) });

function daySums(bench: Bench, judgement: Judgement): readonly DaySums[] {
  const days = new Map<number, DaySums>();
  SIDES.forEach((side, s) => {
    const { predicted, errors } = judgement[side];
    const x = ranks(predicted.slice(bench.burn));
    const y = ranks(bench.observed[side].slice(bench.burn));
    for (let i = 0; i < x.length; i++) {
      const day = dayOf(bench.binStarts[bench.burn + i]);
      const sums = days.get(day) ?? new Float64Array(2 * SIDE_SUMS);
      days.set(day, sums);
      const base = bench.baseErrors[side].fit[i];
      const terms = [errors.fit[i], base, errors.mean[i], 1, x[i], y[i], x[i] ** 2, y[i] ** 2, x[i] * y[i]];
      terms.forEach((term, k) => (sums[s * SIDE_SUMS + k] += term));
    }
  });
  return [...days.values()];
}

function drawsOf(days: readonly DaySums[]): readonly { readonly addedR2: number; readonly spearman: number }[] {
  return resamples(days.length, DRAWS).map((indices) => {
    const sums = new Float64Array(2 * SIDE_SUMS);
    for (const index of indices) for (let k = 0; k < sums.length; k++) sums[k] += days[index][k];
    const sides = SIDES.map((_, s) => sums.subarray(s * SIDE_SUMS, (s + 1) * SIDE_SUMS));
    const addedR2 = sides.map(([fit, base, mean]) => (base - fit) / mean);
    const spearman = sides.map(
      ([, , , n, x, y, xx, yy, xy]) => (n * xy - x * y) / Math.sqrt((n * xx - x * x) * (n * yy - y * y)),
    );
    return { addedR2: (addedR2[0] + addedR2[1]) / 2, spearman: (spearman[0] + spearman[1]) / 2 };
  });
}

export interface Dollars {
  /** Sum predicted / sum observed after the learning period. */
  readonly ratio: number;
  /** The same in tenths of the bins by rising prediction. */
  readonly tenths: readonly { readonly predictedUsd: number; readonly observedUsd: number }[];
}

/** Dollars of one side, predicted for each bin and observed. */
export function dollarsOf(bench: Bench, side: Side, predicted: readonly number[]): Dollars {
  const pairs = predicted
    .map((usd, i) => [usd, bench.observed[side][i]] as const)
    .slice(bench.burn)
    .sort(([a], [b]) => a - b);
  const tenths = Array.from({ length: 10 }, (_, k) => {
    const part = pairs.slice(Math.floor((k * pairs.length) / 10), Math.floor(((k + 1) * pairs.length) / 10));
    return {
      predictedUsd: part.reduce((sum, [usd]) => sum + usd, 0),
      observedUsd: part.reduce((sum, [, usd]) => sum + usd, 0),
    };
  });
  const sum = (key: 'predictedUsd' | 'observedUsd'): number => tenths.reduce((all, tenth) => all + tenth[key], 0);
  return { ratio: sum('predictedUsd') / sum('observedUsd'), tenths };
}

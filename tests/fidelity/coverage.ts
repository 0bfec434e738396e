import type { BookConfig } from '@/lib/model/book-config';
import { createLearning, learnLeverageMix } from '@/lib/model/leverage-learning';
import type { SumInterval } from '@/lib/model/sum-interval';
import { usdInterval } from '@/lib/model/uncertainty';

import { calibrate, sumIntervals } from './calibration';
import { SIDES, type Bench, type Judgement, type Side } from './judge';
import type { Observer, Prediction } from './predict';
import type { RecordedSet } from './recorded-set';

/** Share of bins after the learning period whose observed sum lies in an 80 % interval. */
export interface Coverage {
  /** The interval of the sum itself, as the extension states it: off the prediction as it is judged. */
  readonly sums: number;
  /** The same off the expectation with the background. */
  readonly withBackground: number;
  /** The map's interval of positions at risk, times the learned share: it knows nothing of how bursty liquidations are. */
  readonly atRisk: number;
}

/** Watches a walk and takes, as each bin begins, the map's interval of what lies between the mark and the bin's extremes. */
export function watchRisk(set: RecordedSet, bench: Bench, config: BookConfig) {
  const { barRanges } = bench;
  const binAt = new Map(barRanges.map(([firstBar], i) => [firstBar, i]));
  // No set holds single liquidations of its own contract: the prior stands, with its own uncertainty.
  const mix = learnLeverageMix(createLearning(config), config.classes);
  const intervals: Record<Side, SumInterval[]> = { long: [], short: [] };
  let barsSeen = 0;
  const observe: Observer = (bar, _profile, book) => {
    const bin = binAt.get(++barsSeen);
    if (bin === undefined) return;
    const own = set.bars.slice(...barRanges[bin]);
    const extremes = {
      long: Math.min(bar.close, ...own.map(({ low }) => low)),
      short: Math.max(bar.close, ...own.map(({ high }) => high)),
    };
    for (const side of SIDES) {
      const { lowUsd, highUsd } = usdInterval(book, mix, side, bar.close, extremes[side]);
      intervals[side][bin] = { low: lowUsd, high: highUsd };
    }
  };
  const atRisk = (side: Side, predictions: readonly Prediction[]): readonly SumInterval[] =>
    barRanges.map(([firstBar], i) => {
      const share = predictions[firstBar].share[side];
      const { low, high } = intervals[side][i] ?? { low: 0, high: 0 };
      return { low: share * low, high: share * high };
    });
  return { observe, atRisk };
}

/** What one side of ours expects in dollars once the background is added, and how often intervals hold what was observed. */
export function calibrateSide(
  bench: Bench,
  side: Side,
  ours: Judgement,
  background: Judgement,
  atRisk: readonly SumInterval[],
): { readonly expected: readonly number[]; readonly coverage: Coverage } {
  const observed = bench.observed[side];
  const expected = calibrate({
    predicted: ours[side].predicted,
    background: background[side].predicted,
    observed,
  });
  const held = (intervals: readonly SumInterval[]): number => {
    const later = observed.slice(bench.burn);
    const inside = later.filter((usd, k) => {
      const { low, high } = intervals[bench.burn + k];
      return usd >= low && usd <= high;
    });
    return inside.length / later.length;
  };
  return {
    expected,
    coverage: {
      sums: held(sumIntervals(ours[side].predicted, observed)),
      withBackground: held(sumIntervals(expected, observed)),
      atRisk: held(atRisk),
    },
  };
}

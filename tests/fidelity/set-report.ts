import type { SidesUsd } from '@/lib/market/profile';
import type { RiskTiers } from '@/lib/market/risk-tier';

import {
  addedR2Difference,
  dollarsOf,
  intervalsOf,
  type Dollars,
  type Interval,
  type ScoreIntervals,
} from './bootstrap';
import { calibrateSide, watchRisk, type Coverage } from './coverage';
import { entryPathWorth, type EntryPathWorth } from './entry-path';
import { benchOf, judge, type Bench, type Judgement, type Side } from './judge';
import { watchLaws, type Laws } from './laws';
import { configOf, runModels, type ModelRun } from './models';
import type { RecordedSet } from './recorded-set';

export interface ModelScore extends ScoreIntervals {
  readonly id: string;
  readonly label: string;
  readonly kind: ModelRun['kind'];
  readonly long: SideScore;
  readonly short: SideScore;
}

interface SideScore {
  readonly addedR2: number;
  readonly spearman: number;
  /** Predicted / observed over all bins, and after the learning period in all and by tenths of the prediction. */
  readonly dollars: number;
  readonly learned: Dollars;
}

export interface SetReport {
  readonly name: string;
  readonly symbol: string;
  readonly barMs: number;
  readonly barCount: number;
  readonly binCount: number;
  readonly venues: readonly string[];
  readonly isSampled: boolean;
  /** Empty where the set has no or too few liquidations. */
  readonly scores: readonly ModelScore[];
  /** Ours less the best null and less the best peer in added R2, paired by day. */
  readonly lead: readonly { readonly over: string; readonly addedR2: Interval }[];
  /** Per side: dollars with the background added, and how often 80 % intervals hold. Null without scores. */
  readonly expected: Readonly<Record<Side, Expected>> | null;
  /** Learned share liquidated, at the end of the set. */
  readonly share: SidesUsd;
  readonly laws: Laws;
  readonly entryPath: EntryPathWorth | null;
  readonly runs: readonly ModelRun[];
  readonly timesMs: readonly number[];
}

interface Expected {
  readonly dollars: Dollars;
  readonly coverage: Coverage;
}

/** Runs everything on one set, walk-forward. */
export function backTest(set: RecordedSet, tiers: RiskTiers): SetReport {
  const config = configOf(set, tiers);
  const laws = watchLaws(set, config);
  const bench = benchOf(set);
  const risk = bench === null ? null : watchRisk(set, bench, config);
  const { runs, predictions } = runModels(set, config, (bar, profile, book) => {
    laws.observe(bar, profile, book);
    risk?.observe(bar, profile, book);
  });
  const judged = bench === null ? [] : runs.map((run) => ({ run, judgement: judge(bench, run.usd) }));
  return {
    name: set.name,
    symbol: set.symbol,
    barMs: set.barMs,
    barCount: set.bars.length,
    binCount: bench?.binStarts.length ?? 0,
    venues: set.liquidations?.venues ?? [],
    isSampled: set.liquidations?.isSampled ?? false,
    scores: bench === null ? [] : judged.map(({ run, judgement }) => scoreOf(bench, run, judgement)),
    lead: bench === null ? [] : leadOf(bench, judged),
    expected:
      bench === null || risk === null ? null : expectedOf(bench, judged, (side) => risk.atRisk(side, predictions)),
    share: predictions[predictions.length - 1].share,
    laws: laws.finish(),
    entryPath: entryPathWorth(set, tiers),
    runs,
    timesMs: set.bars.map(({ openTimeMs }) => openTimeMs),
  };
}

function scoreOf(bench: Bench, { id, label, kind }: ModelRun, judgement: Judgement): ModelScore {
  const side = (name: Side): SideScore => {
    const { addedR2, spearman, dollars } = judgement[name];
    return { addedR2, spearman, dollars, learned: dollarsOf(bench, name, judgement[name].predicted) };
  };
  return { id, label, kind, ...intervalsOf(bench, judgement), long: side('long'), short: side('short') };
}

interface Judged {
  readonly run: ModelRun;
  readonly judgement: Judgement;
}

function expectedOf(
  bench: Bench,
  judged: readonly Judged[],
  atRiskOf: (side: Side) => ReturnType<ReturnType<typeof watchRisk>['atRisk']>,
): SetReport['expected'] {
  const ours = judged.find(({ run }) => run.kind === 'ours')?.judgement;
  const background = judged.find(({ run }) => run.id === 'N1')?.judgement;
  if (ours === undefined || background === undefined) return null;
  const side = (name: Side): Expected => {
    const { expected, coverage } = calibrateSide(bench, name, ours, background, atRiskOf(name));
    return { dollars: dollarsOf(bench, name, expected), coverage };
  };
  return { long: side('long'), short: side('short') };
}

function leadOf(bench: Bench, judged: readonly Judged[]): SetReport['lead'] {
  const ours = judged.find(({ run }) => run.kind === 'ours');
  return (['null', 'peer'] as const).flatMap((kind) => {
    const rivals = judged.filter(({ run }) => run.kind === kind);
    if (ours === undefined || rivals.length === 0) return [];
    const best = rivals.reduce((a, b) => (b.judgement.addedR2 > a.judgement.addedR2 ? b : a));
    return [{ over: best.run.label, addedR2: addedR2Difference(bench, ours.judgement, best.judgement) }];
  });
}

import { DAY_MS, floorToStep } from '@/lib/core/time';
import type { ContractId } from '@/lib/market/contract';
import type { BarScore, Score } from '@/lib/market/score';
import { scoreFromRows } from '@/lib/model/score-from-rows';
import type { MarketLog } from '@/lib/store/log/market-log';

import { byExpected, byMove, liftCurve, type LiftPoint } from './lift-curve';

export type ScoreSource = Pick<MarketLog, 'readBarScores' | 'readLocationScores'>;

const KEPT_DAYS = 30;
const GROUPS = 10;

/** Bars of similar expectation: what was expected of them and what then happened, USD of both sides. */
export interface Reliability {
  readonly bars: number;
  readonly expectedUsd: number;
  readonly observedUsd: number;
}

export interface Scores {
  readonly month: Score | null;
  /** Newest first. */
  readonly days: readonly { readonly startMs: number; readonly score: Score }[];
  /** From the least expected tenth of bars to the most. */
  readonly reliability: readonly Reliability[];
  /** Bars ranked by what was expected of them, and by price's move alone. */
  readonly lift: { readonly map: readonly LiftPoint[]; readonly move: readonly LiftPoint[] };
}

/** How true a contract's map was, day by day, from what was scored as it happened. */
export async function readScores(source: ScoreSource, contractId: ContractId, nowMs: number): Promise<Scores> {
  const fromMs = floorToStep(nowMs, DAY_MS) - (KEPT_DAYS - 1) * DAY_MS;
  const bars = await source.readBarScores(contractId, fromMs);
  const places = await source.readLocationScores(contractId, fromMs);
  const starts = new Set(bars.map(({ openTimeMs }) => floorToStep(openTimeMs, DAY_MS)));
  const days = [...starts].toReversed().flatMap((startMs) => {
    const score = scoreFromRows(
      bars.filter(({ openTimeMs }) => floorToStep(openTimeMs, DAY_MS) === startMs),
      places.filter((place) => floorToStep(place.startMs, DAY_MS) === startMs),
    );
    return score === null ? [] : [{ startMs, score }];
  });
  return { month: scoreFromRows(bars, places), days, reliability: reliabilityOf(bars), lift: liftOf(bars) };
}

const liftOf = (bars: readonly BarScore[]): Scores['lift'] => ({
  map: liftCurve(bars, byExpected),
  move: liftCurve(bars, byMove),
});

/** Bars by rank of what was expected of them, in tenths; fewer bars make fewer groups. */
export function reliabilityOf(bars: readonly BarScore[]): Reliability[] {
  const sorted = bars
    .map(({ expected, observed }) => ({
      expectedUsd: expected.long + expected.short,
      observedUsd: observed.long + observed.short,
    }))
    .sort((a, b) => a.expectedUsd - b.expectedUsd);
  const groups = Math.min(GROUPS, sorted.length);
  return Array.from({ length: groups }, (_, i) => {
    const part = sorted.slice(Math.round((i * sorted.length) / groups), Math.round(((i + 1) * sorted.length) / groups));
    return {
      bars: part.length,
      expectedUsd: part.reduce((sum, bar) => sum + bar.expectedUsd, 0),
      observedUsd: part.reduce((sum, bar) => sum + bar.observedUsd, 0),
    };
  });
}

// The map against the truth of the synthetic market: truth.ts [--seeds N] [--first N]
import { parseArgs } from 'node:util';

import type { PositionSide } from '@/lib/market/liquidation';
import type { BookConfig } from '@/lib/model/book-config';
import {
  bestScale,
  cumulativeR2,
  earthMoversDistance,
  mapFromLevels,
  mapFromProfile,
  scaleMap,
  type Level,
  type LevelMap,
} from '@/lib/model/level-map';
import { createLearning, learnLeverageMix, observeBar, type LearnedMix } from '@/lib/model/leverage-learning';
import { createPositionBook, foldBar, seedPositionBook, type PositionBook } from '@/lib/model/position-book';
import { profileFromBook } from '@/lib/model/profile-from-book';
import { usdInterval } from '@/lib/model/uncertainty';
import { SCENARIO_KINDS, type ScenarioKind } from '@/tests/market/synthetic-scenarios';

import { totalVariation, tradeTruthMarket, trueLevels, trueMix, type TruthMarket } from './truth-market';
import { PEER_LEVELS } from './truth-peers';

const DAYS = 30;
const DAY_BARS = 288;
/** The book fills before it learns, and learns for days before it is judged. */
const LEARNING_DAY = 10;
const JUDGED_DAY = 20;
/** The mix is compared with truth once so many liquidations were seen. */
const EVENTS = 3_000;
/** Ranges whose interval is checked, as fractions of the mark: totals, and single levels. */
const TOTALS = [0.01, 0.02, 0.05, 0.1];
const LEVELS = [0.01, 0.02, 0.035, 0.05, 0.08].map((distance) => [distance, distance + 0.0025] as const);

export interface MapScore {
  readonly r2: number;
  readonly emd: number;
}

export interface TruthReport {
  readonly kind: ScenarioKind;
  readonly seed: number;
  readonly totalVariation: number;
  readonly eventCount: number;
  /** Means over the judged days; peers' dollars are brought to the truth's by the factor that suits them best. */
  readonly scores: Readonly<Record<string, MapScore>>;
  /** Share of 80 % intervals that hold the truth. */
  readonly totalsCovered: number;
  readonly levelsCovered: number;
}

/** Once a day the mix in force is learned anew from a fold of all bars under the one before, as the extension does it. */
export function judgeTruth(kind: ScenarioKind, seed: number): TruthReport {
  const truth = tradeTruthMarket(kind, seed, DAYS);
  const mixTruth = trueMix(truth);
  let config = truth.config;
  let variation = { value: NaN, eventCount: 0 };
  const scores = new Map<string, MapScore[]>();
  const totals: boolean[] = [];
  const levels: boolean[] = [];
  for (let day = LEARNING_DAY + 1; day <= DAYS; day++) {
    const { mix } = foldAndLearn(truth, config, day * DAY_BARS);
    if (variation.eventCount < EVENTS) {
      const upTo = foldAndLearn(truth, config, day * DAY_BARS, EVENTS).mix;
      const shares = upTo.classes.map(({ share }) => share);
      variation = { value: totalVariation(config, shares, mixTruth), eventCount: upTo.eventCount };
    }
    config = { ...config, classes: mix.classes };
    if (day <= JUDGED_DAY) continue;
    const { book } = foldAndLearn(truth, config, day * DAY_BARS);
    const bar = truth.bars[day * DAY_BARS - 1];
    const actualLevels = trueLevels(truth, day * DAY_BARS - 1);
    const actual = mapFromLevels(actualLevels, bar.markClose);
    const prices = { markPrice: bar.markClose, lastPrice: bar.close, asOfMs: bar.openTimeMs };
    addScore(scores, 'ours', mapFromProfile(profileFromBook(book, prices)), actual);
    const byMinute = foldAndLearn({ ...truth, bars: truth.minuteBars }, config, day * DAY_BARS).book;
    addScore(scores, 'ours, entries by minute', mapFromProfile(profileFromBook(byMinute, prices)), actual);
    const past = truth.bars.slice(0, day * DAY_BARS);
    for (const [name, levelsOf] of Object.entries(PEER_LEVELS)) {
      const map = mapFromLevels(levelsOf(past, truth.market.initialOpenInterest), bar.markClose);
      const factor = bestScale(map, actual);
      addScore(scores, name, scaleMap(map, { long: factor, short: factor }), actual);
    }
    totals.push(...TOTALS.flatMap((far) => checkIntervals(book, mix, actualLevels, bar.markClose, 0, far)));
    levels.push(...LEVELS.flatMap(([near, far]) => checkIntervals(book, mix, actualLevels, bar.markClose, near, far)));
  }
  return {
    kind,
    seed,
    totalVariation: variation.value,
    eventCount: variation.eventCount,
    scores: Object.fromEntries([...scores].map(([name, days]) => [name, meanScore(days)])),
    totalsCovered: shareOf(totals),
    levelsCovered: shareOf(levels),
  };
}

/** The book after `barCount` bars, and what the liquidations since the learning day say, up to a number of them. */
function foldAndLearn(
  { market, bars, liquidations, config: { classes: prior } }: TruthMarket,
  config: BookConfig,
  barCount: number,
  mostEvents = Infinity,
): { readonly book: PositionBook; readonly mix: LearnedMix } {
  const book = createPositionBook(config);
  seedPositionBook(book, [], market.initialOpenInterest);
  const state = createLearning(config);
  for (let i = 0; i < barCount; i++) {
    foldBar(book, bars[i]);
    if (i >= LEARNING_DAY * DAY_BARS && state.eventCount < mostEvents) observeBar(state, book, liquidations[i]);
  }
  return { book, mix: learnLeverageMix(state, prior) };
}

function addScore(scores: Map<string, MapScore[]>, name: string, map: LevelMap, actual: LevelMap): void {
  const days = scores.get(name) ?? [];
  days.push({ r2: cumulativeR2(map, actual), emd: earthMoversDistance(map, actual) });
  scores.set(name, days);
}

function checkIntervals(
  book: PositionBook,
  mix: LearnedMix,
  levels: readonly Level[],
  mark: number,
  near: number,
  far: number,
): readonly boolean[] {
  return (['long', 'short'] as const).map((positionSide: PositionSide) => {
    const sign = positionSide === 'long' ? -1 : 1;
    const [from, to] = [mark * (1 + sign * near), mark * (1 + sign * far)];
    const interval = usdInterval(book, mix, positionSide, from, to);
    const [low, high] = [Math.min(from, to), Math.max(from, to)];
    const isInside = (level: Level): boolean =>
      level.positionSide === positionSide && level.price >= low && level.price < high;
    const usd = levels.filter(isInside).reduce((sum, level) => sum + level.usd, 0);
    return usd >= interval.lowUsd && usd <= interval.highUsd;
  });
}

const shareOf = (flags: readonly boolean[]): number => flags.filter(Boolean).length / flags.length;
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const meanScore = (days: readonly MapScore[]): MapScore => ({
  r2: mean(days.map(({ r2 }) => r2)),
  emd: mean(days.map(({ emd }) => emd)),
});

/** One line per market and, per scenario, means over seeds beside every peer's. */
export function formatTruth(reports: readonly TruthReport[]): string {
  const lines: string[] = [];
  for (const kind of SCENARIO_KINDS) {
    const own = reports.filter((report) => report.kind === kind);
    if (own.length === 0) continue;
    lines.push(`${kind}, ${own.length} seeds: R2 of cumulative USD within 10 %, earth mover's distance in % of price`);
    for (const name of Object.keys(own[0].scores)) {
      const r2s = own.map(({ scores }) => scores[name].r2);
      const emd = mean(own.map(({ scores }) => scores[name].emd));
      const range = `(${Math.min(...r2s).toFixed(3)} to ${Math.max(...r2s).toFixed(3)})`;
      lines.push(`  ${name.padEnd(28)} ${mean(r2s).toFixed(3)} ${range.padEnd(20)} ${(100 * emd).toFixed(3)} %`);
    }
    const variations = own.map((report) => report.totalVariation);
    lines.push(
      `  mix above 10x, total variation ${mean(variations).toFixed(3)} (to ${Math.max(...variations).toFixed(3)})`,
    );
    const covered = [mean(own.map((each) => each.totalsCovered)), mean(own.map((each) => each.levelsCovered))];
    lines.push(
      `  80 % intervals hold ${covered.map((share) => `${(100 * share).toFixed(0)} %`).join(' of totals, ')} of levels`,
    );
  }
  return lines.join('\n');
}

/** Both scenarios over the seeds from `first` on. */
export const judgeSeeds = (count: number, first = 1): readonly TruthReport[] =>
  SCENARIO_KINDS.flatMap((kind) => Array.from({ length: count }, (_, i) => judgeTruth(kind, first + i)));

if (process.argv[1] === import.meta.filename) {
  const { values } = parseArgs({
    options: { seeds: { type: 'string', default: '20' }, first: { type: 'string', default: '1' } },
  });
  console.log(formatTruth(judgeSeeds(Number(values.seeds), Number(values.first))));
}

import { DAY_MS, HOUR_MS, floorToStep } from '@/lib/core/time';
import { BAR_MS, type Bar } from '@/lib/market/bar';
import { usdOf, type Contract } from '@/lib/market/contract';
import type { Liquidation, PositionSide } from '@/lib/market/liquidation';
import type { Profile, SidesUsd } from '@/lib/market/profile';
import type { BarScore, Score } from '@/lib/market/score';
import { knownShareFromScores, markPath, scoreBar, shareOf, type FrozenBar } from '@/lib/model/bar-score';
import type { BookConfig } from '@/lib/model/book-config';
import { pastHours } from '@/lib/model/expected-sums';
import { columnFromStored, profileFromColumn } from '@/lib/model/history';
import { NO_OBSERVATION } from '@/lib/model/liquidated-share';
import { liquidationPlace, scoreLocation } from '@/lib/model/location-score';
import type { PositionBook } from '@/lib/model/position-book';
import { crossedUsd, nextActivity, NO_ACTIVITY } from '@/lib/model/prediction';
import { profileFromBook } from '@/lib/model/profile-from-book';
import type { FeedSampling } from '@/lib/model/sampled-feed';
import { scoreFromRows } from '@/lib/model/score-from-rows';
import { ENOUGH_SUMS, type PastSums, type SumInterval } from '@/lib/model/sum-interval';
import { readRecordedEvents, type RecordedEvents } from '@/lib/services/liquidations/recorded-events';
import type { MarketLog } from '@/lib/store/log/market-log';

/** Scores count this long. */
const KEPT_MS = 30 * DAY_MS;
/** Bars whose volume the expected one is taken from. */
const ACTIVITY_MS = DAY_MS;

/**
 * Says of each closed bar what the map before it expected, and keeps what then happened. A bar is scored once, off the map of
 * its own time; whatever is learned from scores comes from whole hours before, so a restart learns the same.
 */
export interface Scoreboard {
  /** Reads the map before a bar that is about to be folded; `liquidations` are all that it brought. */
  freeze(book: PositionBook, bar: Bar, markBefore: number, liquidations: readonly Liquidation[]): void;
  /** Scores the frozen bars and places the liquidations of the hours that ended by `throughMs`. */
  settle(throughMs: number): Promise<void>;
  /** Brings what follows up to the last full hour, for whoever shows it; true where it is another now. */
  sumUp(): Promise<boolean>;
  /** The last 24 hours and all that is kept; null before anything was scored. */
  readonly lastDay: Score | null;
  readonly month: Score | null;
  /** Share of crossed USD at risk that is expected to be reported as liquidated. */
  readonly liquidatedShare: (openInterestUsd: number) => SidesUsd;
  /** 80 % interval of an hour's liquidations of a side where so much is expected of it; null before enough hours were scored. */
  readonly expectedInterval: (side: PositionSide, expectedUsd: number) => SumInterval | null;
}

export async function createScoreboard(
  contract: Contract,
  log: MarketLog,
  sampling: FeedSampling,
  nowMs: number,
): Promise<Scoreboard> {
  const [learningStartMs, scored, placed] = await Promise.all([
    log.readLearningStart(contract.id),
    log.readBarScores(contract.id, nowMs - DAY_MS),
    log.readLocationScores(contract.id, nowMs - DAY_MS),
  ]);
  // Bars from before there were scores stay unscored: reading a map for each would hold up the first one.
  let scoredMs = scored.at(-1)?.openTimeMs ?? nowMs - HOUR_MS;
  /** An earlier worker may have left hours to which the maps were still to be made. */
  const placedHours = new Set(placed.map(({ startMs }) => startMs));
  let nextHourMs = floorToStep(nowMs, HOUR_MS) - DAY_MS;
  let unplaced: number[] = [];
  let placedThroughMs = -Infinity;
  let frozen: (FrozenBar & { readonly config: BookConfig })[] = [];
  let map: Profile<Float32Array> | undefined;
  let known = { share: NO_OBSERVATION, beforeMs: -1 };
  let settledHourMs = -1;
  let figuresMs = -1;
  let isRefused = false;
  let lastDay: Score | null = null;
  let month: Score | null = null;
  let hours: Readonly<Record<PositionSide, PastSums>> | null = null;

  const shareBefore = async (hourMs: number): Promise<typeof NO_OBSERVATION> => {
    if (known.beforeMs === hourMs) return known.share;
    const scores = await log.readBarScores(contract.id, Math.max(hourMs - KEPT_MS, learningStartMs), hourMs);
    const share = knownShareFromScores(scores);
    known = { share, beforeMs: hourMs };
    return share;
  };

  /** Hour by hour, as each learns from what was written of those before it; what was not written is scored again. */
  const scoreFrozen = async (): Promise<void> => {
    const hourOf = ({ bar }: FrozenBar) => floorToStep(bar.openTimeMs, HOUR_MS);
    while (frozen.length > 0) {
      const hourMs = hourOf(frozen[0]);
      const due = frozen.filter((each) => hourOf(each) === hourMs);
      const share = await shareBefore(hourMs);
      const scores: BarScore[] = [];
      for (const each of due) {
        const before = await log.readBars(contract.id, hourMs - ACTIVITY_MS, each.bar.openTimeMs);
        const facts = { contract, sampling, config: each.config };
        scores.push(scoreBar(each, facts, before.reduce(nextActivity, NO_ACTIVITY), share));
      }
      await log.appendBarScores(contract.id, scores);
      frozen = frozen.filter((each) => !due.includes(each));
    }
  };

  const readMap = async (timeMs: number): Promise<Profile | null> => {
    const [row] = await log.readColumns(contract.id, timeMs, timeMs + 1);
    const column = row === undefined ? null : columnFromStored(row.column);
    return column && profileFromColumn(column);
  };

  /** Nothing where the hour was not recorded throughout. */
  const place = async (startMs: number, recorded: RecordedEvents): Promise<void> => {
    const openTimes = Array.from({ length: HOUR_MS / BAR_MS }, (_, nth) => startMs + nth * BAR_MS);
    const told = openTimes.map(recorded);
    if (told.includes(null) || told.every((events) => events?.length === 0)) return;
    const bars = await log.readBars(contract.id, startMs, startMs + HOUR_MS);
    if (bars.length < openTimes.length) return;
    const events = bars.flatMap((bar) =>
      (recorded(bar.openTimeMs) ?? []).map((event) => ({
        positionSide: event.positionSide,
        price: liquidationPlace(event, bar),
        usd: usdOf(contract, event.qty, event.bankruptcyPrice),
      })),
    );
    const [before, dayOld] = await Promise.all([readMap(startMs), readMap(startMs - DAY_MS)]);
    if (before === null) return;
    const paths = bars.map((bar) => markPath(before.markPrice, bar));
    const path = { high: Math.max(...paths.map(({ high }) => high)), low: Math.min(...paths.map(({ low }) => low)) };
    const score = scoreLocation(startMs, before, dayOld, path, events);
    if (score !== null) await log.appendLocationScores(contract.id, [score]);
  };

  /** Maps that a long fold went over are made later, those of bars that wait for their open interest once it is known. */
  const placeUpTo = async (throughMs: number): Promise<void> => {
    if (throughMs === placedThroughMs) return;
    for (; nextHourMs + HOUR_MS <= throughMs; nextHourMs += HOUR_MS)
      if (!placedHours.has(nextHourMs)) unplaced.push(nextHourMs);
    const due = unplaced.filter((startMs) => startMs > throughMs - DAY_MS);
    const counts = await Promise.all(due.map((startMs) => log.countColumns(contract.id, startMs, startMs + 1)));
    const mapped = due.filter((_, nth) => counts[nth] > 0);
    if (mapped.length > 0) {
      const endMs = mapped[mapped.length - 1] + HOUR_MS;
      const recorded = await readRecordedEvents(log, contract, mapped[0], endMs);
      for (const startMs of mapped) await place(startMs, recorded);
    }
    unplaced = due.filter((_, nth) => counts[nth] === 0);
    placedThroughMs = throughMs;
  };

  const sumUpThrough = async (hourMs: number): Promise<void> => {
    const [bars, places] = await Promise.all([
      log.readBarScores(contract.id, hourMs - KEPT_MS, hourMs),
      log.readLocationScores(contract.id, hourMs - KEPT_MS, hourMs),
      shareBefore(hourMs),
    ]);
    const isLastDay = (timeMs: number) => timeMs >= hourMs - DAY_MS;
    month = scoreFromRows(bars, places);
    hours = { long: pastHours(bars, 'long'), short: pastHours(bars, 'short') };
    lastDay = scoreFromRows(
      bars.filter(({ openTimeMs }) => isLastDay(openTimeMs)),
      places.filter(({ startMs }) => isLastDay(startMs)),
    );
  };

  const sumUp = async (): Promise<boolean> => {
    if (settledHourMs === figuresMs) return false;
    // Set at once: it is asked for again while it reads.
    figuresMs = settledHourMs;
    try {
      await sumUpThrough(settledHourMs);
    } catch (cause) {
      isRefused = true;
      throw cause;
    }
    return true;
  };

  return {
    freeze(book, bar, markBefore, liquidations) {
      if (bar.openTimeMs <= scoredMs) return;
      scoredMs = bar.openTimeMs;
      map = profileFromBook(book, { markPrice: markBefore, lastPrice: markBefore, asOfMs: bar.openTimeMs }, map);
      const path = markPath(markBefore, bar);
      const { openInterestUsd } = map;
      const crossed = crossedUsd(map, path);
      frozen.push({ bar, path, liquidations, crossed, openInterestUsd, config: book.config });
    },
    async settle(throughMs) {
      await scoreFrozen();
      await placeUpTo(throughMs);
      settledHourMs = floorToStep(throughMs, HOUR_MS);
      // Not before: a store that refuses would be asked with every picture.
      if (isRefused) figuresMs = -1;
      isRefused = false;
    },
    sumUp,
    get lastDay() {
      return lastDay;
    },
    get month() {
      return month;
    },
    liquidatedShare: (openInterestUsd) => shareOf(known.share, sampling, openInterestUsd),
    expectedInterval: (side, expectedUsd) =>
      hours === null || hours[side].count < ENOUGH_SUMS ? null : hours[side].intervalOf(expectedUsd),
  };
}

import type { TimeSpan } from '@/lib/core/ranges';
import { HOUR_MS } from '@/lib/core/time';
import { BAR_MS, type Bar, type FoldBar } from '@/lib/market/bar';
import type { Contract } from '@/lib/market/contract';
import { joinFoldBars } from '@/lib/market/join-bars';
import type { PositionSide } from '@/lib/market/liquidation';
import type { MixInForce } from '@/lib/market/mix-in-force';
import type { PriorName } from '@/lib/market/prior';
import type { Profile } from '@/lib/market/profile';
import type { RiskTiers } from '@/lib/market/risk-tier';
import type { Summary } from '@/lib/market/summary';
import { barLiquidations } from '@/lib/model/bar-liquidations';
import { bookConfigKey, createBookConfig } from '@/lib/model/book-config';
import { createLearning, observeBar } from '@/lib/model/leverage-learning';
import { configUnderMix, mixUncertainty } from '@/lib/model/next-mix';
import { openedPerHeld } from '@/lib/model/observed-mix';
import { packLearning } from '@/lib/model/pack-learning';
import { copyPositionBook, createPositionBook, foldBar, type PositionBook } from '@/lib/model/position-book';
import { profileFromBook, usdByLeverage } from '@/lib/model/profile-from-book';
import type { FeedSampling } from '@/lib/model/sampled-feed';
import { createSharedBooks, type SharedBooks } from '@/lib/model/shared-books';
import { usdInterval, type UsdInterval } from '@/lib/model/uncertainty';
import { readRecordedEvents } from '@/lib/services/liquidations/recorded-events';
import type { Turns } from '@/lib/services/scheduling/turns';
import type { MarketLog } from '@/lib/store/log/market-log';

import { checkpointSnapshot, restoreNewest } from './checkpoint';
import { createFoldLog } from './fold-log';
import { foldHeld, type HeldBook } from './held-book';
import { columnAfter, fillStretch, hasColumns, stretchesOf } from './history-columns';
import { learningGroup } from './learn-mix';
import type { Scoreboard } from './scoreboard';

const CHECKPOINT_MS = HOUR_MS;
/** A longer fold leaves its as-of columns to `fillColumns`. */
const LONG_FOLD_BARS = 12;
/** How far beyond what can be folded a map looks for bars: one that lacks more is not shown. */
const PENDING_MS = HOUR_MS + BAR_MS;

/** What only the live streams know: the bars after the last one folded, the newest possibly still open. */
export interface LiveInput {
  readonly bars: readonly FoldBar[];
  readonly markPrice: number;
  readonly lastPrice: number;
  readonly asOfMs: number;
}

/** One contract's position book: a pure fold of the stored log, plus a copy that the live bars are folded on. */
export interface Estimator {
  /**
   * Folds what the log holds between `throughMs` and `untilMs`, before which it lacks nothing; true when something was folded.
   * `polledOpenInterest` serves where the log has none yet, for the map of the moment only; NaN where it is not known.
   */
  advance(untilMs: number, polledOpenInterest?: number): Promise<boolean>;
  /** End of the last bar that the map rests on; the history's start before the first. */
  readonly throughMs: number;
  /** Bars that are in the log but not yet final, oldest first: their open interest is not published yet. */
  readonly pendingBars: readonly Bar[];
  /**
   * Makes the as-of columns that are missing because a long fold went over them, slice by slice, a turn for each stretch from
   * the newest on; at once done where none is.
   */
  fillColumns(turns: Turns, pause: () => Promise<void>, signal: AbortSignal): Promise<void>;
  /** Since when none of those is missing: 0 before that is known, less and another number after each long fold where none is. */
  readonly filledFromMs: number;
  /** End of the last bar whose state is stored. */
  readonly savedThroughMs: number;
  /** Share of opened quantity per leverage, as the configuration states it. */
  readonly leverageMix: Summary['leverageMix'];
  /** What taught that mix; null where it is the stated prior. */
  readonly mixInForce: MixInForce | null;
  /** Per class, share of what is opened / share of what is open, in the book of closed bars. */
  readonly openedPerHeld: readonly number[];
  /** Liquidations gathered to learn from. */
  readonly eventCount: number;
  /** The map of the moment, with its groups of leverage where they are wanted. */
  profile(live: LiveInput, hasGroups?: boolean): Profile<Float32Array>;
  /** 80 % interval of the USD between two prices on one side of the last profile. */
  interval(side: PositionSide, fromPrice: number, toPrice: number): UsdInterval;
}

export interface EstimatorOptions {
  readonly sampling?: FeedSampling;
  /** Told of every bar that was recorded throughout, before it is folded. */
  readonly scoreboard?: Pick<Scoreboard, 'freeze'>;
  /** What is assumed of leverage where nothing was learned. */
  readonly prior?: PriorName;
  /** Where the live bars are folded; may be the same of all contracts. */
  readonly liveBooks?: SharedBooks;
}

/** Restores the newest usable checkpoint, or starts an empty book at the history's start; `advance` folds the rest. */
export async function createEstimator(
  contract: Contract,
  tiers: RiskTiers,
  historyStartMs: number,
  log: MarketLog,
  { sampling = 'complete', scoreboard, prior = 'stated', liveBooks = createSharedBooks() }: EstimatorOptions = {},
): Promise<Estimator> {
  const stated = createBookConfig(tiers, contract.settlement, prior);
  const [mix, learningStartMs] = await Promise.all([log.readMix(contract.id), log.readLearningStart(contract.id)]);
  const config = configUnderMix(stated, mix);
  const uncertainty = mixUncertainty(stated, mix);
  const key = bookConfigKey(config);
  const group = learningGroup(contract, stated);
  const checkpoints = await log.readCheckpoints(contract.id, key);
  const restored = restoreNewest(config, checkpoints, historyStartMs, learningStartMs);
  const book: PositionBook = restored?.book ?? createPositionBook(config);
  const learning = restored?.learning ?? createLearning(config);
  const scratch = liveBooks.create(config);
  const stored = createFoldLog(contract, log);
  let throughMs = restored?.throughMs ?? historyStartMs;
  let checkpointMs = restored?.throughMs ?? -Infinity;
  /** Evidence up to then is stored; -Infinity where what is stored is not this fold's. */
  let evidenceMs = learning.throughMs >= 0 ? checkpointMs : -Infinity;
  let isSeeded = restored !== null;
  /** Folds whose columns were not stored; what an earlier life left undone counts as one. */
  let longFolds = 1;
  let filledFromMs = 0;
  let pendingBars: readonly Bar[] = [];
  let held: HeldBook | null = null;
  let lastLive: LiveInput | null = null;
  let profileBuffer: Profile<Float32Array> | undefined;
  let groupsBuffer: readonly Float32Array[] = [];

  const save = async (): Promise<void> => {
    // First the evidence: what is stored beyond the checkpoint is gathered again after a kill in between.
    if (learning.throughMs >= 0) {
      await log.appendLearning(contract.id, evidenceMs, throughMs, { key, group, ...packLearning(learning) });
      learning.evidence.length = 0;
      evidenceMs = throughMs;
    }
    await log.writeCheckpoint(contract.id, {
      key,
      throughMs,
      snapshot: checkpointSnapshot(book, learning, learningStartMs),
    });
    checkpointMs = throughMs;
  };

  /** Bars that wait for an open interest which may never come: a map without them would be of long ago. */
  const hold = async (waiting: readonly Bar[], openInterest: number): Promise<HeldBook | null> =>
    waiting.length > LONG_FOLD_BARS || !isSeeded
      ? foldHeld(config, isSeeded ? book : null, await log.readSeed(contract.id), waiting, openInterest)
      : null;

  const advance = async (untilMs: number, polledOpenInterest = NaN): Promise<boolean> => {
    const endsMs = Math.max(throughMs, untilMs) + PENDING_MS;
    const [[previous], { bars, openInterest, minutes }] = await Promise.all([
      log.readBars(contract.id, throughMs - BAR_MS, throughMs),
      stored.readBetween(throughMs, endsMs),
    ]);
    const settled = bars.filter((bar) => bar.openTimeMs + BAR_MS <= untilMs);
    const { bars: foldBars } = joinFoldBars(settled, openInterest, throughMs, minutes);
    isSeeded ||= foldBars.length > 0 && (await stored.seed(book, openInterest));
    held = await hold(settled.slice(isSeeded ? foldBars.length : 0), polledOpenInterest);
    const waiting = bars.slice(held !== null ? settled.length : isSeeded ? foldBars.length : 0);
    // Of more there is no map to show, and a month of them while open interest is fetched would fill the memory.
    pendingBars = waiting.length * BAR_MS > 2 * PENDING_MS ? [] : waiting;
    if (!isSeeded || foldBars.length === 0) return false;
    const isLong = foldBars.length > LONG_FOLD_BARS;
    if (isLong) longFolds += 1;
    const endMs = foldBars[foldBars.length - 1].openTimeMs + BAR_MS;
    const recorded = await readRecordedEvents(log, contract, throughMs, endMs);
    let before: Bar | undefined = previous;
    try {
      const columns = foldBars.map((bar) => {
        const events = recorded(bar.openTimeMs);
        if (events !== null && before?.openTimeMs === bar.openTimeMs - BAR_MS)
          scoreboard?.freeze(book, bar, before.markClose || before.close, events);
        before = bar;
        foldBar(book, bar);
        // Whatever fails below, no bar is folded twice.
        throughMs = bar.openTimeMs + BAR_MS;
        if (events !== null && bar.openTimeMs >= learningStartMs)
          observeBar(learning, book, barLiquidations(events, sampling, BAR_MS));
        return isLong ? null : columnAfter(book, bar);
      });
      if (throughMs - checkpointMs >= CHECKPOINT_MS) await save();
      await log.appendColumns(
        contract.id,
        columns.filter((column) => column !== null),
      );
    } catch (cause) {
      // No fold comes by here again.
      longFolds += 1;
      throw cause;
    }
    return true;
  };

  /** A bar that was folded since is in the book. */
  const foldLive = ({ bars }: LiveInput): void => {
    const from = held?.book ?? book;
    copyPositionBook(from, scratch);
    for (const bar of bars) if (!(bar.openTimeMs < from.throughMs)) foldBar(scratch, bar);
  };

  return {
    advance,
    async fillColumns(turns, pause, signal) {
      const filled = -longFolds;
      if (filledFromMs === filled) return;
      const fill = async (stretch: TimeSpan): Promise<boolean> => {
        if (await hasColumns(contract.id, log, stretch)) return true;
        const own = createPositionBook(config);
        if (!(await stored.seed(own, await log.readOpenInterest(contract.id, historyStartMs, Infinity)))) return false;
        filledFromMs = stretch.endMs;
        await fillStretch(contract.id, log, own, historyStartMs, stretch, stored.readFolded, pause, signal);
        filledFromMs = stretch.startMs;
        return !log.hasLostRows(contract.id);
      };
      for (const stretch of stretchesOf(historyStartMs, throughMs)) if (!(await turns(() => fill(stretch)))) return;
      filledFromMs = filled;
    },
    get filledFromMs() {
      return filledFromMs;
    },
    get throughMs() {
      return held?.throughMs ?? throughMs;
    },
    get pendingBars() {
      return pendingBars;
    },
    get savedThroughMs() {
      return checkpointMs;
    },
    get eventCount() {
      return learning.eventCount;
    },
    mixInForce: config === stated ? null : mix,
    get openedPerHeld() {
      return openedPerHeld(held?.book ?? book);
    },
    interval(side, fromPrice, toPrice) {
      if (lastLive === null) return { usd: 0, lowUsd: 0, highUsd: 0 };
      if (!liveBooks.claim(scratch)) foldLive(lastLive);
      return usdInterval(scratch, uncertainty, side, fromPrice, toPrice);
    },
    leverageMix: config.classes.map(({ leverage, share }) => ({ leverage, share })),
    profile(live, hasGroups = false) {
      lastLive = live;
      liveBooks.claim(scratch);
      foldLive(live);
      profileBuffer = profileFromBook(scratch, live, profileBuffer);
      if (!hasGroups) return profileBuffer;
      groupsBuffer = usdByLeverage(scratch, live.markPrice, groupsBuffer);
      return { ...profileBuffer, groups: groupsBuffer };
    },
  };
}

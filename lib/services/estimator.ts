import { HOUR_MS } from '@/lib/core/time';
import { BAR_MS, type Bar, type FoldBar, type OpenInterestPoint } from '@/lib/market/bar';
import type { Contract } from '@/lib/market/contract';
import { joinFoldBars } from '@/lib/market/join-bars';
import type { Profile } from '@/lib/market/profile';
import type { RiskTiers } from '@/lib/market/risk-tier';
import type { Summary } from '@/lib/market/summary';
import { bookConfigKey, createBookConfig, type BookConfig } from '@/lib/model/book-config';
import {
  copyPositionBook,
  createPositionBook,
  foldBar,
  restorePositionBook,
  seedPositionBook,
  serializePositionBook,
  type BookSnapshot,
  type PositionBook,
} from '@/lib/model/position-book';
import { profileFromBook } from '@/lib/model/profile-from-book';
import type { Checkpoint } from '@/lib/store/derived-log';
import type { MarketLog } from '@/lib/store/market-log';

import { columnAfter, fillColumns } from './history-columns';

const CHECKPOINT_MS = HOUR_MS;
/** A longer fold leaves its as-of columns to `fillColumns`. */
const LONG_FOLD_BARS = 12;

/** What only the live streams know: the bars after the last one folded, the newest possibly still open. */
export interface LiveInput {
  readonly bars: readonly FoldBar[];
  readonly markPrice: number;
  readonly lastPrice: number;
  readonly asOfMs: number;
}

/** One contract's position book: a pure fold of the stored log, plus a copy that the live bars are folded on. */
export interface Estimator {
  /** Folds what the log holds between `throughMs` and `untilMs`, before which it lacks nothing; true when something was folded. */
  advance(untilMs: number): Promise<boolean>;
  /** End of the last bar folded for good; the history's start before the first. */
  readonly throughMs: number;
  /** Bars that are in the log but not yet final, oldest first: their open interest is not published yet. */
  readonly pendingBars: readonly Bar[];
  /** Makes the as-of columns that are missing because a long fold went over them, slice by slice; at once done where none is. */
  fillColumns(pause: () => Promise<void>, signal: AbortSignal): Promise<void>;
  /** Share of opened quantity per leverage, as the configuration states it. */
  readonly leverageMix: Summary['leverageMix'];
  profile(live: LiveInput): Profile;
}

/** Restores the newest usable checkpoint, or starts an empty book at the history's start; `advance` folds the rest. */
export async function createEstimator(
  contract: Contract,
  tiers: RiskTiers,
  historyStartMs: number,
  log: MarketLog,
): Promise<Estimator> {
  const config = createBookConfig(tiers, contract.settlement);
  const key = bookConfigKey(config);
  const restored = restoreNewest(config, await log.readCheckpoints(contract.id, key), historyStartMs);
  const book: PositionBook = restored?.book ?? createPositionBook(config);
  const scratch = createPositionBook(config);
  let throughMs = restored?.throughMs ?? historyStartMs;
  let checkpointMs = restored?.throughMs ?? -Infinity;
  let isSeeded = restored !== null;
  /** Folds that went over their columns, and how many of them were made up for; what an earlier life left undone counts as one. */
  let longFolds = 1;
  let filledFolds = 0;
  let pendingBars: readonly Bar[] = [];
  let profileBuffer: Profile<Float32Array> | undefined;

  /** Whether what the fold begins with is there: the older bars and an open interest to hold them to. */
  const seed = async (empty: PositionBook, openInterest: readonly OpenInterestPoint[]): Promise<boolean> => {
    const olderBars = await log.readSeed(contract.id);
    const first = openInterest.find((point) => point.openInterest > 0);
    if (olderBars === null || first === undefined) return false;
    seedPositionBook(empty, olderBars, first.openInterest);
    return true;
  };

  const readFrom = async (fromMs: number) => {
    const [bars, openInterest] = await Promise.all([
      log.readBars(contract.id, fromMs),
      log.readOpenInterest(contract.id, fromMs),
    ]);
    return { bars, openInterest };
  };

  const advance = async (untilMs: number): Promise<boolean> => {
    const { bars, openInterest } = await readFrom(throughMs);
    const settled = bars.filter((bar) => bar.openTimeMs + BAR_MS <= untilMs);
    const { bars: foldBars } = joinFoldBars(settled, openInterest, throughMs);
    isSeeded ||= foldBars.length > 0 && (await seed(book, openInterest));
    pendingBars = bars.slice(isSeeded ? foldBars.length : 0);
    if (!isSeeded || foldBars.length === 0) return false;
    const isLong = foldBars.length > LONG_FOLD_BARS;
    if (isLong) longFolds += 1;
    const columns = foldBars.map((bar) => {
      foldBar(book, bar);
      return isLong ? null : columnAfter(book, bar);
    });
    throughMs = foldBars[foldBars.length - 1].openTimeMs + BAR_MS;
    if (throughMs - checkpointMs >= CHECKPOINT_MS) {
      checkpointMs = throughMs;
      await log.writeCheckpoint(contract.id, { key, throughMs, snapshot: serializePositionBook(book) });
    }
    await log.appendColumns(
      contract.id,
      columns.filter((column) => column !== null),
    );
    return true;
  };

  return {
    advance,
    async fillColumns(pause, signal) {
      if (filledFolds === longFolds) return;
      const dueFolds = longFolds;
      const { bars, openInterest } = await readFrom(historyStartMs);
      const { bars: foldBars } = joinFoldBars(bars, openInterest, historyStartMs);
      const own = createPositionBook(config);
      const folded = foldBars.filter((bar) => bar.openTimeMs < throughMs);
      if (!(await seed(own, openInterest))) return;
      await fillColumns(contract.id, log, own, folded, pause, signal);
      filledFolds = dueFolds;
    },
    get throughMs() {
      return throughMs;
    },
    get pendingBars() {
      return pendingBars;
    },
    leverageMix: config.classes.map(({ leverage, share }) => ({ leverage, share })),
    profile(live) {
      copyPositionBook(book, scratch);
      for (const bar of live.bars) foldBar(scratch, bar);
      profileBuffer = profileFromBook(scratch, live, profileBuffer);
      return profileBuffer;
    },
  };
}

/** The newest checkpoint that is sound: a damaged one is a lost shortcut, no more. */
function restoreNewest(config: BookConfig, checkpoints: readonly Checkpoint[], historyStartMs: number) {
  for (const { throughMs, snapshot } of checkpoints) {
    if (throughMs < historyStartMs) continue;
    try {
      const book = restorePositionBook(config, snapshot as BookSnapshot);
      if (book !== null) return { book, throughMs };
    } catch {
      // What is stored has another shape than any snapshot: the one before it may be whole, or the log is folded anew.
    }
  }
  return null;
}

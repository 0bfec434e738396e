import { HOUR_MS, MINUTE_MS } from '@/lib/core/time';
import { BAR_MS, type Bar, type FoldBar } from '@/lib/market/bar';
import type { Contract } from '@/lib/market/contract';
import { joinFoldBars } from '@/lib/market/join-bars';
import type { Profile } from '@/lib/market/profile';
import type { RiskTiers } from '@/lib/market/risk-tier';
import type { Summary } from '@/lib/market/summary';
import { bookConfigKey, createBookConfig, type BookConfig } from '@/lib/model/book-config';
import { columnFromProfile } from '@/lib/model/history';
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
import type { Checkpoint, HistoryColumn } from '@/lib/store/derived-log';
import type { MarketLog } from '@/lib/store/market-log';

/** As-of columns are kept for every third bar: finer than any chart of 30 days can show. */
const COLUMN_MS = 15 * MINUTE_MS;
const CHECKPOINT_MS = HOUR_MS;

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
  const config = createBookConfig(tiers);
  const key = bookConfigKey(config);
  const restored = restoreNewest(config, await log.readCheckpoints(contract.id, key), historyStartMs);
  const book: PositionBook = restored?.book ?? createPositionBook(config);
  const scratch = createPositionBook(config);
  let throughMs = restored?.throughMs ?? historyStartMs;
  let checkpointMs = restored?.throughMs ?? -Infinity;
  let isSeeded = restored !== null;
  let pendingBars: readonly Bar[] = [];
  let profileBuffer: Profile | undefined;

  const seed = async (openInterestAtStart: number): Promise<boolean> => {
    const olderBars = await log.readSeed(contract.id);
    if (olderBars === null) return false;
    seedPositionBook(book, olderBars, openInterestAtStart);
    isSeeded = true;
    return true;
  };

  const fold = (bar: FoldBar): HistoryColumn | null => {
    foldBar(book, bar);
    throughMs = bar.openTimeMs + BAR_MS;
    if (throughMs % COLUMN_MS !== 0) return null;
    const prices = { markPrice: bar.markClose || bar.close, lastPrice: bar.close, asOfMs: throughMs };
    return { timeMs: throughMs, column: columnFromProfile(profileFromBook(book, prices)) };
  };

  const advance = async (untilMs: number): Promise<boolean> => {
    const [bars, openInterest] = await Promise.all([
      log.readBars(contract.id, throughMs),
      log.readOpenInterest(contract.id, throughMs),
    ]);
    const settled = bars.filter((bar) => bar.openTimeMs + BAR_MS <= untilMs);
    const { bars: foldBars } = joinFoldBars(settled, openInterest, throughMs);
    const isReady = isSeeded || (foldBars.length > 0 && (await seed(openInterest[0].openInterest)));
    const columns = isReady ? foldBars.map(fold).filter((column) => column !== null) : [];
    pendingBars = bars.filter((bar) => bar.openTimeMs >= throughMs);
    if (!isReady || foldBars.length === 0) return false;
    await log.appendColumns(contract.id, columns);
    if (throughMs - checkpointMs >= CHECKPOINT_MS) {
      checkpointMs = throughMs;
      await log.writeCheckpoint(contract.id, { key, throughMs, snapshot: serializePositionBook(book) });
    }
    return true;
  };

  return {
    advance,
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

/** The newest checkpoint that is sound; the one before it where the newest is damaged. */
function restoreNewest(config: BookConfig, checkpoints: readonly Checkpoint[], historyStartMs: number) {
  for (const { throughMs, snapshot } of checkpoints) {
    const book = throughMs >= historyStartMs ? restorePositionBook(config, snapshot as BookSnapshot) : null;
    if (book !== null) return { book, throughMs };
  }
  return null;
}

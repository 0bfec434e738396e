import type { Bar, BarMinutes, OpenInterestPoint } from '@/lib/market/bar';
import type { Contract } from '@/lib/market/contract';
import { joinFoldBars } from '@/lib/market/join-bars';
import { seedPositionBook, type PositionBook } from '@/lib/model/position-book';
import type { MarketLog } from '@/lib/store/log/market-log';

import type { ReadFolded } from './history-columns';

/** What the log holds for the folds of one contract. */
export interface FoldLog {
  /** Whether what a fold begins with is there: the older bars and an open interest to hold them to. */
  seed(empty: PositionBook, openInterest: readonly OpenInterestPoint[]): Promise<boolean>;
  readBetween(
    fromMs: number,
    toMs: number,
  ): Promise<{
    readonly bars: readonly Bar[];
    readonly openInterest: readonly OpenInterestPoint[];
    readonly minutes: readonly BarMinutes[];
  }>;
  /** Bars that were folded are final, whatever open interest came after them. */
  readonly readFolded: ReadFolded;
}

export function createFoldLog({ id }: Contract, log: MarketLog): FoldLog {
  const readBetween: FoldLog['readBetween'] = async (fromMs, toMs) => {
    const [bars, openInterest] = await Promise.all([
      log.readBars(id, fromMs, toMs),
      log.readOpenInterest(id, fromMs, toMs),
    ]);
    // After the bars, as they are stored before them.
    const minutes = await log.readMinutes(id, fromMs, toMs);
    return { bars, openInterest, minutes };
  };

  return {
    async seed(empty, openInterest) {
      const olderBars = await log.readSeed(id);
      const first = openInterest.find((point) => point.openInterest > 0);
      if (olderBars === null || first === undefined) return false;
      seedPositionBook(empty, olderBars, first.openInterest);
      return true;
    },
    readBetween,
    readFolded: async (fromMs, toMs) => {
      const { bars, openInterest, minutes } = await readBetween(fromMs, toMs + 1);
      const within = bars.filter((bar) => bar.openTimeMs < toMs);
      return joinFoldBars(within, [...openInterest, { timeMs: Infinity, openInterest: NaN }], fromMs, minutes).bars;
    },
  };
}

import type { TimeSpan } from '@/lib/core/ranges';
import { DAY_MS } from '@/lib/core/time';
import { BAR_MS, type FoldBar } from '@/lib/market/bar';
import type { ContractId } from '@/lib/market/contract';
import { COLUMN_MS, columnFromProfile } from '@/lib/model/history';
import { foldBar, type PositionBook } from '@/lib/model/position-book';
import { profileFromBook, usdByLeverage } from '@/lib/model/profile-from-book';
import type { StoredColumn } from '@/lib/store/log/derived-log';
import type { MarketLog } from '@/lib/store/log/market-log';

/** Folded without a pause: a few milliseconds of the worker. */
const SLICE_BARS = 24;

const endOf = (bar: { readonly openTimeMs: number }): number => bar.openTimeMs + BAR_MS;
const hasColumn = (bar: { readonly openTimeMs: number }): boolean => endOf(bar) % COLUMN_MS === 0;

/** The map as it was at the end of the bar just folded; null where that moment keeps no column. */
export function columnAfter(book: PositionBook, bar: FoldBar): StoredColumn | null {
  if (!hasColumn(bar)) return null;
  const prices = { markPrice: bar.markClose || bar.close, lastPrice: bar.close, asOfMs: endOf(bar) };
  const profile = { ...profileFromBook(book, prices), groups: usdByLeverage(book, prices.markPrice) };
  return { timeMs: endOf(bar), column: columnFromProfile(profile) };
}

/** What the log holds of a stretch that was folded, joined for folding again. */
export type ReadFolded = (fromMs: number, toMs: number) => Promise<readonly FoldBar[]>;

/**
 * Makes the columns that a long fold went over, from a fold of its own: the first map does not wait for a month of
 * history that nobody looks at yet. `book` is empty and seeded; bars are read day by day, as a month of them would fill the
 * memory; `pause` lets the worker answer in between.
 */
export async function fillColumns(
  contractId: ContractId,
  log: MarketLog,
  book: PositionBook,
  span: TimeSpan,
  read: ReadFolded,
  pause: () => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const times = await log.readBarTimes(contractId, span.startMs);
  const due = times.filter((openTimeMs) => openTimeMs < span.endMs && hasColumn({ openTimeMs }));
  // Those of an earlier history are still there.
  if ((await log.countColumns(contractId, span.startMs + 1, span.endMs + 1)) >= due.length) return;
  for (let fromMs = span.startMs; fromMs < span.endMs; fromMs += DAY_MS) {
    const bars = await read(fromMs, Math.min(fromMs + DAY_MS, span.endMs));
    for (let start = 0; start < bars.length; start += SLICE_BARS) {
      const columns: StoredColumn[] = [];
      for (const bar of bars.slice(start, start + SLICE_BARS)) {
        foldBar(book, bar);
        const column = columnAfter(book, bar);
        if (column !== null) columns.push(column);
      }
      await log.appendColumns(contractId, columns);
      await pause();
      if (signal.aborted) return;
    }
  }
}

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

/** Back to where columns are made before any older ones are: what a chart shows comes first, of every contract. */
const REACHES_DAYS = [1, 8, Infinity];

/** The stretches of a history in the order in which their columns are made: the newest first. */
export function stretchesOf(startMs: number, endMs: number): TimeSpan[] {
  const back = (days = 0): number => Math.max(startMs, endMs - days * DAY_MS);
  return REACHES_DAYS.map((days, i) => ({ startMs: back(days), endMs: back(REACHES_DAYS[i - 1]) }));
}

/** Whether all columns of a stretch are stored; those of an earlier history are still there. */
export async function hasColumns(
  contractId: ContractId,
  log: MarketLog,
  { startMs, endMs }: TimeSpan,
): Promise<boolean> {
  const times = await log.readBarTimes(contractId, startMs);
  const due = times.filter((openTimeMs) => openTimeMs < endMs && hasColumn({ openTimeMs }));
  return (await log.countColumns(contractId, startMs + 1, endMs + 1)) >= due.length;
}

/**
 * Makes the columns of a stretch that a long fold went over, from a fold of its own: the first map does not wait for a month of
 * history that nobody looks at yet. `book` is seeded as of `historyStartMs`; bars are read day by day, as a month of them would fill
 * the memory; `pause` lets the worker answer in between.
 */
export async function fillStretch(
  contractId: ContractId,
  log: MarketLog,
  book: PositionBook,
  historyStartMs: number,
  stretch: TimeSpan,
  read: ReadFolded,
  pause: () => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  for (let fromMs = historyStartMs; fromMs < stretch.endMs; fromMs += DAY_MS) {
    const bars = await read(fromMs, Math.min(fromMs + DAY_MS, stretch.endMs));
    for (let start = 0; start < bars.length; start += SLICE_BARS) {
      const columns = bars.slice(start, start + SLICE_BARS).flatMap((bar) => {
        foldBar(book, bar);
        return (bar.openTimeMs >= stretch.startMs && columnAfter(book, bar)) || [];
      });
      // Columns are stored for good: not of a log that lacks what it had.
      if (signal.aborted || log.hasLostRows(contractId)) return;
      // What lies before the stretch is folded in less time than a pause takes.
      if (columns.length === 0) continue;
      await log.appendColumns(contractId, columns);
      await pause();
    }
  }
}

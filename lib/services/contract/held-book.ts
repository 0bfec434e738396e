import { BAR_MS, type Bar } from '@/lib/market/bar';
import type { BookConfig } from '@/lib/model/book-config';
import {
  copyPositionBook,
  createPositionBook,
  foldBar,
  seedPositionBook,
  type PositionBook,
} from '@/lib/model/position-book';

/** A book that stands in until the log knows open interest; never stored. */
export interface HeldBook {
  readonly book: PositionBook;
  readonly throughMs: number;
}

/**
 * Folds bars whose open interest nobody recorded and no venue gives again. `from` is the book before them, with open interest
 * kept until the last bar, which takes what was polled just now; without it the polled figure is held from the beginning.
 * Null where there is nothing to begin with.
 */
export function foldHeld(
  config: BookConfig,
  from: PositionBook | null,
  olderBars: readonly Bar[] | null,
  bars: readonly Bar[],
  openInterest: number,
): HeldBook | null {
  const last = bars.at(-1);
  if (last === undefined || !(openInterest > 0) || (from === null && olderBars === null)) return null;
  const book = createPositionBook(config);
  if (from === null) seedPositionBook(book, olderBars ?? [], openInterest);
  else copyPositionBook(from, book);
  for (const bar of bars) foldBar(book, { ...bar, openInterest: bar === last ? openInterest : NaN });
  return { book, throughMs: last.openTimeMs + BAR_MS };
}

import { describe, expect, it } from 'vitest';

import { fastQty, levelQty, sideQty, type BookSide } from '@/lib/model/book-side';
import { isPendingReached, settlePending } from '@/lib/model/pending-entries';
import { copyPositionBook, createPositionBook, foldBar, seedPositionBook } from '@/lib/model/position-book';
import { profileFromBook } from '@/lib/model/profile-from-book';

import { CONFIG, countedQty, levelsOf, walkBars } from './book-fixtures';

function folded(count: number, drift = 0) {
  const book = createPositionBook(CONFIG);
  seedPositionBook(book, [], 1000);
  const bars = walkBars(count, { drift });
  for (const bar of bars) foldBar(book, bar);
  const { close } = bars[count - 1];
  return { book, prices: { markPrice: close, lastPrice: close, asOfMs: 0 } };
}

const waitingQty = (side: BookSide): number => side.pending.qty.reduce((sum, qty) => sum + qty, 0);

describe('entries that wait to be written', () => {
  it('are in every reading of the book: writing them changes none beyond 32-bit rounding', () => {
    const { book, prices } = folded(150, 0.0002);
    const settled = createPositionBook(CONFIG);
    copyPositionBook(book, settled);
    settlePending(settled.long);
    settlePending(settled.short);
    for (const positionSide of ['long', 'short'] as const) {
      const waiting = book[positionSide];
      const written = settled[positionSide];
      expect(waitingQty(waiting)).toBeGreaterThan(0);
      expect(waitingQty(written)).toBe(0);
      expect(sideQty(written) / sideQty(waiting)).toBeCloseTo(1, 7);
      expect(fastQty(written) / fastQty(waiting)).toBeCloseTo(1, 7);
      expect(countedQty(written)).toBeCloseTo(sideQty(written), 9);
      for (const [bin, qty] of levelsOf(waiting)) expect(levelsOf(written).get(bin)).toBeCloseTo(qty, 5);
    }
    const before = profileFromBook(book, prices);
    const after = profileFromBook(settled, prices);
    before.long.forEach((usd, i) => expect(Math.abs(after.long[i] - usd)).toBeLessThan(1e-5 * (1 + usd)));
    before.short.forEach((usd, i) => expect(Math.abs(after.short[i] - usd)).toBeLessThan(1e-5 * (1 + usd)));
  });

  it('lie at each class’s own distance, in proportion to its share', () => {
    const { book } = folded(3);
    const { long } = book;
    const { shares, shifts, waitingClasses } = long.layout;
    const entry = long.pending.from + 2;
    const qtyOf = (k: number): number => levelQty(long, k, entry + shifts[k]) / shares[k];
    expect(qtyOf(0)).toBeGreaterThan(0);
    for (let k = 1; k < waitingClasses; k++) expect(qtyOf(k) / qtyOf(0)).toBeCloseTo(1, 6);
  });

  it('are written before a price reaches the nearest of their levels', () => {
    const { book } = folded(150);
    const { long } = book;
    const nearest = long.pending.end + long.layout.shifts[long.layout.waitingClasses - 1];
    expect(isPendingReached(long, nearest)).toBe(false);
    expect(isPendingReached(long, nearest - 1)).toBe(true);
    expect(isPendingReached(createPositionBook(CONFIG).long, -1e9)).toBe(false);
  });
});

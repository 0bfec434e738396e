import { describe, expect, it } from 'vitest';

import { createBookConfig } from '@/lib/model/book-config';
import { sideQty } from '@/lib/model/book-side';
import { priceToBin } from '@/lib/model/grid';
import { createPositionBook, foldBar, seedPositionBook } from '@/lib/model/position-book';
import { readRecordedSet, readRecordedTiers, recordedSetNames } from '@/tests/fidelity/recorded-set';

import { countedQty, levelsOf } from './book-fixtures';

const names = recordedSetNames();
/** Every cell is visited this often, the sums of the book's own totals after every bar. */
const FULL_COUNT_EVERY = 25;

describe.skipIf(names.length === 0)('every recorded set (skipped: no recorded data)', () => {
  it.each(names)('%s conserves open interest and leaves no level beyond the mark', (name) => {
    const set = readRecordedSet(name);
    const config = { ...createBookConfig(readRecordedTiers(set.symbol), 'linear'), barMs: set.barMs };
    const book = createPositionBook(config);
    seedPositionBook(book, [], set.initialOpenInterest);
    let worst = 0;
    set.bars.forEach((bar, i) => {
      foldBar(book, bar);
      const openInterest = bar.openInterest > 0 ? bar.openInterest : book.openInterest;
      expect(Math.abs(book.openInterest / openInterest - 1)).toBeLessThan(1e-9);
      worst = Math.max(worst, Math.abs(sideQty(book.long) / openInterest - 1));
      worst = Math.max(worst, Math.abs(sideQty(book.short) / openInterest - 1));
      const markBin = priceToBin(bar.close, config.binWidth);
      // All levels of a class lie below its frontier, on the side's own axis.
      expect(Math.max(...book.long.frontiers)).toBeLessThanOrEqual(markBin);
      expect(Math.max(...book.short.frontiers)).toBeLessThanOrEqual(-1 - markBin);
      if (i % FULL_COUNT_EVERY > 0) return;
      worst = Math.max(worst, Math.abs(countedQty(book.long) / openInterest - 1));
      worst = Math.max(worst, Math.abs(countedQty(book.short) / openInterest - 1));
      expect(Math.max(-Infinity, ...levelsOf(book.long).keys())).toBeLessThan(markBin);
      expect(Math.min(Infinity, ...levelsOf(book.short).keys())).toBeGreaterThan(markBin);
    });
    expect(worst).toBeLessThan(1e-9);
  });
});

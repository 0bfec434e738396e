import { describe, expect, it } from 'vitest';

import { copyPositionBook, createPositionBook, foldBar, seedPositionBook } from '@/lib/model/position-book';
import { profileFromBook } from '@/lib/model/profile-from-book';
import { createSharedBooks } from '@/lib/model/shared-books';

import { CONFIG, walkBars } from './book-fixtures';

const PRICES = { markPrice: 100, lastPrice: 100, asOfMs: 0 };

describe('books in one memory', () => {
  it('hold what a book of its own would, one after the other, whatever their sizes', () => {
    const shared = createSharedBooks();
    const pairs = [CONFIG, { ...CONFIG, reach: 2 * CONFIG.reach }].map((config) => {
      const own = createPositionBook(config);
      seedPositionBook(own, [], 1000);
      for (const bar of walkBars(80)) foldBar(own, bar);
      return { own, lent: shared.create(config) };
    });
    for (const { own, lent } of [...pairs, ...pairs]) {
      expect(shared.claim(lent)).toBe(false);
      copyPositionBook(own, lent);
      expect(profileFromBook(lent, PRICES)).toEqual(profileFromBook(own, PRICES));
      expect(shared.claim(lent)).toBe(true);
    }
    const [{ lent: first }, { lent: second }] = pairs;
    expect(first.long.cells.buffer).toBe(second.long.cells.buffer);
    expect(first.long.cells.buffer).toBe(first.short.cells.buffer);
  });
});

import { expect, it } from 'vitest';

import { sideQty } from '@/lib/model/book-side';
import { consume } from '@/lib/model/consume';
import { mirrorBin, priceToBin } from '@/lib/model/grid';
import { settlePending } from '@/lib/model/pending-entries';
import { createPositionBook, foldBar } from '@/lib/model/position-book';

import { CONFIG, levelsOf, walkBars } from './book-fixtures';

const bookOf = (count: number) => {
  const book = createPositionBook(CONFIG);
  const bars = walkBars(count);
  for (const bar of bars) foldBar(book, bar);
  // What waits is rounded to 32 bits by being written: once that is done, sums are exact.
  settlePending(book.long);
  settlePending(book.short);
  return { book, close: bars[count - 1].close };
};

it.each([0.999, 0.98, 0.9, 0.5])('no level is left where the mark fell to %f of the close', (fraction) => {
  const { book, close } = bookOf(200);
  const bin = priceToBin(close * fraction, CONFIG.binWidth);
  const crossed = [...levelsOf(book.long)].filter(([level]) => level >= bin).reduce((sum, [, qty]) => sum + qty, 0);
  const held = sideQty(book.long);
  const liquidated = consume(book.long, bin);
  expect(liquidated).toBeCloseTo(crossed, 9);
  expect(sideQty(book.long)).toBeCloseTo(held - crossed, 9);
  expect(Math.max(-Infinity, ...levelsOf(book.long).keys())).toBeLessThan(bin);
});

it('shorts are consumed upwards', () => {
  const { book, close } = bookOf(200);
  const bin = priceToBin(close * 1.03, CONFIG.binWidth);
  expect(consume(book.short, mirrorBin(bin))).toBeGreaterThan(0);
  expect(Math.min(Infinity, ...levelsOf(book.short).keys())).toBeGreaterThan(bin);
});

it('what is crossed once is not there to be crossed again', () => {
  const { book, close } = bookOf(200);
  const bin = priceToBin(close * 0.98, CONFIG.binWidth);
  consume(book.long, bin);
  expect(consume(book.long, bin)).toBe(0);
});

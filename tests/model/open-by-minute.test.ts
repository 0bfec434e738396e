import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { FoldBar } from '@/lib/market/bar';
import { levelBins, levelQty, type BookSide } from '@/lib/model/book-side';
import { createPositionBook, foldBar, seedPositionBook, serializePositionBook } from '@/lib/model/position-book';

import { CONFIG, countedQty, levelsOf, makeBar, walkBars } from './book-fixtures';

type Minute = readonly [high: number, low: number, close: number, volume: number];

const path = (...minutes: Minute[]): Float64Array => Float64Array.from(minutes.flat());

function fold(bars: readonly FoldBar[]) {
  const book = createPositionBook(CONFIG);
  seedPositionBook(book, [], 1000);
  for (const bar of bars) foldBar(book, bar);
  return book;
}

const TENFOLD = CONFIG.classes.findIndex(({ leverage }) => leverage === 10);

const above = (levels: ReadonlyMap<number, number>, price: number): number =>
  [...levels].filter(([bin]) => bin * CONFIG.binWidth >= Math.log(price)).reduce((sum, [, qty]) => sum + qty, 0);

/** A bar from 100 to 100 by way of 99 and 101, nobody yet in the book but those who never were located. */
const bar = makeBar(0, 100, 1100, { open: 100, high: 101, low: 99, volume: 500, takerBuyVolume: 250 });

describe('entries by minute', () => {
  it('lie where the volume was: at each class’s distance from that price', () => {
    const atLow = fold([{ ...bar, minutes: path([99.01, 99, 99, 100], [101, 99, 101, 0], [101, 100, 100, 0]) }]);
    const atHigh = fold([{ ...bar, minutes: path([101, 100.99, 101, 100], [101, 99, 99, 0], [100, 99, 100, 0]) }]);
    const meanBin = (side: BookSide): number => {
      const { from, end } = levelBins(side, TENFOLD);
      let sum = 0;
      let moment = 0;
      for (let bin = from; bin < end; bin++) {
        sum += levelQty(side, TENFOLD, bin);
        moment += bin * levelQty(side, TENFOLD, bin);
      }
      return moment / sum;
    };
    const binsApart = Math.log(101 / 99) / CONFIG.binWidth;
    expect(Math.abs(meanBin(atHigh.long) - meanBin(atLow.long) - binsApart)).toBeLessThan(2);
    // On their own axis shorts lie the other way round.
    expect(Math.abs(meanBin(atLow.short) - meanBin(atHigh.short) - binsApart)).toBeLessThan(2);
  });

  it('keep what was opened after the low and lose what was opened before it', () => {
    // The same four prices: first all volume at 100 and then the low, or the low first and then all volume at 100.
    const [before, after] = [
      fold([{ ...bar, minutes: path([100, 100, 100, 100], [100, 99, 100, 1], [101, 100, 100, 1]) }]),
      fold([{ ...bar, minutes: path([100, 99, 100, 1], [101, 100, 100, 1], [100, 100, 100, 100]) }]),
    ];
    // Longs at 125x and 150x from 100 lie above 99.
    expect(above(levelsOf(before.long), 99.05)).toBeLessThan(0.05 * above(levelsOf(after.long), 99.05));
  });

  it('fall back on four prices where nothing was traded', () => {
    const empty = path([101, 99, 100, 0], [100, 100, 100, 0]);
    expect(serializePositionBook(fold([{ ...bar, minutes: empty }]))).toEqual(serializePositionBook(fold([bar])));
  });

  it('are reported where they are missing', () => {
    const book = fold([]);
    expect(foldBar(book, { ...bar, minutes: path([101, 99, 100, 5]) }).isMinutePathMissing).toBe(false);
    expect(foldBar(book, { ...bar, openTimeMs: bar.openTimeMs + CONFIG.barMs }).isMinutePathMissing).toBe(true);
  });

  it('conserve open interest and leave no level beyond the mark, whatever the minutes say', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const minute = fc.tuple(share, share, share, fc.double({ min: 0, max: 100, noNaN: true }));
    fc.assert(
      fc.property(
        fc.array(fc.array(minute, { minLength: 5, maxLength: 5 }), { minLength: 12, maxLength: 12 }),
        (all) => {
          const bars = walkBars(12).map((each, i): FoldBar => {
            const within = (at: number): number => each.low + at * (each.high - each.low);
            const minutes = all[i].map(([a, b, c, volume]): Minute => {
              const [low, high] = [Math.min(a, b), Math.max(a, b)];
              return [within(high), within(low), within(low + c * (high - low)), volume];
            });
            return { ...each, minutes: path(...minutes) };
          });
          const book = createPositionBook(CONFIG);
          seedPositionBook(book, [], 1000);
          for (const each of bars) {
            foldBar(book, each);
            for (const side of [book.long, book.short])
              expect(Math.abs(countedQty(side) / book.openInterest - 1)).toBeLessThan(1e-9);
            const mark = Math.floor(Math.log(each.markClose) / CONFIG.binWidth);
            expect(Math.max(-Infinity, ...levelsOf(book.long).keys())).toBeLessThan(mark);
            expect(Math.min(Infinity, ...levelsOf(book.short).keys())).toBeGreaterThan(mark);
          }
        },
      ),
      { numRuns: 20 },
    );
  });
});

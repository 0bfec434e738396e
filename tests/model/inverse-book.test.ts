import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { bookConfigKey, createBookConfig } from '@/lib/model/book-config';
import { sideQty } from '@/lib/model/book-side';
import { createPositionBook, foldBar, seedPositionBook, type PositionBook } from '@/lib/model/position-book';
import { nextActivity, NO_ACTIVITY, sameBarUsd } from '@/lib/model/prediction';
import { profileFromBook } from '@/lib/model/profile-from-book';
import { usdInterval } from '@/lib/model/uncertainty';

import { barsOfSteps, CONFIG, countedQty, levelsOf, makeBar, TIERS, walkBars } from './book-fixtures';

const INVERSE = createBookConfig(TIERS, 'inverse');

function seeded(openInterest: number): PositionBook {
  const book = createPositionBook(INVERSE);
  seedPositionBook(book, [], openInterest);
  return book;
}

const imbalance = (book: PositionBook): number =>
  Math.max(...[book.long, book.short].map((side) => Math.abs(countedQty(side) / book.openInterest - 1)));

const sum = (usd: Float32Array): number => usd.reduce((total, each) => total + each, 0);

describe('an inverse book, in USD', () => {
  it('holds as many longs as shorts as open interest, through any move, gap, volume and missing observation', () => {
    const step = fc.record({
      skip: fc.integer({ min: 0, max: 3 }),
      move: fc.double({ min: -0.3, max: 0.3, noNaN: true }),
      range: fc.double({ min: 0, max: 0.2, noNaN: true }),
      volume: fc.oneof(fc.constant(NaN), fc.double({ min: 0, max: 1e9, noNaN: true })),
      openInterest: fc.oneof(fc.constant(NaN), fc.double({ min: 1e4, max: 1e9, noNaN: true })),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const book = seeded(1e8);
        for (const bar of barsOfSteps(steps)) {
          foldBar(book, bar);
          expect(imbalance(book)).toBeLessThan(1e-9);
          const { long, short, openInterestUsd } = profileFromBook(book, {
            markPrice: bar.close,
            lastPrice: bar.close,
            asOfMs: 0,
          });
          expect(Math.max(sum(long), sum(short))).toBeLessThanOrEqual(openInterestUsd * (1 + 1e-5));
        }
      }),
      { numRuns: 40 },
    );
  });

  it('opens a long of 10x where the formula says', () => {
    const book = createPositionBook(INVERSE);
    foldBar(book, makeBar(0, 100, 1e6, { volume: 0 }));
    foldBar(book, makeBar(1, 100, 1.1e6, { volume: 1e5 }));
    const tenfold = INVERSE.classes.find(({ leverage }) => leverage === 10);
    const level = (100 * (1 + (tenfold?.maintenanceMarginRate ?? NaN))) / 1.1;
    const near = [...levelsOf(book.long)].filter(([bin]) => Math.abs(bin * INVERSE.binWidth - Math.log(level)) < 0.003);
    const qty = near.reduce((total, [, each]) => total + each, 0);
    expect(qty / (1e5 * (tenfold?.share ?? NaN))).toBeCloseTo(1, 6);
  });

  it('draws its quantities as they are, whatever the price', () => {
    const bars = walkBars(300);
    const book = seeded(1000);
    for (const bar of bars) foldBar(book, bar);
    const { close } = bars[299];
    const profile = profileFromBook(book, { markPrice: close, lastPrice: close, asOfMs: 5 });
    expect(profile.openInterestUsd).toBe(book.openInterest);
    expect(profile.openInterestUsd).toBeCloseTo(sideQty(book.long), 6);
    const levels = levelsOf(book.long);
    profile.long.forEach((usd, i) => {
      const expected = levels.get(profile.firstBin + i) ?? 0;
      expect(Math.abs(usd - expected)).toBeLessThanOrEqual(1e-5 * expected);
    });
    const mix = { relativeDeviations: INVERSE.classes.map(() => 0.1), positionQty: 1 };
    const interval = usdInterval(book, mix, 'long', close, close * 0.9);
    expect(interval.usd).toBeLessThan(book.openInterest);
    expect(interval.usd / sum(profile.long)).toBeGreaterThan(0.2);
  });

  it('expects of a bar what its dollars say, where a linear one multiplies by the price', () => {
    const bar = makeBar(0, 98, 1, { open: 100, low: 97, high: 100 });
    const activity = nextActivity(NO_ACTIVITY, bar);
    const ratio = sameBarUsd(bar, activity, CONFIG).long / sameBarUsd(bar, activity, INVERSE).long;
    expect(ratio).toBeGreaterThan(90);
    expect(ratio).toBeLessThan(100);
  });

  it('keeps no checkpoint of a linear one', () => {
    expect(bookConfigKey(INVERSE)).not.toBe(bookConfigKey(CONFIG));
    expect(bookConfigKey({ ...INVERSE, settlement: 'linear' })).toBe(bookConfigKey(CONFIG));
  });
});

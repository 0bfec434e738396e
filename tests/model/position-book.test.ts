import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { BAR_MS, type FoldBar } from '@/lib/market/bar';
import { createBookConfig } from '@/lib/model/book-config';
import { sideQty } from '@/lib/model/book-side';
import { priceToBin } from '@/lib/model/grid';
import {
  copyPositionBook,
  createPositionBook,
  foldBar,
  restorePositionBook,
  seedPositionBook,
  serializePositionBook,
  type PositionBook,
} from '@/lib/model/position-book';

import { barsOfSteps, CONFIG, countedQty, levelsOf, makeBar, TIERS, walkBars } from './book-fixtures';

function foldAll(bars: readonly FoldBar[], book: PositionBook = seeded()): PositionBook {
  for (const bar of bars) foldBar(book, bar);
  return book;
}

function seeded(openInterest = 1000): PositionBook {
  const book = createPositionBook(CONFIG);
  seedPositionBook(book, [], openInterest);
  return book;
}

const imbalance = (book: PositionBook): number =>
  Math.max(
    Math.abs(countedQty(book.long) / book.openInterest - 1),
    Math.abs(countedQty(book.short) / book.openInterest - 1),
  );

/** Most extreme bin with a level: the highest of the longs, the lowest of the shorts. */
const nearestBins = (book: PositionBook): { long: number; short: number } => ({
  long: Math.max(-Infinity, ...levelsOf(book.long).keys()),
  short: Math.min(Infinity, ...levelsOf(book.short).keys()),
});

describe('conservation', () => {
  it('longs and shorts, counted cell by cell, equal open interest after every bar', () => {
    const book = seeded();
    let worst = 0;
    for (const bar of walkBars(400)) {
      foldBar(book, bar);
      worst = Math.max(worst, imbalance(book));
      expect(book.openInterest).toBeCloseTo(bar.openInterest, 9);
    }
    expect(worst).toBeLessThan(1e-9);
  });

  it('holds through any volume, gap, missing observation and jump', () => {
    const step = fc.record({
      skip: fc.integer({ min: 0, max: 3 }),
      move: fc.double({ min: -0.3, max: 0.3, noNaN: true }),
      range: fc.double({ min: 0, max: 0.2, noNaN: true }),
      volume: fc.oneof(fc.constant(0), fc.constant(NaN), fc.double({ min: 0, max: 1e5, noNaN: true })),
      openInterest: fc.oneof(fc.constant(NaN), fc.double({ min: 1, max: 1e4, noNaN: true })),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const book = seeded();
        for (const bar of barsOfSteps(steps)) {
          foldBar(book, bar);
          expect(imbalance(book)).toBeLessThan(1e-9);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('the grid follows a price that trebles and falls back, losing nothing', () => {
    const up = walkBars(1500, { drift: Math.log(3) / 1500 });
    const peak = up[up.length - 1];
    const down = walkBars(1500, { drift: -Math.log(3) / 1500, price: peak.close, seed: 8 }).map((bar) => ({
      ...bar,
      openTimeMs: bar.openTimeMs + peak.openTimeMs + BAR_MS,
    }));
    const book = foldAll(up);
    expect(imbalance(book)).toBeLessThan(1e-9);
    expect(nearestBins(book).long).toBeGreaterThan(priceToBin(peak.close * 0.98, CONFIG.binWidth));
    foldAll(down, book);
    expect(imbalance(book)).toBeLessThan(1e-9);
    const end = down[down.length - 1].close;
    expect(nearestBins(book).long).toBeLessThan(priceToBin(end, CONFIG.binWidth));
    expect(nearestBins(book).short).toBeLessThan(priceToBin(end * 1.02, CONFIG.binWidth));
  });
});

describe('levels', () => {
  it('no long lies at or above the closing mark, no short at or below it', () => {
    const book = seeded();
    for (const bar of walkBars(300)) {
      foldBar(book, bar);
      const markBin = priceToBin(bar.markClose, CONFIG.binWidth);
      expect(nearestBins(book).long).toBeLessThan(markBin);
      expect(nearestBins(book).short).toBeGreaterThan(markBin);
    }
  });

  it('crossing levels liquidates them by the mark, not by trades', () => {
    const bars = walkBars(200);
    const close = bars[199].close;
    const wick = { open: close, high: close, low: close * 0.95, volume: 0, takerBuyVolume: 0 };
    const marked = foldBar(foldAll(bars), makeBar(200, close, NaN, wick));
    const unmarked = foldBar(foldAll(bars), makeBar(200, close, NaN, { ...wick, markLow: close }));
    expect(marked.liquidatedLong).toBeGreaterThan(1);
    expect(unmarked.liquidatedLong).toBe(0);
  });

  it('a level that was crossed does not come back', () => {
    const book = foldAll(walkBars(200));
    const close = walkBars(200)[199].close;
    const still = { open: close, volume: 0, takerBuyVolume: 0 };
    const crash = { ...still, high: close, low: close * 0.9 };
    const first = foldBar(book, makeBar(200, close, NaN, crash));
    const second = foldBar(book, makeBar(201, close, NaN, crash));
    expect(second.liquidatedLong).toBeLessThan(first.liquidatedLong);
  });

  it('a long opened at 100 with 10x lies where the formula says', () => {
    const book = createPositionBook(CONFIG);
    foldBar(book, makeBar(0, 100, 1000, { volume: 0 }));
    foldBar(book, makeBar(1, 100, 1100, { volume: 100 }));
    const tenfold = CONFIG.classes.find(({ leverage }) => leverage === 10);
    const level = (100 * 0.9) / (1 - (tenfold?.maintenanceMarginRate ?? NaN));
    const bins = [...levelsOf(book.long)].filter(([bin]) => Math.abs(bin * CONFIG.binWidth - Math.log(level)) < 0.003);
    const qty = bins.reduce((sum, [, qty]) => sum + qty, 0);
    expect(qty).toBeCloseTo(100 * (tenfold?.share ?? NaN), 4);
  });
});

describe('what is missing', () => {
  it('is reported', () => {
    const book = foldAll(walkBars(20));
    const close = 60_000;
    const bar = makeBar(23, close, NaN, { takerBuyVolume: NaN, markHigh: NaN, markLow: NaN, markClose: NaN });
    expect(foldBar(book, bar)).toMatchObject({
      isOpenInterestMissing: true,
      isMarkMissing: true,
      isTakerVolumeMissing: true,
      missingBarCount: 3,
      tieFactor: 1,
    });
  });

  it('a book without any open interest stays empty until the first one, which is unlocated', () => {
    const book = createPositionBook(CONFIG);
    foldBar(book, makeBar(0, 100, NaN));
    expect(sideQty(book.long)).toBe(0);
    foldBar(book, makeBar(1, 100, 500, { volume: 0 }));
    expect(book.long.unlocated * book.long.slowScale).toBeCloseTo(500, 9);
  });

  it('of a change over a gap only the part of this bar gets an entry price', () => {
    const book = seeded(1000);
    foldBar(book, makeBar(0, 100, 1000, { volume: 0 }));
    const report = foldBar(book, makeBar(10, 100, 1100, { volume: 1000 }));
    expect(report.tieFactor).toBeCloseTo(1.09, 12);
    expect(sideQty(book.long)).toBeCloseTo(1100, 9);
  });

  it('trades stand in for the mark', () => {
    const bars = walkBars(100);
    const unmarked = bars.map((bar) => ({ ...bar, markHigh: NaN, markLow: NaN, markClose: NaN }));
    expect(serializePositionBook(foldAll(unmarked))).toEqual(serializePositionBook(foldAll(bars)));
  });

  it('a change beyond the volume is reported', () => {
    const report = foldBar(foldAll([makeBar(0, 100, 1000)]), makeBar(1, 100, 1500, { volume: 10 }));
    expect(report.isChangeAboveVolume).toBe(true);
  });
});

describe('the opening state', () => {
  it('is located by the churn of older bars, the rest stays unlocated', () => {
    const hourly = walkBars(200).map((bar) => ({ ...bar, volume: bar.volume * 12 }));
    const book = createPositionBook(CONFIG);
    seedPositionBook(book, hourly, 1000);
    const unlocated = book.long.unlocated * book.long.slowScale;
    expect(unlocated).toBeGreaterThan(0);
    expect(unlocated).toBeLessThan(500);
    expect(imbalance(book)).toBeLessThan(1e-9);
  });

  it('can be set once only, and not from nothing', () => {
    expect(() => seedPositionBook(seeded(), [], 1000)).toThrow(/not empty/);
    expect(() => seedPositionBook(createPositionBook(CONFIG), [], NaN)).toThrow(/NaN/);
  });
});

describe('determinism', () => {
  it('restoring and folding the tail equals the uninterrupted fold to the bit', () => {
    const bars = walkBars(400, { drift: 0.0005 });
    const whole = serializePositionBook(foldAll(bars));
    for (const cut of [1, 57, 200, 399]) {
      const snapshot = structuredClone(serializePositionBook(foldAll(bars.slice(0, cut))));
      const restored = restorePositionBook(CONFIG, snapshot);
      if (restored === null) throw new Error('not restored');
      expect(serializePositionBook(foldAll(bars.slice(cut), restored))).toEqual(whole);
    }
  });

  it('folding a copy leaves the original alone, and a used copy can be used again', () => {
    const bars = walkBars(100);
    const book = foldAll(bars.slice(0, 99));
    const before = serializePositionBook(book);
    const scratch = foldAll(walkBars(50, { seed: 3, drift: 0.01 }));
    copyPositionBook(book, scratch);
    foldBar(scratch, bars[99]);
    expect(serializePositionBook(book)).toEqual(before);
    copyPositionBook(book, scratch);
    foldBar(scratch, bars[99]);
    expect(serializePositionBook(scratch)).toEqual(serializePositionBook(foldAll(bars)));
  });

  it('a snapshot of another configuration is refused, and so is a damaged one', () => {
    const snapshot = serializePositionBook(foldAll(walkBars(20)));
    expect(restorePositionBook({ ...CONFIG, churn: 0.3 }, snapshot)).toBeNull();
    const cut = { ...snapshot, long: { ...snapshot.long, cells: snapshot.long.cells.slice(2) } };
    expect(restorePositionBook(CONFIG, cut)).toBeNull();
    expect(restorePositionBook(createBookConfig(TIERS, 'linear'), snapshot)).not.toBeNull();
  });
});

describe('misuse', () => {
  it('a bar that begins before the last one ended is refused', () => {
    expect(() => foldBar(foldAll(walkBars(3)), makeBar(2, 100, 1000))).toThrow(/begins before/);
  });

  it('a bar without prices is refused', () => {
    expect(() => foldBar(seeded(), makeBar(0, 100, 1000, { low: NaN }))).toThrow(/low NaN/);
  });
});

import { beforeAll, describe, expect, it } from 'vitest';

import { usdBetween } from '@/lib/market/profile';
import { createPositionBook, foldBar, seedPositionBook, type PositionBook } from '@/lib/model/position-book';
import { profileFromBook } from '@/lib/model/profile-from-book';
import { usdInterval } from '@/lib/model/uncertainty';

import { CONFIG, walkBars } from './book-fixtures';

const BARS = walkBars(1_500);
const LAST = BARS[BARS.length - 1];
const MARK = LAST.markClose;
const mixOf = (relativeDeviation: number, positionQty: number) => ({
  relativeDeviations: CONFIG.classes.map(() => relativeDeviation),
  positionQty,
});

describe('the 80 % interval of a total', () => {
  let book: PositionBook;
  beforeAll(() => {
    book = createPositionBook(CONFIG);
    seedPositionBook(book, [], 1000);
    for (const bar of BARS) foldBar(book, bar);
  });
  const width = (relativeDeviation: number, positionQty: number, far = 0.05): number => {
    const { usd, lowUsd, highUsd } = usdInterval(
      book,
      mixOf(relativeDeviation, positionQty),
      'long',
      MARK,
      MARK * (1 - far),
    );
    return (highUsd - lowUsd) / usd;
  };

  it.each(['long', 'short'] as const)('is about what the map shows of %ss', (positionSide) => {
    const profile = profileFromBook(book, { markPrice: MARK, lastPrice: MARK, asOfMs: LAST.openTimeMs });
    const far = positionSide === 'long' ? 0.95 : 1.05;
    const interval = usdInterval(book, mixOf(0.1, 0.1), positionSide, MARK, MARK * far);
    const drawn = usdBetween(profile, MARK, MARK * far)[positionSide];
    expect(interval.usd / drawn).toBeGreaterThan(0.95);
    expect(interval.usd / drawn).toBeLessThan(1.05);
    expect(interval.lowUsd).toBeLessThan(interval.usd);
    expect(interval.highUsd).toBeGreaterThan(interval.usd);
  });

  it('is that of a normal distribution where the flow alone is unsure', () => {
    // 2 x 1.2816 x 0.22, less the third of a per cent by which the gamma is skewed.
    expect(width(0, 1e-9)).toBeCloseTo(0.56, 2);
  });

  it('widens with the doubt about the mix and with the size of positions', () => {
    expect(width(0.3, 0.1)).toBeGreaterThan(width(0.1, 0.1));
    expect(width(0.1, 10)).toBeGreaterThan(width(0.1, 0.1));
  });

  it('is relatively wider for a level than for a total', () => {
    expect(width(0.1, 1, 0.02)).toBeGreaterThan(width(0.1, 1, 0.1));
  });

  it('assumes a size of positions where none was seen', () => {
    expect(width(0.1, NaN)).toBeGreaterThan(width(0.1, 1e-9));
  });

  it('is nothing where nothing lies', () => {
    const far = usdInterval(book, mixOf(0.1, 1), 'long', MARK * 1.1, MARK * 1.2);
    expect(far).toEqual({ usd: 0, lowUsd: 0, highUsd: 0 });
  });
});

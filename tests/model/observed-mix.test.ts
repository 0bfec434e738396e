import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { ObservedPosition } from '@/lib/market/account-position';
import { BAR_MS } from '@/lib/market/bar';
import { createBookConfig } from '@/lib/model/book-config';
import { configUnderMix, mixUncertainty } from '@/lib/model/next-mix';
import { classOfPosition, mixFromPositions, observedShares, openedPerHeld } from '@/lib/model/observed-mix';
import { createPositionBook, foldBar, seedPositionBook } from '@/lib/model/position-book';
import { isMixInForce } from '@/lib/store/log/row-checks';
import { bundledTiers } from '@/lib/venues/hyperliquid/bundled-tiers';
import { barAt, openInterestAt } from '@/tests/services/fake-venue';
import { START_MS } from '@/tests/services/recorded-history';

const STATED = createBookConfig(bundledTiers('BTC'), 'linear');
const NOW_MS = 1_780_000_000_000;
const leverages = STATED.classes.map(({ leverage }) => leverage);

/** An isolated position of this leverage, maintained at 1.25 %. */
const at = (leverage: number, change: Partial<ObservedPosition> = {}): ObservedPosition => {
  const sign = change.positionSide === 'short' ? -1 : 1;
  return {
    observedMs: NOW_MS,
    positionSide: 'long',
    qty: 1,
    entryPrice: 100,
    leverage,
    isCross: false,
    liquidationPrice: (100 * (1 - sign / leverage)) / (1 - sign * 0.0125),
    ...change,
  };
};
const many = (count: number, of: (nth: number) => ObservedPosition) => Array.from({ length: count }, (_, n) => of(n));

const ONES = STATED.classes.map(() => 1);
const mixOf = (positions: readonly ObservedPosition[], openInterest: number, openedPerHeld = ONES) =>
  mixFromPositions({ positions, openInterest, openedPerHeld, throughMs: NOW_MS }, STATED);

describe('class of a position', () => {
  it.each(leverages)('of %dx is its own on both sides', (leverage) => {
    for (const positionSide of ['long', 'short'] as const) {
      const { entryPrice, liquidationPrice } = at(leverage, { positionSide });
      const k = classOfPosition(STATED, positionSide, entryPrice, liquidationPrice);
      // A tier's rate moves the highest class by a little: never further than to its neighbour.
      expect(Math.abs(k - leverages.indexOf(leverage))).toBeLessThanOrEqual(leverage >= 33 ? 1 : 0);
    }
  });

  it('is none of them without a price, or beyond half as far again as the widest', () => {
    expect(classOfPosition(STATED, 'long', 100, null)).toBe(-1);
    expect(classOfPosition(STATED, 'long', 100, 30)).toBe(-1);
    expect(classOfPosition(STATED, 'long', 100, 66)).toBe(0);
  });
});

describe('the mix that positions speak for', () => {
  it.each([
    ['too few accounts', many(99, () => at(10)), 100],
    ['too small a share', many(200, () => at(10)), 501],
    ['nobody', [], 100],
    ['no open interest', many(200, () => at(10)), NaN],
  ])('is none with %s', (_what, positions, openInterest) => {
    expect(mixOf(positions, openInterest)).toBeNull();
  });

  it('is what was seen for the known part of open interest and the prior for the rest', () => {
    const positions = many(200, (n) => at(n < 100 ? 10 : 5, { positionSide: n % 2 === 0 ? 'long' : 'short' }));
    // 200 of 2 x 200: a half is known.
    const mix = mixOf(positions, 200)!;
    expect(mix.source).toBe('observed');
    STATED.classes.forEach(({ leverage, share }, k) => {
      const known = leverage === 10 || leverage === 5 ? 0.5 : 0;
      expect(mix.shares[k]).toBeCloseTo(0.5 * known + 0.5 * share, 12);
    });
    expect(mix.positionQty).toBe(1);
  });

  it('weighs by quantity, and leaves out of every class what never liquidates', () => {
    const positions = [at(10, { qty: 3 }), at(3, { qty: 1, liquidationPrice: null })];
    const shares = observedShares(positions, STATED);
    expect(shares[leverages.indexOf(10)]).toBe(0.75);
    expect(shares.reduce((sum, share) => sum + share, 0)).toBe(0.75);
  });

  it('is surer of a class the more accounts it saw in it', () => {
    const of = (count: number) =>
      mixOf(
        many(count, () => at(10)),
        0.6 * count,
      )!;
    const mixed = (count: number) =>
      mixOf(
        many(count, (n) => at(n % 2 === 0 ? 10 : 5)),
        0.6 * count,
      )!;
    const ten = leverages.indexOf(10);
    const shareOfTen = STATED.classes[ten].share;
    // 1 / 1.2 of open interest is known, half of it at 10x: of n accounts p (1 - p) / n, and the prior's for the rest.
    const exact = (count: number, known = 1 / 1.2) =>
      Math.hypot(known * Math.sqrt(0.25 / count), (1 - known) * shareOfTen * Math.SQRT2) /
      (known * 0.5 + (1 - known) * shareOfTen);
    for (const count of [100, 1000]) expect(mixed(count).relativeDeviations[ten]).toBeCloseTo(exact(count), 12);
    expect(exact(1000)).toBeLessThan(exact(100));
    expect(of(100).relativeDeviations[leverages.indexOf(20)]).toBeCloseTo(Math.SQRT2, 12);
  });

  it('is always one that may be stored and used', () => {
    const position = fc.record({
      leverage: fc.integer({ min: 1, max: 40 }),
      qty: fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
      side: fc.constantFrom('long' as const, 'short' as const),
      isSafe: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc.array(position, { minLength: 100, maxLength: 150 }),
        fc.double({ min: 0.21, max: 1.4, noNaN: true }),
        fc.array(fc.double({ min: 0.1, max: 5, noNaN: true }), { minLength: ONES.length, maxLength: ONES.length }),
        (rows, share, ratios) => {
          const positions = rows.map(({ leverage, qty, side, isSafe }) =>
            at(leverage, { qty, positionSide: side, ...(isSafe ? { liquidationPrice: null } : {}) }),
          );
          const qty = positions.reduce((sum, each) => sum + each.qty, 0);
          const mix = mixOf(positions, qty / (2 * share), ratios);
          expect(isMixInForce(mix)).toBe(true);
          expect(configUnderMix(STATED, mix).classes.map((each) => each.share)).toEqual(mix!.shares);
          expect(mixUncertainty(STATED, mix)).toBe(mix);
        },
      ),
    );
  });
});

describe('opened per held', () => {
  it('is 1 where a book holds nothing yet', () => {
    const book = createPositionBook(STATED);
    seedPositionBook(book, [], 1000);
    expect(openedPerHeld(book)).toEqual(ONES);
  });

  it('is above 1 for what price takes away soon, below for what it does not reach', () => {
    const book = createPositionBook(STATED);
    seedPositionBook(book, [], 80_000);
    for (let nth = 0; nth < 2_000; nth++) {
      const openTimeMs = START_MS + nth * BAR_MS;
      foldBar(book, { ...barAt(openTimeMs), openInterest: openInterestAt(openTimeMs + BAR_MS) });
    }
    const ratios = openedPerHeld(book);
    expect(ratios[0]).toBeLessThan(1);
    expect(ratios.at(-1)!).toBeGreaterThan(1.5);
    expect(ratios.at(-1)!).toBeLessThanOrEqual(5);
  });
});

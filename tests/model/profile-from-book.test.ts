import { expect, it } from 'vitest';

import { binPrice } from '@/lib/market/profile';
import { binToPrice, priceToBin } from '@/lib/model/grid';
import { createPositionBook, foldBar } from '@/lib/model/position-book';
import { LEVERAGE_GROUPS, profileFromBook, usdByLeverage } from '@/lib/model/profile-from-book';

import { CONFIG, levelsOf, makeBar, walkBars } from './book-fixtures';

const bars = walkBars(300);
const { close } = bars[299];
const prices = { markPrice: close, lastPrice: close, asOfMs: 5 };
const book = createPositionBook(CONFIG);
for (const bar of bars) foldBar(book, bar);

it('USD of a bin is its quantity at its middle price', () => {
  const profile = profileFromBook(book, prices);
  const sides = [
    [profile.long, levelsOf(book.long)],
    [profile.short, levelsOf(book.short)],
  ] as const;
  for (const [usd, levels] of sides) {
    expect(usd.some((value) => value > 0)).toBe(true);
    usd.forEach((value, i) => {
      const bin = profile.firstBin + i;
      const expected = (levels.get(bin) ?? 0) * binToPrice(bin + 0.5, CONFIG.binWidth);
      expect(Math.abs(value - expected)).toBeLessThanOrEqual(1e-5 * expected);
    });
  }
});

it('covers 60 % to 160 % of the mark', () => {
  const profile = profileFromBook(book, prices);
  expect(binPrice(profile, 0) / close).toBeCloseTo(0.6, 2);
  expect(binPrice(profile, profile.long.length) / close).toBeCloseTo(1.6, 2);
  expect(profile.short).toHaveLength(profile.long.length);
});

it('never shows more than open interest, and says what it cannot locate', () => {
  const profile = profileFromBook(book, prices);
  expect(profile.openInterestUsd).toBe(book.openInterest * close);
  expect(profile.short.reduce((a, b) => a + b)).toBeLessThan(profile.openInterestUsd * 1.6);
  expect(profile.long.reduce((a, b) => a + b)).toBeLessThan(profile.openInterestUsd);
  expect(profile.unlocatedShare).toBeGreaterThan(0);
  expect(profile.unlocatedShare).toBeLessThan(1);
});

it('what it cannot locate is that share of open interest: nearly all of it after one bar', () => {
  const begun = createPositionBook(CONFIG);
  foldBar(begun, makeBar(0, close, 1000));
  const { unlocatedShare } = profileFromBook(begun, prices);
  expect(unlocatedShare).toBeLessThan(1);
  expect(unlocatedShare).toBeGreaterThan(1 - 100 / 1000);
});

it('levels that a newer mark has crossed are left out at once', () => {
  const markPrice = close * 0.99;
  const profile = profileFromBook(book, { ...prices, markPrice });
  const markBin = priceToBin(markPrice, CONFIG.binWidth) - profile.firstBin;
  expect(profile.long.subarray(markBin).every((usd) => usd === 0)).toBe(true);
  expect(profile.short.subarray(0, markBin + 1).every((usd) => usd === 0)).toBe(true);
});

it('lends its arrays to the next map', () => {
  const first = profileFromBook(book, prices);
  const expected = profileFromBook(book, { ...prices, markPrice: close * 1.01 });
  const second = profileFromBook(book, { ...prices, markPrice: close * 1.01 }, first);
  expect(second.long).toBe(first.long);
  expect(second).toEqual(expected);
});

it('the maps by leverage add up to the whole, side by side in one array', () => {
  const whole = profileFromBook(book, prices);
  const groups = usdByLeverage(book, prices.markPrice);
  expect(groups).toHaveLength(LEVERAGE_GROUPS.length);
  for (const group of groups) expect(group.some((usd) => usd > 0)).toBe(true);
  whole.long.forEach((usd, i) => {
    const [long, short] = [usd, whole.short[i]];
    expect(Math.min(long, short)).toBe(0);
    const sum = groups.reduce((total, group) => total + group[i], 0);
    expect(Math.abs(sum - long - short)).toBeLessThanOrEqual(1e-5 * (long + short));
  });
});

it('the maps by leverage are of the classes that they name', () => {
  CONFIG.classes.forEach(({ leverage }, k) => {
    const only = createPositionBook({
      ...CONFIG,
      classes: CONFIG.classes.map((each, i) => ({ ...each, share: i === k ? 1 : 0 })),
    });
    for (const bar of bars) foldBar(only, bar);
    const held = usdByLeverage(only, close).map((group) => group.some((usd) => usd > 0));
    expect(held.indexOf(true)).toBe(LEVERAGE_GROUPS.findIndex(({ upTo }) => leverage <= upTo));
    expect(held.filter(Boolean)).toHaveLength(1);
  });
});

it('the maps by leverage lend their arrays to the next', () => {
  const first = usdByLeverage(book, close);
  const expected = usdByLeverage(book, close * 1.01);
  const second = usdByLeverage(book, close * 1.01, first);
  expect(second[0]).toBe(first[0]);
  expect(second).toEqual(expected);
});

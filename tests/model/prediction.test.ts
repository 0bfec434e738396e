import { expect, it } from 'vitest';

import type { Profile } from '@/lib/market/profile';
import { columnFromProfile, profileFromColumn, QUANTISATION_ERROR } from '@/lib/model/history';
import { createPositionBook, foldBar, seedPositionBook } from '@/lib/model/position-book';
import { crossedUsd, nextActivity, NO_ACTIVITY, sameBarUsd } from '@/lib/model/prediction';
import { profileFromBook } from '@/lib/model/profile-from-book';

import { CONFIG, makeBar, walkBars } from './book-fixtures';

/** 100 USD in every bin, longs below the mark, shorts above. */
const flatProfile = (): Profile => {
  const binWidth = 0.00025;
  const firstBin = 40_000;
  const markBin = 400;
  const markPrice = Math.exp((firstBin + markBin + 0.5) * binWidth);
  const usd = (isHeld: (i: number) => boolean) => Float32Array.from({ length: 801 }, (_, i) => (isHeld(i) ? 100 : 0));
  return {
    asOfMs: 0,
    markPrice,
    lastPrice: markPrice,
    binWidth,
    firstBin,
    long: usd((i) => i < markBin),
    short: usd((i) => i > markBin),
    openInterestUsd: 1e6,
    unlocatedShare: 0,
  };
};

it('reads the levels up to the extremes, and a little beyond', () => {
  const profile = flatProfile();
  const { markPrice, binWidth } = profile;
  const { long, short } = crossedUsd(profile, { low: markPrice * Math.exp(-10 * binWidth), high: markPrice });
  expect(long).toBeGreaterThan(1000);
  expect(long).toBeLessThan(1001);
  expect(short).toBeGreaterThan(0);
  expect(short).toBeLessThan(1);
});

it('counts of a level beyond the extreme 0.1 % one bin away, less with every bin, for either side', () => {
  const profile = flatProfile();
  const { markPrice, binWidth } = profile;
  const reach = 10 * binWidth;
  const { long, short } = crossedUsd(profile, {
    low: markPrice * Math.exp(-reach),
    high: markPrice * Math.exp(reach),
  });
  const edge = Array.from({ length: 40 }, (_, i) => (i + 1) * binWidth).reduce(
    (sum, distance) => sum + 100 * (1e-3 * Math.exp(-distance / 0.00035) + 1.5e-6 * Math.exp(-distance / 0.0025)),
    0,
  );
  expect(long).toBeCloseTo(1_000 + edge, 8);
  expect(short).toBeCloseTo(1_000 + edge, 8);
  // Of levels that lie beyond the extreme alone nothing but the edge counts.
  const beyond = { ...profile, long: Float32Array.from(profile.long, (usd, i) => (i < 390 ? usd : 0)) };
  expect(crossedUsd(beyond, { low: markPrice * Math.exp(-reach), high: markPrice }).long).toBeCloseTo(edge, 8);
});

it('reads no levels, and of the edge only its start, where the path never went against a side', () => {
  const profile = flatProfile();
  const up = profile.markPrice * 1.01;
  expect(crossedUsd(profile, { low: up, high: up }).long).toBeLessThan(1);
});

it("is recomputed from the band's as-of column within its rounding", () => {
  const bars = walkBars(300);
  const book = createPositionBook(CONFIG);
  seedPositionBook(book, [], 1000);
  let compared = 0;
  for (const bar of bars) {
    const markPrice = bars[bars.indexOf(bar) - 1]?.close ?? bar.open;
    const profile = profileFromBook(book, { markPrice, lastPrice: markPrice, asOfMs: bar.openTimeMs });
    const path = { low: bar.low * 0.97, high: bar.high * 1.03 };
    const frozen = crossedUsd(profile, path);
    const again = crossedUsd(profileFromColumn(columnFromProfile(profile)), path);
    for (const side of ['long', 'short'] as const) {
      if (!(frozen[side] > 1)) continue;
      compared++;
      // Bins below a ten-thousandth of the fullest are not in a column.
      expect(Math.abs(again[side] / frozen[side] - 1)).toBeLessThan(QUANTISATION_ERROR + 0.01);
    }
    foldBar(book, bar);
  }
  expect(compared).toBeGreaterThan(500);
});

it('expects nothing of the same bar before one has ended, and next to nothing within the distance of every class', () => {
  const bar = makeBar(0, 100, 1, { open: 100, low: 97, high: 100, close: 98 });
  expect(sameBarUsd(bar, NO_ACTIVITY, CONFIG)).toEqual({ long: 0, short: 0 });
  const activity = nextActivity(NO_ACTIVITY, bar);
  const { long, short } = sameBarUsd(bar, activity, CONFIG);
  const near = sameBarUsd({ ...bar, low: 99.9, close: 99.9 }, activity, CONFIG);
  expect(near.long).toBeLessThan(long / 1000);
  expect(sameBarUsd({ ...bar, low: 100, close: 100 }, activity, CONFIG)).toEqual({ long: 0, short: 0 });
  expect(long).toBeGreaterThan(short);
});

it('averages activity without a starting value and leaves it where volume is missing', () => {
  const bar = makeBar(0, 100, 1, { low: 99, high: 101, volume: 50 });
  const once = nextActivity(NO_ACTIVITY, bar);
  expect(once.volume).toBeCloseTo(50, 9);
  expect(nextActivity(once, bar).range).toBeCloseTo(Math.log(101 / 99), 12);
  expect(nextActivity(once, { ...bar, volume: NaN })).toBe(once);
});

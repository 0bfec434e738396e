import { describe, expect, it } from 'vitest';

import type { Sample } from './gauges';
import { judge } from './judgement';

const DAYS = 7;
const A_DAY = 12;

/** A week in which nothing grows but the store, by the day. */
const week = (change: (day: number, nth: number) => Partial<Sample> = () => ({})): Sample[] =>
  Array.from({ length: DAYS * A_DAY }, (_, nth) => {
    const day = nth / A_DAY;
    return {
      hours: 24 * day,
      workerMb: 12,
      workerTimers: 60,
      workerSignals: 21,
      ports: 1,
      sockets: 9,
      pageMb: 4.4,
      pageListeners: 91,
      pageNodes: 144,
      storedMb: 46 + 4 * day,
      storedRows: 5_000 + 600 * day,
      ...change(day, nth),
    };
  });

/** A week as it was recorded on a busy machine, which read half of the samples and in some of them what waited to be settled. */
const RECORDED: readonly (readonly [hours: number, storedRows: number])[] = [
  [0, 16_463],
  [2, 28_197],
  [4.1, 28_369],
  [6.1, 28_533],
  [10.2, 28_802],
  [12.7, 29_086],
  [16.2, 29_222],
  [18, 29_363],
  [21.9, 30_417],
  [36.1, 30_503],
  [38.8, 30_925],
  [50.6, 31_157],
  [56.1, 31_369],
  [64.5, 32_232],
  [74.6, 34_617],
  [102.2, 35_090],
  [104, 35_191],
  [106, 35_289],
  [108, 35_407],
  [110.1, 35_519],
  [112.2, 35_677],
  [114, 35_754],
  [116, 35_844],
  [118, 35_994],
  [120, 36_103],
  [122.1, 36_304],
  [124.4, 36_862],
  [140.1, 37_629],
  [143.2, 38_083],
  [148.1, 38_261],
  [150, 38_395],
  [152, 38_542],
  [154, 38_865],
  [156, 39_101],
  [158.1, 39_285],
  [160.1, 39_421],
  [162, 39_591],
  [164.4, 39_715],
  [166, 39_844],
];
const recorded = (leak: (day: number) => number = () => 0): Sample[] =>
  RECORDED.map(([hours, storedRows]) => ({
    ...week()[0],
    hours,
    storedMb: 50,
    storedRows: storedRows + leak(hours / 24),
  }));

const grownIn = (samples: readonly Sample[]): string[] =>
  judge(samples)
    .filter(({ isGrown }) => isGrown)
    .map(({ what }) => what);

describe('the judgement of a week', () => {
  it('is that a store is flat which each day adds as much to', () => {
    expect(grownIn(week())).toEqual([]);
  });

  it('takes no moment for growth in which a sample fell into a fold or many questions', () => {
    const busy = week((day, nth) =>
      day > 5 && nth % 3 > 0 ? { workerMb: 25, workerSignals: 44, workerTimers: 90 } : {},
    );
    expect(grownIn(busy)).toEqual([]);
  });

  it('takes no warming up in the first hours for growth', () => {
    expect(grownIn(week((day) => ({ pageMb: day < 0.4 ? 4.4 : 5.1 })))).toEqual([]);
  });

  it.each([
    ['workerMb', (day: number) => 12 + 0.4 * day],
    ['workerTimers', (day: number) => 60 + 3 * day],
    ['workerSignals', (day: number) => 21 + day],
    ['ports', (day: number) => (day > 6.5 ? 2 : 1)],
    ['sockets', (day: number) => 9 + Math.floor(day / 3)],
    ['pageMb', (day: number) => 4.4 + 0.16 * day],
    ['pageListeners', (day: number) => 91 + 2 * day],
    ['pageNodes', (day: number) => 144 + 3 * day],
  ] as const)('finds what is never given back: %s', (gauge, at) => {
    expect(grownIn(week((day) => ({ [gauge]: at(day) })))).toEqual([gauge]);
  });

  it('finds a store to which each day adds more than the one before', () => {
    expect(grownIn(week((day) => ({ storedRows: 5_000 + 100 * day ** 2 })))).toEqual(['storedRows a day']);
  });

  it('takes no chance of single samples for growth: a recorded week', () => {
    expect(grownIn(recorded())).toEqual([]);
  });

  it('finds in the same week what adds a quarter more from the fifth day on', () => {
    expect(grownIn(recorded((day) => 450 * Math.max(0, day - 4)))).toEqual(['storedRows a day']);
  });

  it('finds a store of which too little was seen to say so', () => {
    const seen = recorded().filter(({ hours }) => hours < 24 || (hours > 60 && hours < 70) || hours > 162);
    expect(grownIn(seen)).toEqual(['storedRows a day (too few or unsteady samples)']);
  });

  it('finds a store that would be over its limit before the oldest goes', () => {
    expect(grownIn(week((day) => ({ storedMb: 46 + 20 * day })))).toEqual(['storedMb, in 35 days']);
  });

  it('finds a gauge that could not be read', () => {
    expect(grownIn(week((day) => ({ pageMb: day > 6 ? NaN : 4.4 })))).toEqual(['pageMb']);
  });

  it('leaves the store of a real hour alone, which nothing can be said of yet', () => {
    const hour = week((day) => ({ hours: day / DAYS, storedRows: 5_000 + 100 * day ** 2 }));
    expect(grownIn(hour)).toEqual([]);
  });
});

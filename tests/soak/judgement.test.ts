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

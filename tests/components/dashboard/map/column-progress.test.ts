import { expect, it } from 'vitest';

import { columnProgress } from '@/components/dashboard/map/column-progress';
import { type MapDay, SLOTS_PER_DAY } from '@/components/dashboard/map/map-day';
import { DAY_MS } from '@/lib/core/time';
import { BAR_MS, barOfTrades } from '@/lib/market/bar';

import { columnOf } from '../columns';

const START_MS = Date.UTC(2024, 8, 10);
const COLUMN = columnOf(60_000, START_MS, { 9: 1e6 });

/** A day of bars of which so many columns are made. */
const day = (index: number, made: number): MapDay => {
  const startMs = START_MS + index * DAY_MS;
  const bar = { open: 1, high: 1, low: 1, close: 1, volume: 1 };
  return {
    startMs,
    bars: Array.from({ length: DAY_MS / BAR_MS }, (_, i) => barOfTrades({ ...bar, openTimeMs: startMs + i * BAR_MS })),
    slots: Array.from({ length: SLOTS_PER_DAY }, (_, i) => [i < made ? COLUMN : null]),
    events: [],
    isWhole: false,
  };
};
const of = (...days: readonly MapDay[]) => ({
  days: new Map(days.map((each) => [each.startMs, each])),
});

it('tells of how many days with bars the columns are made', () => {
  expect(columnProgress(of(day(0, 96), day(1, 48), day(2, 0)), START_MS)).toEqual({
    daysDone: 1.5,
    daysTotal: 3,
  });
});

it('counts no day before the range', () => {
  expect(columnProgress(of(day(0, 96), day(1, 0)), START_MS + DAY_MS)).toEqual({ daysDone: 0, daysTotal: 1 });
});

it('is silent of a whole history, of one without bars, and of what the last hour still lacks', () => {
  expect(columnProgress(of(day(0, 96), day(1, 92)), START_MS)).toBeNull();
  expect(columnProgress(of({ ...day(0, 0), bars: [] }), START_MS)).toBeNull();
});

import { expect, it } from 'vitest';

import { barsFromHours } from '@/components/dashboard/market/hour-bars';
import { HOUR_MS } from '@/lib/core/time';

const NOW_MS = Date.UTC(2026, 4, 20, 12, 20);
const hour = (hoursAgo: number, longUsd: number, shortUsd = 0) => ({
  startMs: Date.UTC(2026, 4, 20, 12) - hoursAgo * HOUR_MS,
  longUsd,
  shortUsd,
});

it('the hour of now is the last bar, and of hours that are not told nothing is known', () => {
  const bars = barsFromHours([hour(30, 9), hour(23, 1), hour(2, 3, 4), hour(0, 5)], NOW_MS, 1, 24);
  expect(bars).toHaveLength(24);
  expect(bars.at(-1)).toEqual({ startMs: Date.UTC(2026, 4, 20, 12), longUsd: 5, shortUsd: 0, isKnown: true });
  expect(bars.at(-3)).toMatchObject({ longUsd: 3, shortUsd: 4 });
  expect(bars[0].longUsd).toBe(1);
  expect(bars.filter(({ isKnown }) => isKnown)).toHaveLength(3);
  expect(bars.reduce((sum, { longUsd }) => sum + longUsd, 0)).toBe(9);
});

it('longer bars hold the sum of their hours', () => {
  const bars = barsFromHours([hour(11, 1), hour(6, 2), hour(5, 4), hour(0, 8)], NOW_MS, 6, 2);
  expect(bars.map(({ longUsd }) => longUsd)).toEqual([3, 12]);
});

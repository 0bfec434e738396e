import { expect, it } from 'vitest';

import { type ChartWishes, createChartPushes } from '@/lib/services/market/chart-pushes';
import { randomProfile } from '@/tests/render/profiles';

const profile = randomProfile(1);

/** Offers a map ten times a second for a while; the times at which one passes. */
function timesPassed(refreshMs: ChartWishes['refreshMs'], spanMs: number): number[] {
  let nowMs = 1_000;
  const pushes = createChartPushes(
    () => ({ refreshMs, side: 'both' }),
    () => nowMs,
  );
  const passed: number[] = [];
  for (; nowMs <= 1_000 + spanMs; nowMs += 100) if (pushes.pass(profile) !== null) passed.push(nowMs - 1_000);
  return passed;
}

it.each([
  [100, [0, 100, 200, 300, 400, 500, 600, 700, 800, 900, 1_000]],
  [500, [0, 500, 1_000]],
  [1_000, [0, 1_000]],
] as const)('lets a map pass every %i ms', (refreshMs, times) => expect(timesPassed(refreshMs, 1_000)).toEqual(times));

it('drops nothing for whoever has no wishes', () => {
  const pushes = createChartPushes(
    () => null,
    () => 0,
  );
  expect([pushes.pass(profile), pushes.pass(profile)]).toEqual([profile, profile]);
});

it('meets another wish at once, and is not silenced by a clock that was set back', () => {
  let wishes: ChartWishes = { refreshMs: 5_000, side: 'both' };
  let nowMs = 60_000;
  const pushes = createChartPushes(
    () => wishes,
    () => nowMs,
  );
  expect(pushes.pass(profile)).toBe(profile);
  expect(pushes.pass(profile)).toBeNull();
  wishes = { refreshMs: 5_000, side: 'long' };
  expect(pushes.pass(profile)?.short.reduce((sum, usd) => sum + usd, 0)).toBe(0);
  expect(pushes.pass(profile)).toBeNull();
  nowMs = 0;
  expect(pushes.pass(profile)).not.toBeNull();
});

it('does not drop the first map of another contract', () => {
  const pushes = createChartPushes(
    () => ({ refreshMs: 5_000, side: 'both' }),
    () => 60_000,
  );
  expect(pushes.pass(profile)).toBe(profile);
  expect(pushes.pass(profile)).toBeNull();
  pushes.renew();
  expect(pushes.pass(profile)).toBe(profile);
});

it('tells clusters with the first map, once a second, and of another side at once', () => {
  let wishes: ChartWishes = { refreshMs: 100, side: 'both' };
  let nowMs = 60_000;
  const pushes = createChartPushes(
    () => wishes,
    () => nowMs,
  );
  const clusters = () => pushes.beside(pushes.pass(profile) ?? profile).clusters;
  expect(clusters()?.length).toBeGreaterThan(10);
  nowMs += 900;
  expect(clusters()).toBeUndefined();
  nowMs += 100;
  expect(clusters()?.some(({ positionSide }) => positionSide === 'short')).toBe(true);
  nowMs += 100;
  wishes = { refreshMs: 100, side: 'long' };
  expect(clusters()?.every(({ positionSide }) => positionSide === 'long')).toBe(true);
  nowMs += 100;
  pushes.renew();
  expect(clusters()).toBeDefined();
});

it('tells no clusters to whoever has no wishes', () => {
  const pushes = createChartPushes(
    () => null,
    () => 0,
  );
  expect(pushes.beside(profile)).toEqual({});
});

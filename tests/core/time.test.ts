import { expect, it } from 'vitest';

import { floorToStep, steadyClock } from '@/lib/core/time';

it('floors to the start of the interval, also exactly on it', () => {
  expect(floorToStep(1_000_299, 300)).toBe(1_000_200);
  expect(floorToStep(1_000_200, 300)).toBe(1_000_200);
});

it('never goes back with a machine whose clock is set back, and goes on at its pace', () => {
  let machineMs = 1_000;
  const now = steadyClock(() => machineMs);
  const readAt = (ms: number): number => {
    machineMs = ms;
    return now();
  };
  expect([1_000, 1_500, 200, 300, 100, 150, 5_000].map(readAt)).toEqual([
    1_000, 1_500, 1_500, 1_600, 1_600, 1_650, 6_500,
  ]);
});

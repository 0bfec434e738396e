import { expect, it } from 'vitest';

import { floorToStep } from '@/lib/core/time';

it('floors to the start of the interval, also exactly on it', () => {
  expect(floorToStep(1_000_299, 300)).toBe(1_000_200);
  expect(floorToStep(1_000_200, 300)).toBe(1_000_200);
});

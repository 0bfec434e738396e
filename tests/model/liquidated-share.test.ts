import { expect, it } from 'vitest';

import { liquidatedShare, NO_OBSERVATION, observeShare, SHARE_HALF_LIFE_MS } from '@/lib/model/liquidated-share';

const atRisk = { long: 1000, short: 500 };

it('is the prior before anything was observed', () => {
  expect(liquidatedShare(NO_OBSERVATION, 0.2, 100)).toEqual({ long: 0.2, short: 0.2 });
});

it('comes to what was observed of each side', () => {
  let share = NO_OBSERVATION;
  for (let i = 0; i < 100; i++) share = observeShare(share, atRisk, { long: 100, short: 25 }, 0);
  const { long, short } = liquidatedShare(share, 0.5, 100);
  expect(long).toBeCloseTo(0.1, 3);
  expect(short).toBeCloseTo(0.05, 3);
});

it('forgets by half in its half-life', () => {
  const before = observeShare(NO_OBSERVATION, atRisk, { long: 0, short: 0 }, 0);
  const after = observeShare(before, atRisk, { long: 300, short: 0 }, SHARE_HALF_LIFE_MS);
  expect(after.atRisk.long).toBe(1500);
  expect(liquidatedShare(after, 0.2, 1e-9).long).toBeCloseTo(0.2, 9);
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { HOUR_MS } from '@/lib/core/time';

import { runCampaign } from './campaign';
import { type Rig, startRig } from './rig';

/** `npm run faults` runs whole days at all venues. */
describe('hours full of faults', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await startRig({ venues: ['binance', 'bybit', 'gate'] });
  });
  afterAll(() => rig?.close());

  it.each([1, 2, 3])(
    'leave the log and the levels as hours without any would: seed %i',
    { timeout: 1_200_000, retry: 0 },
    async (seed) => {
      const { differences, recoveries, faults } = await runCampaign(rig, { seed, rounds: 1, lengthMs: HOUR_MS });
      expect(differences).toEqual([]);
      expect(recoveries).toBe(1);
      expect(Object.keys(faults).length).toBeGreaterThan(1);
    },
  );
});

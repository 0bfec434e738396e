import { afterAll, beforeAll, expect, it } from 'vitest';

import { runCampaign } from './campaign';
import { type Rig, startRig } from './rig';

/** Of the twelve that `npm run faults` takes, at three venues of the seven: one whose feed is sampled, one that tells all, one that keeps no history of open interest. */
const ROUNDS = 3;
const VENUES = ['binance', 'gate', 'hyperliquid'] as const;
const PATIENCE_MS = 240_000;

let rig: Rig;
beforeAll(async () => {
  rig = await startRig({ venues: VENUES });
});
afterAll(() => rig?.close());

it.each([1, 2, 3])(
  'a day full of faults leaves what a day without any would, seed %d',
  async (seed) => {
    const { faults, recoveries, differences } = await runCampaign(rig, seed, ROUNDS);
    expect(Object.keys(faults).length).toBeGreaterThan(ROUNDS);
    expect(recoveries).toBe(ROUNDS);
    expect(differences).toEqual([]);
  },
  PATIENCE_MS,
);

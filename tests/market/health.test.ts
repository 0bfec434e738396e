import { expect, it } from 'vitest';

import { closedHealth, isTrouble, missingState, type HealthState, type VenueHealth } from '@/lib/market/health';

import { sampleStream } from './sample-health';

const health = (...states: readonly HealthState[]): VenueHealth => ({
  venueId: 'binance',
  streams: states.map((state) => sampleStream('trades', state, { detail: 'why', retryAtMs: 5 })),
});

it.each<[readonly HealthState[], HealthState]>([
  [['live', 'blocked', 'down'], 'blocked'],
  [['silent', 'limited', 'live'], 'limited'],
  [['live', 'connecting'], 'connecting'],
  [['live', 'live'], 'backfilling'],
  [['idle', 'idle'], 'idle'],
  [['closed', 'live'], 'closed'],
  [[], 'idle'],
])('streams that are %j keep a map away because: %s', (states, state) => {
  expect(missingState(health(...states))).toBe(state);
});

it('silence of a closed market is no trouble', () => {
  const closed = closedHealth(health('silent', 'down'));
  expect(closed.streams.map(({ state, detail }) => [state, detail])).toEqual([
    ['closed', ''],
    ['down', 'why'],
  ]);
  expect(isTrouble('closed')).toBe(false);
  expect(isTrouble('silent')).toBe(true);
});

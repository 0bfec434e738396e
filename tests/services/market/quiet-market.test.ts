import { beforeEach, describe, expect, it, vi } from 'vitest';

import { MINUTE_MS, SECOND_MS } from '@/lib/core/time';
import { contractId } from '@/lib/market/contract';
import type * as ProfileSums from '@/lib/market/profile-sum';
import { createMemoryLog } from '@/lib/store/log/open-market-log';
import { BTCUSDT } from '@/tests/market/sample-contract';
import { createFakeVenue, type FakeVenueOptions } from '@/tests/services/fake-venue';
import { createHubStage } from '@/tests/services/hub-stage';

const summed = vi.hoisted(() => ({ count: 0 }));
vi.mock('@/lib/market/profile-sum', async (load) => {
  const real = await load<typeof ProfileSums>();
  const sumProfiles: typeof real.sumProfiles = (...given) => {
    summed.count += 1;
    return real.sumProfiles(...given);
  };
  return { ...real, sumProfiles };
});

const NOW_MS = Date.UTC(2026, 4, 20, 12, 2);
const BYBIT = { ...BTCUSDT, id: contractId('bybit', 'BTCUSDT'), venueId: 'bybit' } as const;

const stage = (options: FakeVenueOptions = {}) => {
  const fakes = [createFakeVenue(NOW_MS, options), createFakeVenue(NOW_MS, { ...options, contract: BYBIT })];
  const log = createMemoryLog(() => {});
  return {
    ...createHubStage(fakes, log),
    log,
    requests: () => fakes.reduce((sum, { state }) => sum + state.requests, 0),
  };
};

beforeEach(() => void (summed.count = 0));

describe('a market that nobody sees', () => {
  it('is summed up for nobody, and as of now for the first who sees it again', async () => {
    const s = stage();
    const hidden = s.watch('binance', 'BTCUSDT', 'quiet');
    await s.pass(20 * SECOND_MS);
    expect(summed.count).toBe(0);
    s.hub.handlers.onUnwatch(hidden.watch);
    const seen = s.watch('binance', 'BTCUSDT', 'band');
    await s.pass(2 * SECOND_MS);
    const profile = seen.profile()!;
    expect(profile.asOfMs).toBeGreaterThan(NOW_MS + 20 * SECOND_MS);
    expect(seen.coverage()).toEqual({ countedVenues: 2, venues: 2, openInterestShare: 1 });
    expect(hidden.of('profile')).toEqual([]);
    s.hub.handlers.onUnwatch(seen.watch);
    s.watch('binance', 'BTCUSDT', 'quiet');
    // What was due already is still told.
    await s.pass(2 * SECOND_MS);
    summed.count = 0;
    await s.pass(10 * SECOND_MS);
    expect(summed.count).toBe(0);
  });

  it('takes all its contracts as they are now for whoever asks for its figures', async () => {
    const s = stage();
    s.watch('binance', 'BTCUSDT', 'quiet');
    const tab = s.watch('bybit', 'BTCUSDT', 'summary');
    await s.pass(5 * SECOND_MS);
    s.hub.handlers.onUnwatch(tab.watch);
    await s.pass(MINUTE_MS);
    const again = s.watch('bybit', 'BTCUSDT', 'summary');
    await s.pass(SECOND_MS);
    const { members, asOfMs } = again.of('summary').at(-1)!.summary;
    expect(asOfMs).toBeGreaterThan(NOW_MS + MINUTE_MS);
    expect(members.map(({ state }) => state)).toEqual(['live', 'live']);
  });

  it('has nobody asked for what can be asked for later, which is when somebody sees it again', async () => {
    const s = stage();
    const seen = s.watch('binance', 'BTCUSDT', 'band');
    await s.pass(5 * SECOND_MS);
    s.hub.handlers.onUnwatch(seen.watch);
    s.watch('binance', 'BTCUSDT', 'quiet');
    await s.settle();
    const before = s.requests();
    for (let passed = 0; passed < 14 * MINUTE_MS; passed += 10 * SECOND_MS) await s.advance(10 * SECOND_MS);
    expect(s.requests()).toBe(before);
    const again = s.watch('binance', 'BTCUSDT', 'summary');
    await s.pass(5 * SECOND_MS);
    // Open interest, long to short, and three bars with theirs, at two venues.
    expect(s.requests() - before).toBeLessThanOrEqual(12);
    for (const { id } of [BTCUSDT, BYBIT])
      expect((await s.log.readBarTimes(id, 0)).at(-1)).toBe(NOW_MS + 8 * MINUTE_MS);
    expect(again.members().map(({ state }) => state)).toEqual(['live', 'live']);
    expect(again.profile()!.asOfMs).toBeGreaterThan(NOW_MS + 14 * MINUTE_MS);
  });

  it('goes on asking for open interest that is told as of now alone', async () => {
    const s = stage({ openInterestReachMs: 0 });
    s.watch('binance', 'BTCUSDT', 'quiet');
    for (let passed = 0; passed < 14 * MINUTE_MS; passed += 10 * SECOND_MS) await s.advance(10 * SECOND_MS);
    const points = await s.log.readOpenInterestTimes(BTCUSDT.id, 0);
    expect(points.slice(-2)).toEqual([NOW_MS + 8 * MINUTE_MS, NOW_MS + 13 * MINUTE_MS]);
  });
});

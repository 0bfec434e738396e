import { describe, expect, it } from 'vitest';

import { DAY_MS, HOUR_MS, SECOND_MS } from '@/lib/core/time';
import { BAR_MS } from '@/lib/market/bar';
import type { FeedWatch, WatchRequest, WatchUpdate } from '@/lib/messaging/feed-server';
import { createHub } from '@/lib/services/hub';
import type { MarketLog } from '@/lib/store/log/market-log';
import { createMemoryLog } from '@/lib/store/log/open-market-log';
import type { VenueError } from '@/lib/venues/venue';

import { BTCUSDT } from '../market/sample-contract';
import { createFakeVenue } from './fake-venue';
import { noAlerts, storedHubSettings } from './hub-stage';

const NOW_MS = Date.UTC(2026, 4, 20, 12, 2);
const BLOCKED: VenueError = {
  kind: 'blocked',
  message: 'Binance is blocked where you are.',
  detail: '451',
  retryAtMs: null,
};

/** A hub over a fake venue, with timers run by hand as its clock is moved. */
function stage(overrides: Partial<MarketLog> = {}, machineAheadMs = 0) {
  const fake = createFakeVenue(NOW_MS);
  const timers = new Map<() => void, number>();
  let last: string | null = null;
  const hub = createHub({
    venues: [fake.venue],
    openLog: Promise.resolve({ ...createMemoryLog(() => {}), ...overrides }),
    storeProblem: Promise.resolve(null),
    activity: { add: () => {}, noteHealth: () => {}, lines: async () => [] },
    environment: {
      now: () => fake.state.nowMs + machineAheadMs,
      setTimer(callback, delayMs) {
        const due = () => callback();
        timers.set(due, fake.state.nowMs + delayMs);
        return () => timers.delete(due);
      },
      log: () => {},
    },
    alerts: noAlerts(),
    onChart: () => {},
    storedPositions: { getValue: () => Promise.resolve([]), setValue: () => Promise.resolve(), watch: () => {} },
    settings: storedHubSettings(),
    lastContract: {
      getValue: () => Promise.resolve(last),
      setValue(id) {
        last = id;
        return Promise.resolve();
      },
    },
  });
  const settle = async () => {
    for (let turn = 0; turn < 600; turn += 1) await Promise.resolve();
  };
  return {
    hub,
    fake,
    settle,
    /** Moves the clock, runs what is due and lets the venue stream. */
    async advance(ms: number) {
      fake.state.nowMs += ms;
      for (const [due, atMs] of [...timers].sort((a, b) => a[1] - b[1])) {
        if (atMs > fake.state.nowMs || !timers.delete(due)) continue;
        due();
      }
      fake.tick(fake.state.nowMs);
      await settle();
    },
    watch(request: WatchRequest, tabId: number | null = 7) {
      const updates: WatchUpdate[] = [];
      const watch: FeedWatch = { request, tabId, push: (update) => updates.push(update) };
      hub.handlers.onWatch(watch);
      const of = <T extends WatchUpdate['type']>(type: T) =>
        updates.filter((update): update is Extract<WatchUpdate, { type: T }> => update.type === type);
      return { watch, updates, of };
    },
  };
}

const chart = (pair: string, detail: 'band' | 'summary' = 'band'): WatchRequest => ({
  type: 'watch',
  key: pair,
  symbol: { raw: `BINANCE:${pair}.P`, exchange: 'binance', pair, kind: 'perpetual' },
  detail,
});
const tab = (tabId: number): WatchRequest => ({ type: 'watch-tab', key: 'popup', tabId, detail: 'summary' });

describe('hub', () => {
  it('starts nothing until something is watched', async () => {
    const { fake, settle } = stage();
    await settle();
    expect(fake.state.requests).toBe(0);
    expect(fake.state.followed).toEqual([]);
  });

  it('prunes by the venues’ time, whatever year the machine believes it is', async () => {
    const pruned: (number | null)[] = [];
    const prune = (venueMs: number | null) => Promise.resolve(void pruned.push(venueMs));
    const s = stage({ prune }, 400 * DAY_MS);
    // With nothing watched nobody told the time.
    await s.hub.upkeep();
    s.watch(chart('BTCUSDT'));
    await s.settle();
    await s.advance(SECOND_MS);
    await s.hub.upkeep();
    expect(pruned).toEqual([null, NOW_MS + SECOND_MS]);
  });

  it('prunes by what venues said last, where the machine’s clock is set ahead before their next word', async () => {
    const pruned: (number | null)[] = [];
    const prune = (venueMs: number | null) => Promise.resolve(void pruned.push(venueMs));
    const s = stage({ prune });
    s.watch(chart('BTCUSDT'));
    await s.settle();
    await s.advance(SECOND_MS);
    // An alarm that the new clock makes due is there before any frame.
    s.fake.state.nowMs += 400 * DAY_MS;
    await s.hub.upkeep();
    expect(pruned).toEqual([NOW_MS + SECOND_MS]);
  });

  it('asks for the contracts anew where those stored are of a time to come', async () => {
    const list = { contracts: [], fetchedAtMs: NOW_MS + 400 * DAY_MS };
    const s = stage({ readContracts: () => Promise.resolve(list) });
    const { of } = s.watch(chart('BTCUSDT'));
    await s.settle();
    expect(of('resolved')[0]).toMatchObject({ resolution: { ok: true, contract: { id: BTCUSDT.id } } });
  });

  it('forgets what was learned by the venues’ time, also of a contract that nobody watches', async () => {
    const reset: unknown[] = [];
    const resetLearning = (...asked: unknown[]) => Promise.resolve(void reset.push(asked));
    const s = stage({ resetLearning }, 400 * DAY_MS);
    s.watch(chart('BTCUSDT'));
    await s.settle();
    await s.advance(SECOND_MS);
    s.hub.handlers.onResetLearning('binance:ETHUSDT');
    await s.settle();
    expect(reset).toEqual([['binance:ETHUSDT', NOW_MS + SECOND_MS]]);
  });

  it('tells everybody, also who comes later, that the store is full, and when it is no longer', async () => {
    const s = stage();
    const first = s.watch(chart('BTCUSDT'));
    s.hub.tellStoreProblem('full');
    const second = s.watch(chart('ETHUSDT'));
    s.hub.tellStoreProblem(null);
    for (const { of } of [first, second]) expect(of('storage').map(({ problem }) => problem)).toEqual(['full', null]);
  });

  it('resolves a chart, fills, and pushes its map at once and then at most ten times a second', async () => {
    const s = stage();
    const { of } = s.watch(chart('BTCUSDT'));
    await s.settle();
    expect(of('resolved')[0]).toMatchObject({ resolution: { ok: true, contract: { id: BTCUSDT.id }, proxyFor: null } });
    expect(s.fake.state.followed).toEqual(['BTCUSDT']);
    await s.advance(100);
    const first = of('profile').length;
    expect(first).toBeGreaterThan(0);
    for (let tick = 0; tick < 40; tick += 1) await s.advance(25);
    expect(of('profile').length - first).toBeGreaterThanOrEqual(9);
    expect(of('profile').length - first).toBeLessThanOrEqual(11);
    expect(of('summary')).toEqual([]);
  });

  it('folds as soon as the older bars are there, also when they come last', async () => {
    const s = stage();
    let open = () => {};
    s.fake.state.seedGate = new Promise((resolve) => (open = resolve));
    const { of } = s.watch(chart('BTCUSDT'));
    await s.settle();
    await s.advance(SECOND_MS);
    expect(of('profile')).toEqual([]);
    open();
    await s.settle();
    await s.advance(SECOND_MS);
    expect(of('profile').length).toBeGreaterThan(0);
  });

  it('follows the tab for the popup and sums the same map up', async () => {
    const s = stage();
    s.watch(chart('BTCUSDT'), 7);
    const popup = s.watch(tab(7), null);
    await s.settle();
    await s.advance(SECOND_MS);
    const summary = popup.of('summary').at(-1)?.summary;
    const profile = popup.of('profile').at(-1)?.profile;
    expect(summary?.contractId).toBe(BTCUSDT.id);
    const total = profile?.long.reduce((sum, usd) => sum + usd, 0) ?? NaN;
    expect(summary?.atRisk.at(-1)?.longUsd).toBeGreaterThan(0);
    expect(summary?.atRisk.at(-1)?.longUsd).toBeLessThanOrEqual(total);
    expect(summary?.change24h).not.toBeNull();
  });

  it('shows the last contract beside no chart, and says so when there never was one', async () => {
    const s = stage();
    const before = s.watch(tab(99), null);
    await s.settle();
    expect(before.of('resolved')[0]).toMatchObject({ resolution: { ok: false, reason: 'no-chart' } });
    s.watch(chart('BTCUSDT'), 7);
    await s.settle();
    const after = s.watch(tab(99), null);
    await s.settle();
    expect(after.of('resolved')[0]).toMatchObject({ resolution: { ok: true, contract: { id: BTCUSDT.id } } });
  });

  it('names a symbol that has no contract', async () => {
    const s = stage();
    const { of } = s.watch(chart('NOSUCHUSDT'));
    await s.settle();
    expect(of('resolved')[0]).toMatchObject({ resolution: { ok: false, reason: 'unmapped-symbol' } });
    expect(s.fake.state.followed).toEqual([]);
  });

  it('says that the venue is blocked and recovers on retry', async () => {
    const s = stage();
    s.fake.state.fail = BLOCKED;
    const { of } = s.watch(chart('BTCUSDT'));
    await s.settle();
    expect(of('resolved')).toEqual([
      { type: 'resolved', resolution: { ok: false, reason: 'blocked', detail: BLOCKED.message } },
    ]);
    s.fake.state.fail = null;
    s.hub.handlers.onRetry();
    await s.settle();
    expect(of('resolved').at(-1)).toMatchObject({ resolution: { ok: true } });
  });

  it('asks again by itself until the venue answers', async () => {
    const s = stage();
    s.fake.state.fail = BLOCKED;
    const { of } = s.watch(chart('BTCUSDT'));
    await s.settle();
    for (let minute = 0; minute < 3; minute += 1) await s.advance(20 * SECOND_MS);
    expect(of('resolved')).toHaveLength(1);
    s.fake.state.fail = null;
    await s.advance(20 * SECOND_MS);
    expect(of('resolved').at(-1)).toMatchObject({ resolution: { ok: true } });
  });

  it('goes on without the store when it refuses', async () => {
    const s = stage({ markWatched: () => Promise.reject(new Error('no space')) });
    const { of } = s.watch(chart('BTCUSDT'));
    await s.settle();
    await s.advance(SECOND_MS);
    expect(of('profile').length).toBeGreaterThan(0);
  });

  it('opens later what the store would not give at first', async () => {
    let isRefusing = true;
    const log = createMemoryLog(() => {});
    const s = stage({
      readRiskTiers: (id) => (isRefusing ? Promise.reject(new Error('busy')) : log.readRiskTiers(id)),
    });
    const { of } = s.watch(chart('BTCUSDT'));
    await s.settle();
    await s.advance(SECOND_MS);
    expect(of('profile')).toEqual([]);
    isRefusing = false;
    await s.advance(20 * SECOND_MS);
    await s.advance(SECOND_MS);
    expect(of('profile').length).toBeGreaterThan(0);
  });

  it('counts no sleep of the machine as recorded', async () => {
    const s = stage();
    s.fake.state.isRecording = true;
    const { of } = s.watch(chart('BTCUSDT', 'summary'));
    await s.settle();
    await s.advance(5 * SECOND_MS);
    await s.advance(8 * HOUR_MS);
    await s.advance(5 * SECOND_MS);
    const day = of('summary').at(-1)?.summary.liquidated.at(-1);
    expect(day?.recordedShare).toBeLessThan(0.01);
  });

  it('stops everything a few seconds after the last watcher left, not before', async () => {
    const s = stage();
    const one = s.watch(chart('BTCUSDT'));
    await s.settle();
    s.hub.handlers.onUnwatch(one.watch);
    await s.advance(3 * SECOND_MS);
    expect(s.fake.state.followed).toEqual(['BTCUSDT']);
    const two = s.watch(chart('BTCUSDT'));
    await s.settle();
    await s.advance(10 * SECOND_MS);
    expect(s.fake.state.followed).toEqual(['BTCUSDT']);
    s.hub.handlers.onUnwatch(two.watch);
    await s.advance(10 * SECOND_MS);
    expect(s.fake.state.followed).toEqual([]);
    const requests = s.fake.state.requests;
    await s.advance(HOUR_MS);
    expect(s.fake.state.requests).toBe(requests);
  });

  it('leaves an as-of column every quarter of an hour, also of hours that the machine slept through', async () => {
    const log = createMemoryLog(() => {});
    const s = stage(log);
    s.watch(chart('BTCUSDT'));
    await s.settle();
    /** Slices of the fill are timers of their own. */
    const awake = async () => {
      for (let slice = 0; slice < 450; slice += 1) await s.advance(SECOND_MS / 25);
    };
    await awake();
    const before = await log.countColumns(BTCUSDT.id);
    const beforeMs = s.fake.state.nowMs;
    expect(before).toBeGreaterThan(2_800);
    await s.advance(3 * HOUR_MS);
    await awake();
    const added = Math.floor(s.fake.state.nowMs / (3 * BAR_MS)) - Math.floor(beforeMs / (3 * BAR_MS));
    expect((await log.countColumns(BTCUSDT.id)) - before).toBe(added);
  });

  it('folds each bar for good as it closes', async () => {
    const s = stage();
    const { of } = s.watch(chart('BTCUSDT', 'summary'));
    await s.settle();
    for (let bar = 0; bar < 4; bar += 1) {
      await s.advance(BAR_MS);
      for (let second = 0; second < 2; second += 1) await s.advance(SECOND_MS);
    }
    expect(of('profile').at(-1)?.profile.asOfMs).toBe(s.fake.state.nowMs);
    expect(of('progress').at(-1)).toMatchObject({ daysDone: of('progress').at(-1)?.daysTotal });
  });
});

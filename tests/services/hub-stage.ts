import { SECOND_MS } from '@/lib/core/time';
import type { AlertRule, QuietHours } from '@/lib/market/alert';
import type { ContractChoices } from '@/lib/market/chart-symbol';
import type { ContractId, VenueId } from '@/lib/market/contract';
import type { OwnPosition } from '@/lib/market/own-position';
import type { PriorName } from '@/lib/market/prior';
import type { FeedWatch, WatchRequest, WatchUpdate } from '@/lib/messaging/feed-server';
import type { WatchDetail } from '@/lib/messaging/protocol';
import type { AlertOutlet } from '@/lib/services/alerts/alert-service';
import { createHub } from '@/lib/services/hub';
import type { ChartWishes } from '@/lib/services/market/chart-pushes';
import type { MarketLog } from '@/lib/store/log/market-log';

import type { createFakeVenue } from './fake-venue';

/** A value that is stored, without a browser. */
export function storedValue<T>(first: T) {
  let value = first;
  const listeners: ((value: T) => void)[] = [];
  return {
    getValue: () => Promise.resolve(value),
    setValue(next: T) {
      value = next;
      for (const listener of listeners) listener(value);
      return Promise.resolve();
    },
    watch: (listener: (value: T) => void) => void listeners.push(listener),
  };
}

/** What a user has set who set nothing. */
export const storedHubSettings = () => ({
  venuesOff: storedValue<readonly VenueId[]>([]),
  choices: storedValue<ContractChoices>({}),
  charts: storedValue<ChartWishes>({ refreshMs: 100, side: 'both' }),
  keptContracts: storedValue(80),
  storedMegabytes: storedValue(500),
  prior: storedValue<PriorName>('stated'),
});

/** No rules, nobody told. */
export const noAlerts = (): AlertOutlet => ({
  store: {
    rules: storedValue<readonly AlertRule[]>([]),
    quiet: storedValue<QuietHours | null>(null),
    memory: storedValue<unknown>(null),
    favourites: storedValue<readonly ContractId[]>([]),
  },
  tell: () => Promise.resolve(true),
  setAlarm: () => {},
  minuteOfDay: () => 12 * 60,
});

/** A hub over fake venues that begin at one moment, with timers run by hand as their common clock is moved. */
export function createHubStage(
  fakes: readonly ReturnType<typeof createFakeVenue>[],
  log: MarketLog,
  storedPositions: readonly OwnPosition[] = [],
  alerts: AlertOutlet = noAlerts(),
) {
  const timers = new Map<() => void, number>();
  let last: string | null = null;
  let { nowMs } = fakes[0].state;
  const settings = storedHubSettings();
  const hub = createHub({
    activity: { add: () => {}, noteHealth: () => {}, lines: async () => [] },
    venues: fakes.map(({ venue }) => venue),
    openLog: Promise.resolve(log),
    storeProblem: Promise.resolve(null),
    environment: {
      now: () => nowMs,
      setTimer(callback, delayMs) {
        const due = () => callback();
        timers.set(due, nowMs + delayMs);
        return () => timers.delete(due);
      },
      log: () => {},
    },
    lastContract: {
      getValue: () => Promise.resolve(last),
      setValue(id) {
        last = id;
        return Promise.resolve();
      },
    },
    storedPositions: storedValue(storedPositions),
    alerts,
    onChart: () => {},
    settings,
  });
  const settle = async () => {
    for (let turn = 0; turn < 1_200; turn += 1) await Promise.resolve();
  };
  const advance = async (ms: number) => {
    nowMs += ms;
    for (const { state } of fakes) state.nowMs = nowMs;
    for (const [due, atMs] of [...timers].sort((a, b) => a[1] - b[1])) {
      if (atMs > nowMs || !timers.delete(due)) continue;
      due();
    }
    for (const fake of fakes) fake.tick(nowMs);
    await settle();
  };
  return {
    hub,
    settle,
    advance,
    settings,
    lastContract: () => last,
    choose: (chosen: ContractChoices) => settings.choices.setValue(chosen),
    switchVenues: (off: readonly VenueId[]) => settings.venuesOff.setValue(off),
    /** In steps, as time passes. */
    async pass(ms: number, stepMs = SECOND_MS) {
      for (let passed = 0; passed < ms; passed += stepMs) await advance(stepMs);
    },
    watch(exchange: string, pair = 'BTCUSDT', detail: WatchDetail = 'summary') {
      const updates: WatchUpdate[] = [];
      const request: WatchRequest = {
        type: 'watch',
        key: exchange,
        symbol: { raw: `${exchange}:${pair}`, exchange, pair, kind: 'perpetual' },
        detail,
      };
      const watch: FeedWatch = { request, tabId: 1, push: (update) => updates.push(structuredClone(update)) };
      hub.handlers.onWatch(watch);
      const of = <T extends WatchUpdate['type']>(type: T) =>
        updates.filter((update): update is Extract<WatchUpdate, { type: T }> => update.type === type);
      const members = () => of('summary').at(-1)?.summary.members ?? [];
      return {
        watch,
        of,
        profile: () => of('profile').at(-1)?.profile,
        coverage: () => of('health').at(-1)?.coverage,
        states: () => Object.fromEntries(members().map(({ venueId, state }) => [venueId, state])),
        members,
      };
    },
  };
}

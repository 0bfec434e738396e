import { expect, it } from 'vitest';

import type { Contract } from '@/lib/market/contract';
import type { Resolution } from '@/lib/market/symbols';
import type { WatchRequest } from '@/lib/messaging/feed-server';
import type { WatchedMarkets } from '@/lib/services/market/watched-markets';
import { createResolutions } from '@/lib/services/resolution/resolutions';
import type { Universe } from '@/lib/services/resolution/universe';

import { BTCUSDT } from '../../market/sample-contract';

const LAST: Contract = { ...BTCUSDT, id: 'binance:ETHUSDT', symbol: 'ETHUSDT' };
const OF_CHART: Resolution = { ok: true, contract: BTCUSDT, proxyFor: null, priceFactor: 1 };

const settle = () => new Promise((resolve) => setImmediate(resolve));

it('shows a popup the chart of its tab, however long the last contract takes to be read', async () => {
  let tellLast = (_id: string) => {};
  const resolutions = createResolutions({
    resolver: {
      contractOf: (id) => Promise.resolve(id === LAST.id ? LAST : BTCUSDT),
      nothing: () => Promise.resolve({ ok: false, reason: 'no-chart', detail: '' }),
      resolve: () => Promise.resolve(OF_CHART),
    },
    universe: { venueIds: [] } as unknown as Universe,
    markets: { attach: () => Promise.resolve(), detach: () => {}, size: 0 } as unknown as WatchedMarkets,
    lastContract: { getValue: () => new Promise((resolve) => (tellLast = resolve)) },
    settingsRead: Promise.resolve(),
    environment: { now: () => 0, setTimer: () => () => {}, log: () => {} },
    onAttached: () => {},
    onNothing: () => {},
  });
  const told: unknown[] = [];
  const add = (request: WatchRequest, tabId: number | null, push: (update: unknown) => void) =>
    resolutions.add({ request, tabId, push });
  add({ type: 'watch-tab', key: 'popup', tabId: 7, detail: 'summary' }, null, (update) => told.push(update));
  await settle();
  const symbol = { raw: 'BTCUSDT', exchange: 'binance', pair: 'BTCUSDT', kind: 'perpetual' } as const;
  add({ type: 'watch', key: 'chart', symbol, detail: 'band' }, 7, () => {});
  await settle();
  tellLast(LAST.id);
  await settle();
  expect(told).toEqual([{ type: 'resolved', resolution: OF_CHART }]);
  // Whose chart it is, not the popup's own.
  expect([7, 8].map((tabId) => resolutions.isOnChart(BTCUSDT.id, tabId))).toEqual([true, false]);
  expect(resolutions.isOnChart(LAST.id, 7)).toBe(false);
});

/** A chart that is looked for again and again, and what it is told. */
async function tellChart(resolve: () => Promise<Resolution>): Promise<unknown[]> {
  const timers: (() => void)[] = [];
  const resolutions = createResolutions({
    resolver: {
      contractOf: () => Promise.resolve(null),
      nothing: () => Promise.resolve({ ok: false, reason: 'no-chart', detail: '' }),
      resolve,
    },
    universe: { venueIds: [], ask: () => Promise.resolve() } as unknown as Universe,
    markets: { attach: () => Promise.resolve(), detach: () => {}, size: 0 } as unknown as WatchedMarkets,
    lastContract: { getValue: () => Promise.resolve(null) },
    settingsRead: Promise.resolve(),
    environment: { now: () => 0, setTimer: (due) => (timers.push(due), () => {}), log: () => {} },
    onAttached: () => {},
    onNothing: () => {},
  });
  const told: unknown[] = [];
  const symbol = { raw: 'BTCUSDT', exchange: 'binance', pair: 'BTCUSDT', kind: 'perpetual' } as const;
  const request: WatchRequest = { type: 'watch', key: 'chart', symbol, detail: 'band' };
  resolutions.add({ request, tabId: 7, push: (update) => told.push(update) });
  await settle();
  for (const due of timers.splice(0)) due();
  await settle();
  return told;
}

it('asks again for a chart whose contract could not be looked for', async () => {
  let askedCount = 0;
  const told = await tellChart(() =>
    (askedCount += 1) === 1 ? Promise.reject(new Error('busy')) : Promise.resolve(OF_CHART),
  );
  expect(told).toEqual([{ type: 'resolved', resolution: OF_CHART }]);
});

it('tells of another reason, though its detail is the same', async () => {
  const failed = (reason: 'venue-down' | 'blocked'): Resolution => ({ ok: false, reason, detail: 'binance' });
  const answers = [failed('venue-down'), failed('blocked')];
  const told = await tellChart(() => Promise.resolve(answers.shift()!));
  expect(told).toEqual(
    [failed('venue-down'), failed('blocked')].map((resolution) => ({ type: 'resolved', resolution })),
  );
});

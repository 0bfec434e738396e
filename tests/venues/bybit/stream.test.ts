import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';

import { MINUTE_MS, SECOND_MS } from '@/lib/core/time';
import { createBybit } from '@/lib/venues/bybit';
import type { VenueStream } from '@/lib/venues/venue';
import { type Exchange, startExchange } from '@/tests/exchange';

import { createRig, type Rig, START_MS } from '../conformance/rig';
import { createVirtualTime, type VirtualTime } from '../virtual-time';

let exchange: Exchange;
let time: VirtualTime;
let rig: Rig;
let stream: VenueStream;

beforeAll(async () => {
  time = createVirtualTime(START_MS);
  exchange = await startExchange({
    startMs: START_MS,
    isPaused: true,
    traderCount: 90,
    machineNow: () => time.now(),
    warm: ['BTCUSDT'],
  });
});
beforeEach(() => {
  exchange.clock.set(START_MS);
  time = createVirtualTime(START_MS);
  rig = createRig(exchange, time, {
    id: 'bybit',
    make: createBybit,
    symbol: 'BTCUSDT',
    contracts: [],
    absent: [],
    hasMarkBars: true,
    closesBars: true,
    tierRequests: null,
  });
  stream = rig.open();
});
afterEach(() => {
  exchange.clearFaults();
  rig.close();
});
afterAll(() => exchange.close());

const tick = async (seconds: number): Promise<void> => {
  for (let second = 0; second < seconds; second++) {
    exchange.clock.step(SECOND_MS);
    await rig.pass(SECOND_MS);
  }
};

it('opens a socket for each category that is followed', async () => {
  stream.follow(['BTCUSDT', 'BTCUSD']);
  await rig.passUntil(() => rig.exchangeVenue.subscriptions().length === 8);
  expect(rig.exchangeVenue.connections.slice(-2).sort()).toEqual(['/v5/public/inverse', '/v5/public/linear']);
  stream.follow(['BTCUSD']);
  await rig.passUntil(() => rig.exchangeVenue.openSockets() === 1);
  expect(rig.exchangeVenue.subscriptions()).toEqual([
    'allLiquidation.BTCUSD',
    'kline.5.BTCUSD',
    'publicTrade.BTCUSD',
    'tickers.BTCUSD',
  ]);
});

it('says that a stream is down when one of its sockets is, and goes on with the other', async () => {
  stream.follow(['BTCUSDT', 'BTCUSD']);
  await rig.passUntil(() => rig.exchangeVenue.subscriptions().length === 8);
  await tick(3);
  expect(rig.healthOf('trades')).toBe('live');
  rig.exchangeVenue.setFault({ target: 'stream', kind: 'drop', match: /inverse/ });
  rig.exchangeVenue.setFault({ target: 'stream', kind: 'refuse', match: /inverse/ });
  await rig.passUntil(() => rig.healthOf('trades') === 'down');
  const seen = rig.trades.length;
  exchange.clock.step(SECOND_MS);
  await rig.passUntil(() => rig.trades.length > seen);
  exchange.clearFaults();
  await rig.passUntil(() => rig.exchangeVenue.subscriptions().length === 8);
  await tick(3);
  expect(rig.healthOf('trades')).toBe('live');
});

it('keeps funding where a delta leaves it out', async () => {
  stream.follow(['BTCUSDT']);
  await rig.passUntil(() => rig.marks.length > 0);
  const [first] = rig.marks;
  await tick(3);
  const last = rig.marks.at(-1)!;
  expect(last.timeMs).toBeGreaterThan(first.timeMs);
  expect([last.fundingRate, last.nextFundingTimeMs]).toEqual([first.fundingRate, first.nextFundingTimeMs]);
});

it('holds a quiet connection of liquidations by its pings, also when trades are followed on it later', async () => {
  const before = rig.exchangeVenue.connections.length;
  stream.followLiquidations(['BTCUSDT', 'ETHUSDT']);
  await rig.passUntil(() => rig.exchangeVenue.subscriptions().length === 2);
  await rig.pass(2 * MINUTE_MS);
  expect([rig.healthOf('liquidations'), rig.healthOf('trades')]).toEqual(['live', 'idle']);
  stream.follow(['BTCUSDT']);
  await rig.passUntil(() => rig.exchangeVenue.subscriptions().length === 5);
  await tick(8);
  expect(rig.healthOf('trades')).toBe('live');
  stream.follow([]);
  await rig.passUntil(() => rig.exchangeVenue.subscriptions().length === 2);
  expect([rig.healthOf('liquidations'), rig.healthOf('trades')]).toEqual(['live', 'idle']);
  expect(rig.exchangeVenue.connections).toHaveLength(before + 1);
});

it('names the one contract whose liquidations the venue refuses, and goes on with the others', async () => {
  stream.follow(['BTCUSDT']);
  stream.followLiquidations(['ETHUSDT', 'GONEUSDT', 'DOGEUSDT']);
  await rig.passUntil(() => rig.refused.length > 0);
  expect(rig.refused).toEqual(['GONEUSDT']);
  await rig.passUntil(() => rig.exchangeVenue.subscriptions().length === 6);
  await tick(3);
  expect(rig.exchangeVenue.subscriptions().filter((topic) => topic.startsWith('allLiquidation'))).toEqual([
    'allLiquidation.BTCUSDT',
    'allLiquidation.DOGEUSDT',
    'allLiquidation.ETHUSDT',
  ]);
  const liquidations = rig.venue.health().streams.find((each) => each.stream === 'liquidations');
  expect(liquidations).toMatchObject({ state: 'live', detail: 'refusedOne|venue=Bybit|topic=allLiquidation.GONEUSDT' });
});

it('says that a stream is down which the venue refuses to push', async () => {
  stream.follow(['GONEUSDT']);
  await rig.passUntil(() => rig.healthOf('trades') === 'down');
  const trades = rig.venue.health().streams.find((each) => each.stream === 'trades');
  expect(trades?.detail).toContain('handler not found,topic:publicTrade.GONEUSDT');
});

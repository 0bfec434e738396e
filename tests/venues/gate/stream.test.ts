import type { AddressInfo } from 'node:net';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocketServer, type WebSocket as ServerSocket } from 'ws';

import type { StreamName } from '@/lib/market/health';
import { createGate } from '@/lib/venues/gate';
import type { VenueStream, Venue } from '@/lib/venues/venue';

import { fixturesOf, withValue } from '../fixtures';
import { createVirtualTime, until, type VirtualTime } from '../virtual-time';

interface Request {
  readonly time: number;
  readonly channel: string;
  readonly event?: string;
  readonly payload?: readonly string[];
}

const { fixture, fixtureText } = fixturesOf('gate');

let server: WebSocketServer;
let time: VirtualTime;
let venue: Venue;
let stream: VenueStream;
let connections: ServerSocket[];
let requests: Request[];
/** What reached the handlers, as `kind symbol`. */
let events: string[];
let isListed: boolean;
/** Messages that were handled. */
let handled: number;

beforeEach(async () => {
  server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await new Promise((resolve) => server.once('listening', resolve));
  [connections, requests, events, isListed, handled] = [[], [], [], true, 0];
  server.on('connection', (connection) => {
    connections.push(connection);
    connection.on('message', (data: Buffer) => requests.push(JSON.parse(data.toString()) as Request));
  });
  time = createVirtualTime(1767226201000);
  venue = createGate(
    {
      fetch: () =>
        Promise.resolve(new Response(JSON.stringify(fixture('contracts')), { status: isListed ? 200 : 500 })),
      createSocket() {
        const socket = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
        socket.addEventListener('message', () => void (handled += 1));
        return socket;
      },
      now: time.now,
      setTimer: time.setTimer,
      hasHostAccess: () => Promise.resolve(true),
    },
    () => 1,
  );
  stream = venue.openStream({
    onTrade: (symbol) => events.push(`trade ${symbol}`),
    onMark: (symbol) => events.push(`mark ${symbol}`),
    onBar: (symbol, _, isClosed) => events.push(`${isClosed ? 'closed' : 'open'} bar ${symbol}`),
    onLiquidation: (symbol, { positionSide }) => events.push(`${positionSide} liquidated ${symbol}`),
    onLiquidationsRefused: () => {},
    onLiquidationsAccepted: () => {},
    onTiersChanged: (symbol) => events.push(`tiers ${symbol}`),
    onReconnect: () => events.push('reconnect'),
    onHealth: () => {},
  });
});

afterEach(async () => {
  stream.close();
  for (const connection of connections) connection.terminate();
  await new Promise((resolve) => server.close(resolve));
});

const healthOf = (name: StreamName) => venue.health().streams.find((each) => each.stream === name)!;

/** Waits for so many requests, a quarter of a second apart. */
async function asked(count: number): Promise<Request[]> {
  await until(() => requests.length > 0);
  while (requests.length < count) {
    const before = requests.length;
    time.advance(250);
    await until(() => requests.length > before);
  }
  return requests;
}

/** Resolves once what was said before has been handled, which the health of the stream shows. */
async function say(...texts: readonly string[]): Promise<void> {
  const count = events.length;
  const connection = connections[connections.length - 1];
  for (const text of texts) connection.send(text);
  connection.send(JSON.stringify(withValue(fixture('trades'), ['result', 0, 'contract'], 'XAU_USDT')));
  await until(() => events.slice(count).includes('trade XAU_USDT'));
  events = events.filter((event, i) => i < count || event !== 'trade XAU_USDT');
}

async function pong(): Promise<void> {
  const count = handled;
  connections[0].send(fixtureText('pong'));
  await until(() => handled > count);
}

describe('gate stream', () => {
  it('asks channel by channel once the sizes of contracts are known', async () => {
    stream.follow(['BTC_USDT', 'XAU_USDT']);
    await asked(6);
    expect(requests.map(({ channel, event, payload }) => [channel, event, payload])).toEqual([
      ['futures.trades', 'subscribe', ['BTC_USDT', 'XAU_USDT']],
      ['futures.tickers', 'subscribe', ['BTC_USDT', 'XAU_USDT']],
      ['futures.candlesticks', 'subscribe', ['5m', 'BTC_USDT']],
      ['futures.candlesticks', 'subscribe', ['5m', 'XAU_USDT']],
      ['futures.public_liquidates', 'subscribe', ['BTC_USDT', 'XAU_USDT']],
      ['futures.contract_info', 'subscribe', ['BTC_USDT', 'XAU_USDT']],
    ]);
    expect(requests[0].time).toBe(1767226201);
  });

  it('hands on every kind of event and takes pushed tiers without a request', async () => {
    stream.follow(['BTC_USDT']);
    await asked(5);
    const names = ['subscribe-ack', 'tickers-update', 'candlesticks-update', 'public-liquidates', 'contract-info'];
    await say(...names.map(fixtureText));
    expect(events.filter((event) => !event.startsWith('trade'))).toEqual([
      'mark BTC_USDT',
      'closed bar BTC_USDT',
      'open bar BTC_USDT',
      'long liquidated BTC_USDT',
      'short liquidated BTC_USDT',
      'tiers BTC_USDT',
    ]);
    for (const name of ['trades', 'mark', 'bars', 'liquidations'] as const) expect(healthOf(name).state).toBe('live');
    const { tiers } = await venue.fetchRiskTiers('BTC_USDT', new AbortController().signal);
    expect(tiers.map((tier) => tier.maxLeverage)).toEqual([100, 50]);
  });

  it('takes one subscription for the liquidations of all contracts, and hands on those that are wanted', async () => {
    stream.followLiquidations(['XAU_USDT', 'PEPE_USDT']);
    await asked(1);
    expect(requests[0]).toMatchObject({ channel: 'futures.public_liquidates', payload: ['!all'] });
    connections[0].send(fixtureText('pong'));
    await until(() => healthOf('liquidations').state === 'live');
    expect(healthOf('trades').state).toBe('idle');
    const gold = withValue(fixture('public-liquidates'), ['result', 0, 'contract'], 'XAU_USDT');
    connections[0].send(JSON.stringify(gold));
    await until(() => events.length > 0);
    expect(events).toEqual(['long liquidated XAU_USDT']);
  });

  it('is kept alive by pongs while only liquidations are followed, and replaced without them', async () => {
    stream.followLiquidations(['XAU_USDT']);
    await asked(1);
    for (let seconds = 0; seconds < 60; seconds += 5) {
      await pong();
      expect(healthOf('liquidations').state).toBe('live');
      time.advance(5_000);
    }
    expect(connections).toHaveLength(1);
    expect(requests.some(({ channel }) => channel === 'futures.ping')).toBe(true);
    time.advance(35_000);
    expect(healthOf('liquidations').state).toBe('silent');
  });

  it('does not call streams silent that were only just asked for', async () => {
    stream.followLiquidations(['XAU_USDT']);
    await asked(1);
    for (let seconds = 0; seconds < 60; seconds += 5) {
      await pong();
      time.advance(5_000);
    }
    stream.follow(['BTC_USDT']);
    await new Promise((resolve) => setImmediate(resolve));
    time.advance(10_000);
    expect(healthOf('trades').state).not.toBe('silent');
    expect(connections).toHaveLength(1);
  });

  it('says why nothing arrives while the sizes cannot be had, and asks again', async () => {
    isListed = false;
    stream.follow(['BTC_USDT']);
    expect(healthOf('trades').state).toBe('connecting');
    await until(() => healthOf('trades').state === 'down');
    expect(healthOf('trades')).toMatchObject({
      detail: 'error|venue=Gate|error=500',
      retryAtMs: time.now() + 30_000,
    });
    expect(connections).toHaveLength(0);
    isListed = true;
    time.advance(30_000);
    await asked(5);
  });

  it('leaves no timer where it was asked twice while the sizes cannot be had', async () => {
    isListed = false;
    stream.follow(['BTC_USDT']);
    stream.followLiquidations(['XAU_USDT']);
    await until(() => healthOf('trades').state === 'down');
    await new Promise((resolve) => setImmediate(resolve));
    stream.close();
    expect(time.timerCount()).toBe(0);
  });

  it('leaves no timer when nothing is followed any more', async () => {
    stream.follow(['BTC_USDT']);
    await asked(5);
    await say();
    stream.follow([]);
    await until(() => connections[0].readyState === connections[0].CLOSED);
    expect(time.timerCount()).toBe(0);
    expect(['trades', 'liquidations'].map((name) => healthOf(name as StreamName).state)).toEqual(['idle', 'idle']);
  });
});

import type { AddressInfo } from 'node:net';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocketServer, type WebSocket as ServerSocket } from 'ws';

import type { StreamName } from '@/lib/market/health';
import { createBinance } from '@/lib/venues/binance';
import type { VenueStream, Venue } from '@/lib/venues/venue';

import { fixture, fixtureText, withValue } from '../fixtures';
import { createVirtualTime, until, type VirtualTime } from '../virtual-time';

interface Request {
  readonly method: string;
  readonly params?: readonly string[];
  readonly id: number;
}

let server: WebSocketServer;
let time: VirtualTime;
let venue: Venue;
let stream: VenueStream;
let connections: ServerSocket[];
let requests: Request[][];
let urls: string[];
/** What reached the handlers, as `kind symbol`. */
let events: string[];
let healthChanges: number;

beforeEach(async () => {
  server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await new Promise((resolve) => server.once('listening', resolve));
  [connections, requests, urls, events, healthChanges] = [[], [], [], [], 0];
  server.on('connection', (connection) => {
    const received: Request[] = [];
    connections.push(connection);
    requests.push(received);
    connection.on('message', (data: Buffer) => received.push(JSON.parse(data.toString()) as Request));
  });
  time = createVirtualTime(1767226201000);
  venue = createBinance(
    {
      fetch: () => Promise.reject(new Error('no requests here')),
      createSocket: (url) => {
        urls.push(url);
        return new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
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
    onBar: (symbol) => events.push(`bar ${symbol}`),
    onLiquidation: (symbol, { positionSide }) => events.push(`${positionSide} liquidated ${symbol}`),
    onLiquidationsRefused: () => {},
    onLiquidationsAccepted: () => {},
    onTiersChanged: (symbol) => events.push(`tiers ${symbol}`),
    onReconnect: () => events.push('reconnect'),
    onHealth: () => {
      healthChanges += 1;
    },
  });
});

afterEach(async () => {
  stream.close();
  for (const connection of connections) connection.terminate();
  await new Promise((resolve) => server.close(resolve));
});

const healthOf = (name: StreamName) => venue.health().streams.find((each) => each.stream === name)!;

/** Resolves once what was said before has been handled, which a trade of a symbol of its own shows. */
async function say(connection: ServerSocket, ...texts: readonly string[]): Promise<void> {
  for (const text of texts) connection.send(text);
  const marker = `MARK${events.length}`;
  connection.send(JSON.stringify(withValue(fixture('agg-trade'), ['data', 's'], marker)));
  await until(() => events.includes(`trade ${marker}`));
  events = events.filter((event) => event !== `trade ${marker}`);
}

async function connected(index = 0): Promise<ServerSocket> {
  if (index === 0) stream.follow(['BTCUSDT']);
  await until(() => requests.length > index && requests[index].length > 0);
  return connections[index];
}

describe('binance stream', () => {
  it('asks the market path for the four streams of each contract and for bracket changes', async () => {
    await connected();
    expect(urls).toEqual(['wss://fstream.binance.com/market/stream']);
    expect(requests[0]).toEqual([
      {
        method: 'SUBSCRIBE',
        params: ['btcusdt@aggTrade', 'btcusdt@markPrice@1s', 'btcusdt@kline_5m', 'btcusdt@forceOrder', '!contractInfo'],
        id: 1,
      },
    ]);
  });

  it('hands on every kind of event and turns its stream live', async () => {
    const connection = await connected();
    expect(healthOf('trades').state).toBe('connecting');
    const names = ['subscribe-ack', 'agg-trade', 'mark-price', 'kline-open', 'force-order-sell', 'force-order-buy'];
    await say(connection, ...names.map(fixtureText), fixtureText('force-order-coin-m'));
    expect(events).toEqual([
      'trade BTCUSDT',
      'mark BTCUSDT',
      'bar BTCUSDT',
      'long liquidated BTCUSDT',
      'short liquidated BTCUSDT',
    ]);
    for (const name of ['trades', 'mark', 'bars', 'liquidations'] as const)
      expect(healthOf(name)).toMatchObject({ state: 'live', lastDataMs: time.now(), brokenCount: 0, detail: '' });
    expect(healthChanges).toBeGreaterThan(0);
  });

  it('calls the liquidation stream live while trades arrive, though nobody was liquidated', async () => {
    await say(await connected());
    expect(healthOf('liquidations')).toMatchObject({ state: 'live', lastDataMs: null });
  });

  it('counts broken frames per stream and goes on', async () => {
    const connection = await connected();
    const badMark = JSON.stringify(withValue(fixture('mark-price'), ['data', 'p'], '-1'));
    await say(connection, badMark, badMark, '{"stream":"btcusdt@forceOrder","data":{"e":"forc', 'junk');
    await say(connection, fixtureText('mark-price'));
    expect(events).toEqual(['mark BTCUSDT']);
    expect(healthOf('mark')).toMatchObject({ state: 'live', brokenCount: 2 });
    expect(healthOf('liquidations').brokenCount).toBe(1);
    expect(healthOf('trades').brokenCount).toBe(1);
    expect(connections).toHaveLength(1);
  });

  it('calls a mute connection silent, replaces it and tells when the new one delivers', async () => {
    await say(await connected(), fixtureText('mark-price'), fixtureText('kline-open'));
    time.advance(30_000);
    const retryAtMs = time.now() + 1_000;
    expect(healthOf('trades')).toMatchObject({
      state: 'silent',
      detail: 'silent|venue=Binance',
      retryAtMs,
    });
    expect(healthOf('liquidations').state).toBe('silent');
    time.advance(1_000);
    const second = await connected(1);
    expect(healthOf('trades').state).toBe('silent');
    await say(second);
    expect(events.at(-1)).toBe('reconnect');
    expect(healthOf('trades')).toMatchObject({ state: 'live', retryAtMs: null });
    expect(healthOf('liquidations').state).toBe('live');
  });

  it('says so when frames arrive that cannot be read', async () => {
    const connection = await connected();
    await say(connection, fixtureText('kline-open'));
    const badMark = JSON.stringify(withValue(fixture('mark-price'), ['data', 'p'], 'x'));
    for (let i = 0; i < 6; i++) {
      await say(connection, badMark, fixtureText('kline-open'));
      time.advance(5_000);
    }
    expect(healthOf('mark')).toMatchObject({ state: 'silent', brokenCount: 6 });
    expect(healthOf('mark').detail).toContain('garbled');
    expect(healthOf('trades').state).toBe('connecting');
  });

  it('is down after a lost connection until the next one delivers', async () => {
    const connection = await connected();
    await say(connection);
    connection.close();
    await until(() => healthOf('trades').state === 'down');
    expect(healthOf('trades')).toMatchObject({
      detail: 'lost|venue=Binance',
      retryAtMs: time.now() + 1_000,
    });
    venue.retry();
    await say(await connected(1));
    expect(healthOf('trades').state).toBe('live');
  });

  it('takes over pushed brackets without another request', async () => {
    await say(await connected(), fixtureText('contract-info'));
    expect(events).toEqual(['tiers BTCUSDT']);
    const { tiers, source } = await venue.fetchRiskTiers('BTCUSDT', new AbortController().signal);
    expect([source, tiers.length, tiers[0].maxLeverage]).toEqual(['venue', 2, 150]);
  });

  it('takes the liquidations of all contracts from one stream, with a mark to show that it delivers', async () => {
    stream.followLiquidations(['ETHUSDT']);
    await until(() => requests.length > 0 && requests[0].length > 0);
    expect(requests[0][0].params).toEqual(['!forceOrder@arr', 'btcusdt@markPrice@1s']);
    expect(healthOf('liquidations').state).toBe('connecting');
    const ofEther = withValue(fixture('force-order-sell'), ['data', 'o', 's'], 'ETHUSDT');
    const texts = [fixtureText('mark-price'), JSON.stringify(ofEther), fixtureText('force-order-sell')];
    for (const text of texts) connections[0].send(text);
    await until(() => events.length > 0);
    expect(events).toEqual(['long liquidated ETHUSDT']);
    expect(['liquidations', 'mark', 'trades'].map((name) => healthOf(name as StreamName).state)).toEqual([
      'live',
      'idle',
      'idle',
    ]);
    time.advance(30_000);
    expect(healthOf('liquidations')).toMatchObject({ state: 'silent', retryAtMs: time.now() + 1_000 });
  });

  it('follows a contract beside the liquidations of all, each liquidation once', async () => {
    stream.followLiquidations(['ETHUSDT']);
    await until(() => requests.length > 0 && requests[0].length > 0);
    stream.follow(['BTCUSDT']);
    time.advance(250);
    await until(() => requests[0].length > 1);
    expect(requests[0][1]).toMatchObject({
      method: 'SUBSCRIBE',
      params: ['btcusdt@aggTrade', 'btcusdt@kline_5m', '!contractInfo'],
    });
    expect(connections).toHaveLength(1);
  });

  it('is idle, without a socket or a timer, when nothing is followed', async () => {
    const connection = await connected();
    const closed = new Promise((resolve) => connection.once('close', resolve));
    stream.follow([]);
    await closed;
    expect(venue.health().streams.map((each) => each.state)).toEqual(Array(6).fill('idle'));
    expect(time.timerCount()).toBe(0);
  });
});

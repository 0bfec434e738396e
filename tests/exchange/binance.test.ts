import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { BAR_MS } from '@/lib/market/bar';

import { createFetch, createSocket } from './client';
import { type Exchange, startExchange } from './index';

const WIRE = path.resolve(import.meta.dirname, '../../../shared/wire/binance-futures');
const START_MS = 1_780_000_123_000;
const DAY_MS = 86_400_000;

let exchange: Exchange;
const machine = { nowMs: 60_000 };

beforeAll(async () => {
  exchange = await startExchange({
    startMs: START_MS,
    isPaused: true,
    traderCount: 300,
    machineNow: () => machine.nowMs,
  });
});
beforeEach(() => {
  exchange.resetLimits();
  exchange.clock.set(START_MS);
});
afterAll(() => exchange.close());

type Json = Record<string, unknown>;

const get = async (url: string, host = 'fapi.binance.com'): Promise<{ res: Response; body: Json }> => {
  const res = await createFetch(exchange.port)(`https://${host}${url}`);
  const text = await res.text();
  return { res, body: (text.startsWith('<') ? {} : JSON.parse(text)) as Json };
};
const getRows = async (url: string): Promise<Json[]> => (await get(url)).body as unknown as Json[];
const getKlines = async (query: string): Promise<string[][]> =>
  (await get(`/fapi/v1/klines?${query}`)).body as unknown as string[][];

/** A socket whose frames are collected; `next(count)` waits until so many have come. */
const listen = async (pathAndQuery: string) => {
  const socket = createSocket(exchange.port)(`wss://fstream.binance.com${pathAndQuery}`);
  const frames: Json[] = [];
  let wake = (): void => {};
  socket.onmessage = (event) => {
    frames.push(JSON.parse(String(event.data)) as Json);
    wake();
  };
  await new Promise((resolve, reject) => {
    socket.onopen = resolve;
    socket.onerror = reject;
  });
  return {
    frames,
    send: (message: object) => socket.send(JSON.stringify(message)),
    next: async (count: number) => {
      while (frames.length < count) await new Promise<void>((resolve) => (wake = resolve));
      return frames;
    },
    close: () => socket.close(),
  };
};

/** Keys and JSON types; arrays by their first element. */
const shapeOf = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.slice(0, 1).map(shapeOf);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shapeOf(inner)]));
  }
  return typeof value;
};
const readWire = (name: string): unknown => JSON.parse(readFileSync(path.join(WIRE, name), 'utf8')) as unknown;

describe('REST', () => {
  it.skipIf(!existsSync(WIRE)).each([
    ['rest-agg_trades.json', '/fapi/v1/aggTrades?symbol=BTCUSDT'],
    ['rest-klines.json', '/fapi/v1/klines?symbol=BTCUSDT&interval=5m'],
    ['rest-mark_price_klines.json', '/fapi/v1/markPriceKlines?symbol=BTCUSDT&interval=5m'],
    ['rest-open_interest.json', '/fapi/v1/openInterest?symbol=BTCUSDT'],
    ['rest-premium_index.json', '/fapi/v1/premiumIndex?symbol=BTCUSDT'],
    ['rest-exchange_info.json', '/fapi/v1/exchangeInfo'],
  ])('answers in the shape of %s', async (file, url) => {
    const { res, body } = await get(url);
    expect(res.status).toBe(200);
    const [ours, theirs] = [shapeOf(body), shapeOf(readWire(file))];
    if (Array.isArray(theirs)) expect(Array.isArray(ours)).toBe(true);
    expect(ours).toMatchObject(theirs as object);
  });

  it('lists contracts of several kinds, with steps and listing dates', async () => {
    const symbols = (await get('/fapi/v1/exchangeInfo')).body['symbols'] as Json[];
    const kinds = Object.fromEntries(symbols.map((each) => [each['symbol'], [each['contractType'], each['status']]]));
    expect(kinds).toMatchObject({
      BTCUSDT: ['PERPETUAL', 'TRADING'],
      '1000PEPEUSDT': ['PERPETUAL', 'TRADING'],
      XAUUSDT: ['TRADIFI_PERPETUAL', 'TRADING'],
      GONEUSDT: ['PERPETUAL', 'SETTLING'],
    });
    expect(symbols.some((each) => each['contractType'] === 'CURRENT_QUARTER')).toBe(true);
    const young = symbols.find((each) => each['symbol'] === 'YOUNGUSDT');
    expect(START_MS - Number(young?.['onboardDate'])).toBeLessThan(3 * DAY_MS + BAR_MS);
  });

  it('ends klines with the bar still open, and starts them at startTime', async () => {
    const openMs = Math.floor(START_MS / BAR_MS) * BAR_MS;
    const newest = await getKlines('symbol=BTCUSDT&interval=5m&limit=3');
    expect(newest.map((row) => row[0])).toEqual([openMs - 2 * BAR_MS, openMs - BAR_MS, openMs]);
    const startTime = openMs - 10 * BAR_MS + 1;
    const from = await getKlines(`symbol=BTCUSDT&interval=5m&limit=2&startTime=${startTime}`);
    expect(from.map((row) => row[0])).toEqual([openMs - 9 * BAR_MS, openMs - 8 * BAR_MS]);
    const until = await getKlines(`symbol=BTCUSDT&interval=5m&limit=2&endTime=${openMs - 5 * BAR_MS}`);
    expect(until.map((row) => row[0])).toEqual([openMs - 6 * BAR_MS, openMs - 5 * BAR_MS]);
  });

  it('has no bars from before a listing', async () => {
    const rows = await getKlines(`symbol=YOUNGUSDT&interval=5m&limit=1500&startTime=${START_MS - 30 * DAY_MS}`);
    expect(rows).toHaveLength(3 * 288 + 1);
  });

  it('gives minutes and hours that add up to the same 5-minute bars', async () => {
    const hourMs = 12 * BAR_MS;
    const startTime = Math.floor(START_MS / hourMs) * hourMs - hourMs;
    const range = `symbol=ETHUSDT&startTime=${startTime}&endTime=${startTime + hourMs - 1}`;
    const [[hour], fives, minutes] = [
      await getKlines(`${range}&interval=1h`),
      await getKlines(`${range}&interval=5m`),
      await getKlines(`${range}&interval=1m`),
    ];
    for (const parts of [fives, minutes]) {
      const column = (index: number): number[] => parts.map((row) => Number(row[index]));
      const sum = (index: number): number => column(index).reduce((total, value) => total + value, 0);
      expect(parts[0][1]).toBe(hour[1]);
      expect(parts.at(-1)?.[4]).toBe(hour[4]);
      expect(Math.max(...column(2))).toBe(Number(hour[2]));
      expect(Math.min(...column(3))).toBe(Number(hour[3]));
      expect(sum(5)).toBeCloseTo(Number(hour[5]), 6);
      expect(sum(9)).toBeCloseTo(Number(hour[9]), 6);
      expect(sum(7)).toBeCloseTo(Number(hour[7]), 3);
    }
  });

  it('publishes open interest some seconds late, for 30 days, the newest of a window that is too long', async () => {
    const openMs = Math.floor(START_MS / BAR_MS) * BAR_MS;
    const url = '/futures/data/openInterestHist?symbol=BTCUSDT&period=5m';
    exchange.clock.set(openMs + 1_000);
    expect((await getRows(`${url}&limit=1`))[0]['timestamp']).toBe(openMs - BAR_MS);
    exchange.clock.set(openMs + 15_000);
    const [row] = await getRows(`${url}&limit=1`);
    expect(row['timestamp']).toBe(openMs);
    expect(Number(row['sumOpenInterest'])).toBe(
      exchange.truth('BTCUSDT')?.bars.find((bar) => bar.openTimeMs === openMs - BAR_MS)?.openInterest,
    );
    const window = await getRows(`${url}&limit=500&startTime=${openMs - 1_000 * BAR_MS}&endTime=${openMs}`);
    expect([window.length, window[0]['timestamp'], window[499]['timestamp']]).toEqual([
      500,
      openMs - 499 * BAR_MS,
      openMs,
    ]);
    const { res, body } = await get(`${url}&startTime=${openMs - 31 * DAY_MS}`);
    expect([res.status, body]).toEqual([400, { code: -1130, msg: "parameter 'startTime' is invalid." }]);
  });

  it.each([
    ['/fapi/v1/klines?symbol=NOPEUSDT&interval=5m', -1121],
    ['/fapi/v1/klines?interval=5m', -1102],
    ['/fapi/v1/klines?symbol=BTCUSDT&interval=7m', -1120],
    ['/fapi/v1/klines?symbol=BTCUSDT&interval=5m&limit=1501', -1130],
    ['/fapi/v1/klines?symbol=BTCUSDT&interval=5m&startTime=soon', -1100],
  ])('refuses %s with %i', async (url, code) => {
    const { res, body } = await get(url);
    expect([res.status, body['code'], typeof body['msg']]).toEqual([400, code, 'string']);
  });

  it('gives the brackets on the web site and leaves its pages to others', async () => {
    const { body } = await get('/bapi/futures/v1/friendly/future/common/brackets', 'www.binance.com');
    const data = body['data'] as { brackets: { symbol: string; riskBrackets: Json[] }[] };
    expect(data.brackets.find((each) => each.symbol === 'BTCUSDT')?.riskBrackets[1]).toEqual({
      bracketSeq: 2,
      bracketNotionalFloor: 300_000,
      bracketNotionalCap: 800_000,
      bracketMaintenanceMarginRate: 0.005,
      cumFastMaintenanceAmount: 300,
      minOpenPosLeverage: 76,
      maxOpenPosLeverage: 100,
    });
    exchange.addHandler({ hosts: ['www.binance.com'], request: (_req, res) => void res.end('{"page":true}') });
    expect((await get('/en/futures/BTCUSDT', 'www.binance.com')).body).toEqual({ page: true });
  });

  it('counts weight, refuses above the limit, and bans who keeps asking', async () => {
    machine.nowMs += 60_000 - (machine.nowMs % 60_000) + 15_000;
    const seen = exchange.requests.length;
    const first = await get('/fapi/v1/klines?symbol=BTCUSDT&interval=5m&limit=1500');
    expect(first.res.headers.get('x-mbx-used-weight-1m')).toBe('10');
    for (let sent = 0; sent < 119; sent++) await get('/fapi/v1/aggTrades?symbol=BTCUSDT&limit=1');
    const refused = await get('/fapi/v1/aggTrades?symbol=BTCUSDT&limit=1');
    expect([refused.res.status, refused.res.headers.get('retry-after'), refused.body['code']]).toEqual([
      429,
      '45',
      -1003,
    ]);
    for (let sent = 0; sent < 20; sent++) await get('/fapi/v1/time');
    const banned = await get('/fapi/v1/time');
    expect([banned.res.status, banned.res.headers.get('retry-after')]).toEqual([418, '120']);
    machine.nowMs += 121_000;
    expect((await get('/fapi/v1/time')).res.status).toBe(200);
    expect(exchange.requests.slice(seen).filter(({ path }) => path === '/fapi/v1/aggTrades')).toHaveLength(120);
    expect(exchange.requests[seen]).toMatchObject({
      path: '/fapi/v1/klines',
      weight: 10,
      status: 200,
      venueTimeMs: START_MS,
    });
  });
});

describe('streams', () => {
  it.skipIf(!existsSync(WIRE)).each([
    ['agg_trade_stream.json', 'btcusdt@aggTrade', 1_000],
    ['mark_price_stream.json', 'btcusdt@markPrice@1s', 1_000],
    ['kline_stream_open.json', 'btcusdt@kline_5m', 1_000],
    ['kline_stream_closed.json', 'btcusdt@kline_5m', BAR_MS],
    ['liquidation_stream.json', 'btcusdt@forceOrder', DAY_MS],
  ])('sends frames in the shape of %s', async (file, stream, stepMs) => {
    const socket = await listen(`/market/ws/${stream}`);
    exchange.clock.step(stepMs);
    const [frame] = await socket.next(1);
    expect(shapeOf(frame)).toMatchObject(shapeOf(readWire(file)) as object);
    socket.close();
  });

  it('closes every bar with the figures that klines give, also in a jump over many', async () => {
    const socket = await listen('/market/stream?streams=dogeusdt@kline_5m');
    exchange.clock.step(50 * BAR_MS);
    const frames = (await socket.next(51)).map((frame) => (frame['data'] as Json)['k'] as Json);
    socket.close();
    const closed = frames.filter((bar) => bar['x'] === true);
    const rows = (await getKlines('symbol=DOGEUSDT&interval=5m&limit=51')).slice(0, 50);
    const rowOf = (bar: Json): unknown[] =>
      ['t', 'o', 'h', 'l', 'c', 'v', 'T', 'q', 'n', 'V', 'Q', 'B'].map((key) => bar[key]);
    expect(closed.map(rowOf)).toEqual(rows);
  });

  it('subscribes, lists and unsubscribes on request', async () => {
    const socket = await listen('/market/stream');
    socket.send({ method: 'SUBSCRIBE', params: ['btcusdt@aggTrade', 'ethusdt@aggTrade'], id: 1 });
    socket.send({ method: 'UNSUBSCRIBE', params: ['btcusdt@aggTrade'], id: 2 });
    socket.send({ method: 'LIST_SUBSCRIPTIONS', id: 3 });
    socket.send({ method: 'PLEASE', params: [], id: 4 });
    const replies = await socket.next(4);
    expect(replies.slice(0, 3)).toEqual([
      { result: null, id: 1 },
      { result: null, id: 2 },
      { result: ['ethusdt@aggTrade'], id: 3 },
    ]);
    expect(replies[3]).toMatchObject({ error: { code: 2 }, id: 4 });
    exchange.clock.step(1_000);
    expect((await socket.next(5))[4]).toMatchObject({ stream: 'ethusdt@aggTrade', data: { s: 'ETHUSDT' } });
    socket.close();
  });

  it.each(['/ws', '/stream'])('acknowledges on the retired path %s and delivers nothing', async (retired) => {
    const [old, live] = [await listen(retired), await listen('/market/stream?streams=btcusdt@aggTrade')];
    old.send({ method: 'SUBSCRIBE', params: ['btcusdt@aggTrade'], id: 1 });
    await old.next(1);
    exchange.clock.step(1_000);
    await live.next(1);
    old.send({ method: 'LIST_SUBSCRIPTIONS', id: 2 });
    expect(await old.next(2)).toEqual([
      { result: null, id: 1 },
      { result: ['btcusdt@aggTrade'], id: 2 },
    ]);
    old.close();
    live.close();
  });

  it('publishes at most one liquidation per second, a sold one for a long', async () => {
    const socket = await listen('/market/ws/btcusdt@forceOrder');
    exchange.clock.step(2 * DAY_MS);
    const expected = exchange.source('BTCUSDT').liquidations(START_MS, START_MS + 2 * DAY_MS, 'sampled');
    const orders = (await socket.next(expected.length)).map((frame) => frame['o'] as Json);
    expect(orders.map((order) => [order['T'], order['S'], Number(order['q'])])).toEqual(
      expected.map((event) => [event.timeMs, event.positionSide === 'long' ? 'SELL' : 'BUY', event.qty]),
    );
    const seconds = orders.map((order) => Math.floor(Number(order['T']) / 1000));
    expect(new Set(seconds).size).toBe(orders.length);
    socket.close();
  });

  it("names market and pair in the stream of everybody's liquidations", async () => {
    const socket = await listen('/market/ws/!forceOrder@arr');
    exchange.clock.step(DAY_MS);
    const [frame] = await socket.next(1);
    expect(frame).toMatchObject({ e: 'forceOrder', st: 1, ps: (frame['o'] as Json)['s'] });
    socket.close();
  });

  it('announces changed brackets', async () => {
    const socket = await listen('/market/stream?streams=!contractInfo');
    exchange.announceTiers('BTCUSDT');
    const [frame] = await socket.next(1);
    expect(frame).toMatchObject({
      stream: '!contractInfo',
      data: {
        e: 'contractInfo',
        s: 'BTCUSDT',
        bks: expect.arrayContaining([{ bs: 1, bnf: 0, bnc: 300_000, mmr: 0.004, cf: 0, mi: 101, ma: 150 }]),
      },
    });
    socket.close();
  });

  it('sends one frame per stream for a stretch of a fast replay, holding all that was traded', async () => {
    const socket = await listen('/market/ws/btcusdt@aggTrade');
    const from = Math.floor(START_MS / BAR_MS) * BAR_MS + BAR_MS;
    exchange.clock.set(from);
    const seen = (await socket.next(1)).length;
    exchange.clock.step(BAR_MS);
    const frames = await socket.next(seen + 1);
    const [[, , , , , volume]] = await getKlines(`symbol=BTCUSDT&interval=5m&startTime=${from}&limit=1`);
    expect(frames).toHaveLength(seen + 1);
    expect(Number(frames[seen]['q'])).toBeCloseTo(Number(volume), 6);
    socket.close();
  });
});

it('serves the same closed bars whatever the speed and the order of requests', async () => {
  const options = { startMs: START_MS, traderCount: 300, machineNow: () => machine.nowMs };
  const other = await startExchange({ ...options, speed: 600, warm: [] });
  const fetchOther = createFetch(other.port);
  const url = (symbol: string): string =>
    `/fapi/v1/klines?symbol=${symbol}&interval=5m&limit=300&endTime=${START_MS - BAR_MS}`;
  const theirs: Json[] = [];
  for (const symbol of ['YOUNGUSDT', 'ETHUSDT']) {
    theirs.push((await (await fetchOther(`https://fapi.binance.com${url(symbol)}`)).json()) as Json);
  }
  await other.close();
  expect([(await get(url('YOUNGUSDT'))).body, (await get(url('ETHUSDT'))).body]).toEqual(theirs);
});

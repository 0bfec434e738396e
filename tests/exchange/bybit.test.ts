import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { BAR_MS } from '@/lib/market/bar';

import { createFetch, createSocket } from './client';
import { type Exchange, startExchange } from './index';

const WIRE = path.resolve(import.meta.dirname, '../../../shared/wire/bybit');
const START_MS = 1_780_000_323_000;

let exchange: Exchange;
const machine = { nowMs: 60_000 };
beforeAll(async () => {
  exchange = await startExchange({
    startMs: START_MS,
    isPaused: true,
    traderCount: 90,
    machineNow: () => machine.nowMs,
  });
});
beforeEach(() => {
  exchange.resetLimits();
  exchange.clock.set(START_MS);
});
afterAll(() => exchange.close());

type Json = Record<string, unknown>;
const getText = async (url: string): Promise<{ status: number; text: string }> => {
  const res = await createFetch(exchange.port)(`https://api.bybit.com/v5/market/${url}`);
  return { status: res.status, text: await res.text() };
};
const get = async (url: string): Promise<Json> => JSON.parse((await getText(url)).text) as Json;
const resultOf = async (url: string): Promise<{ list: Json[]; nextPageCursor: string }> =>
  (await get(url))['result'] as { list: Json[]; nextPageCursor: string };

/** Keys and JSON types; arrays by their first element, null as anything. */
const shapeOf = (value: unknown): unknown => {
  if (value === null) return expect.anything();
  if (Array.isArray(value)) return value.slice(0, 1).map(shapeOf);
  if (typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, shapeOf(each)]));
  return typeof value;
};
const readWire = (name: string): Json => JSON.parse(readFileSync(path.join(WIRE, name), 'utf8')) as Json;

/** The first frame of a topic after the venue's clock has moved on. */
const frameOf = async (topic: string, stepMs: number): Promise<Json> => {
  const socket = createSocket(exchange.port)('wss://stream.bybit.com/v5/public/linear');
  const frames: Json[] = [];
  await new Promise((resolve) => (socket.onopen = resolve));
  const acknowledged = new Promise((resolve) => (socket.onmessage = resolve));
  socket.send(JSON.stringify({ op: 'subscribe', args: [topic], req_id: '1' }));
  await acknowledged;
  await new Promise<void>((resolve) => {
    socket.onmessage = (event) => {
      frames.push(JSON.parse(String(event.data)) as Json);
      resolve();
    };
    exchange.clock.step(stepMs);
  });
  socket.close();
  return frames[0];
};

describe.skipIf(!existsSync(WIRE))('in the shape of what is recorded (skipped where there is nothing)', () => {
  it.each([
    ['http_get_klines_linear.json', 'kline?category=linear&symbol=BTCUSDT&interval=5&limit=3'],
    ['http_get_instruments_linear.json', 'instruments-info?category=linear'],
  ])('answers as %s', async (file, url) => {
    const { retExtInfo, ...theirs } = readWire(file);
    const row = shapeOf(theirs) as { result: { nextPageCursor?: unknown; list: Json[] } };
    delete row.result.nextPageCursor;
    delete row.result.list[0]?.['lotSizeFilter'];
    expect(retExtInfo).toEqual({});
    const body = shapeOf(await get(url)) as { result: { list: Json[] } };
    expect({ ...body, result: { ...body.result, list: body.result.list.slice(0, 1) } }).toMatchObject(row);
  });

  it.each([
    ['ws_kline.json', 'kline.5.BTCUSDT', 1_000],
    ['ws_public_trade.json', 'publicTrade.BTCUSDT', 1_000],
  ])('sends frames as %s', async (file, topic, stepMs) => {
    expect(shapeOf(await frameOf(topic, stepMs))).toMatchObject(shapeOf(readWire(file)) as object);
  });
});

it('gives candles newest first, of a span that is too long the newest', async () => {
  const openMs = Math.floor(START_MS / BAR_MS) * BAR_MS;
  const { list } = await resultOf(
    `kline?category=linear&symbol=BTCUSDT&interval=5&start=${openMs - 9 * BAR_MS}&limit=3`,
  );
  const rows = list as unknown as string[][];
  expect(rows.map(([start]) => Number(start))).toEqual([openMs, openMs - BAR_MS, openMs - 2 * BAR_MS]);
});

it('counts open interest on both sides and on one', async () => {
  const [row] = (await resultOf('open-interest?category=inverse&symbol=BTCUSD&intervalTime=5min&limit=1')).list;
  expect(Number(row['openInterest'])).toBeCloseTo(2 * Number(row['singleOpenInterest']), 6);
  const timeMs = Number(row['timestamp']);
  expect(Number(row['singleOpenInterest'])).toBe(exchange.venue('bybit').source('BTCUSD').openInterest(timeMs));
});

it('pages instruments by a cursor', async () => {
  const first = await resultOf('instruments-info?category=linear&limit=3');
  const second = await resultOf(`instruments-info?category=linear&limit=3&cursor=${first.nextPageCursor}`);
  const symbols = [...first.list, ...second.list].map((row) => row['symbol']);
  expect(new Set(symbols).size).toBe(6);
});

it.each([
  ['kline?category=linear&symbol=NOPE&interval=5', 'Symbol'],
  ['kline?category=inverse&symbol=BTCUSDT&interval=5', 'Symbol'],
  ['kline?category=option&symbol=BTCUSDT&interval=5', 'Category'],
  ['kline?category=linear&symbol=BTCUSDT&interval=7', 'period'],
  ['kline?category=linear&symbol=BTCUSDT&interval=5&limit=1001', 'Limit'],
])('refuses %s by a code under status 200', async (url, word) => {
  expect(await get(url)).toMatchObject({ retCode: 10001, retMsg: expect.stringContaining(word) });
});

it('bans an address that asks more than 600 times in five seconds, for ten minutes', async () => {
  for (let sent = 0; sent < 600; sent++) await getText('time');
  expect(await getText('time')).toEqual({ status: 403, text: '403, access too frequent' });
  machine.nowMs += 11 * 60_000;
  expect((await getText('time')).status).toBe(200);
});

it('fails a whole subscription for one unknown topic', async () => {
  const socket = createSocket(exchange.port)('wss://stream.bybit.com/v5/public/inverse');
  await new Promise((resolve) => (socket.onopen = resolve));
  const answer = new Promise<string>((resolve) => (socket.onmessage = (event) => resolve(String(event.data))));
  socket.send(JSON.stringify({ op: 'subscribe', args: ['publicTrade.BTCUSD', 'publicTrade.BTCUSDT'], req_id: '9' }));
  expect(JSON.parse(await answer)).toMatchObject({ success: false, req_id: '9', op: 'subscribe' });
  expect(exchange.venue('bybit').subscriptions()).toEqual([]);
  socket.close();
});

import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';

import { createFetch, createSocket } from './client';
import { createFaultBook } from './faults';
import { type Exchange, startExchange } from './index';

const START_MS = 1_780_000_123_000;
const TIME = 'https://fapi.binance.com/fapi/v1/time';
const KLINES = 'https://fapi.binance.com/fapi/v1/klines?symbol=YOUNGUSDT&interval=5m&limit=3';

let exchange: Exchange;
beforeAll(async () => {
  exchange = await startExchange({ startMs: START_MS, isPaused: true, traderCount: 100, warm: [] });
});
afterEach(() => exchange.clearFaults());
afterAll(() => exchange.close());

const fetchText = async (url: string): Promise<{ status: number; headers: Headers; text: string }> => {
  const res = await createFetch(exchange.port)(url);
  return { status: res.status, headers: res.headers, text: await res.text() };
};

const openTrades = async () => {
  const socket = createSocket(exchange.port)('wss://fstream.binance.com/market/ws/youngusdt@markPrice@1s');
  const texts: string[] = [];
  let wake = (): void => {};
  const closed = new Promise<void>((resolve) => {
    socket.onclose = () => resolve();
  });
  socket.onmessage = (event) => {
    texts.push(String(event.data));
    wake();
  };
  await new Promise<void>((resolve, reject) => {
    socket.onopen = () => resolve();
    socket.onerror = () => reject(new Error('handshake failed'));
  });
  return {
    closed,
    texts,
    next: async (count: number): Promise<string[]> => {
      while (texts.length < count) await new Promise<void>((resolve) => (wake = resolve));
      return texts;
    },
    close: () => socket.close(),
  };
};
const eventTimes = (texts: readonly string[]): number[] => texts.map((text) => (JSON.parse(text) as { E: number }).E);

it.each([
  [429, '7', '{"code":-1003'],
  [418, '7', '{"code":-1003'],
  [403, null, '<html>'],
  [451, null, '{"code":0,"msg":"Service unavailable from a restricted location'],
  [503, null, '{"code":-1001'],
])('answers %i in the words of the venue', async (status, retryAfter, start) => {
  exchange.setFault({ target: 'rest', kind: 'status', status, retryAfterSeconds: 7 });
  const reply = await fetchText(TIME);
  expect([reply.status, reply.headers.get('retry-after')]).toEqual([status, retryAfter]);
  expect(reply.text.slice(0, start.length)).toBe(start);
});

it('logs every request, also one that got an error or no answer', async () => {
  const seen = exchange.requests.length;
  exchange.setFault({ target: 'rest', kind: 'status', status: 418, times: 1 });
  await fetchText(TIME);
  exchange.setFault({ target: 'rest', kind: 'refuse', times: 1 });
  await expect(fetchText(TIME)).rejects.toThrow('fetch failed');
  expect(exchange.requests.slice(seen).map(({ path, status }) => [path, status])).toEqual([
    ['/fapi/v1/time', 418],
    ['/fapi/v1/time', 0],
  ]);
});

it('ends after the times it was asked for, and when it is undone', async () => {
  exchange.setFault({ target: 'rest', kind: 'status', status: 500, times: 1 });
  expect((await fetchText(TIME)).status).toBe(500);
  expect((await fetchText(TIME)).status).toBe(200);
  const undo = exchange.setFault({ target: 'rest', kind: 'status', status: 500 });
  undo();
  expect((await fetchText(TIME)).status).toBe(200);
});

it('strikes only what matches', async () => {
  exchange.setFault({ target: 'all', match: /klines/, kind: 'status', status: 500 });
  expect([(await fetchText(TIME)).status, (await fetchText(KLINES)).status]).toEqual([200, 500]);
});

it.each(['refuse', 'drop'] as const)('breaks the connection of a request: %s', async (kind) => {
  exchange.setFault({ target: 'rest', kind });
  await expect(fetchText(KLINES)).rejects.toThrow('fetch failed');
});

it('leaves a request without an answer until its caller gives up', async () => {
  exchange.setFault({ target: 'rest', kind: 'hang' });
  const request = createFetch(exchange.port)(TIME, { signal: AbortSignal.timeout(50) });
  await expect(request).rejects.toThrow('aborted');
});

it('spoils answers: cut, of another shape, doubled, reversed, with a wrong clock', async () => {
  const good = JSON.parse((await fetchText(KLINES)).text) as unknown[][];
  const rowsUnder = async (kind: 'malformed' | 'duplicate' | 'reorder'): Promise<unknown[][]> => {
    const undo = exchange.setFault({ target: 'rest', kind });
    const rows = JSON.parse((await fetchText(KLINES)).text) as unknown[][];
    undo();
    return rows;
  };
  expect((await rowsUnder('malformed'))[0].slice(0, 2)).toEqual(['broken', { broken: true }]);
  expect(await rowsUnder('duplicate')).toHaveLength(2 * good.length);
  expect(await rowsUnder('reorder')).toEqual(good.toReversed());
  const undo = exchange.setFault({ target: 'rest', kind: 'truncated' });
  const { text } = await fetchText(KLINES);
  expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError);
  undo();
  exchange.setFault({ target: 'rest', kind: 'skew', skewMs: 90_000 });
  expect((await fetchText(TIME)).text).toBe(`{"serverTime":${exchange.clock.now() + 90_000}}`);
});

it('refuses handshakes with a status, or by hanging up', async () => {
  exchange.setFault({ target: 'stream', kind: 'status', status: 403, times: 1 });
  await expect(openTrades()).rejects.toThrow('handshake failed');
  exchange.setFault({ target: 'stream', kind: 'refuse', times: 1 });
  await expect(openTrades()).rejects.toThrow('handshake failed');
  (await openTrades()).close();
});

it('drops the sockets that are open and those that come', async () => {
  const before = await openTrades();
  exchange.setFault({ target: 'stream', kind: 'drop' });
  await before.closed;
  await (
    await openTrades()
  ).closed;
  expect(exchange.connections.length).toBeGreaterThan(1);
});

it('spoils frames: silent, doubled, swapped, cut, of another shape, with a wrong clock', async () => {
  const socket = await openTrades();
  const second = (nth: number): number => Math.floor(START_MS / 1000) * 1000 + nth * 1000;
  const stepUnder = (fault: Parameters<Exchange['setFault']>[0], steps: number): void => {
    const undo = exchange.setFault(fault);
    for (let step = 0; step < steps; step++) exchange.clock.step(1_000);
    undo();
  };
  stepUnder({ target: 'stream', kind: 'silent' }, 2);
  stepUnder({ target: 'stream', kind: 'duplicate' }, 1);
  stepUnder({ target: 'stream', kind: 'reorder' }, 2);
  stepUnder({ target: 'stream', kind: 'skew', skewMs: -5_000 }, 1);
  stepUnder({ target: 'stream', kind: 'malformed', every: 2 }, 2);
  stepUnder({ target: 'stream', kind: 'truncated' }, 1);
  const texts = await socket.next(8);
  expect(eventTimes(texts.slice(0, 6))).toEqual([
    second(3),
    second(3),
    second(5),
    second(4),
    second(6) - 5_000,
    second(7),
  ]);
  expect(JSON.parse(texts[6])).toMatchObject({ e: { broken: true }, E: 'broken' });
  expect(() => JSON.parse(texts[7]) as unknown).toThrow(SyntaxError);
  socket.close();
});

it('counts every nth and the number of times', () => {
  const book = createFaultBook();
  book.set({ target: 'all', kind: 'silent', every: 3, times: 2 });
  const struck = Array.from({ length: 12 }, () => 'silent' in book.strike('stream', 'x', ['silent']));
  expect(struck.flatMap((hit, index) => (hit ? [index] : []))).toEqual([2, 5]);
});

it('sends an answer no earlier than it is told to', async () => {
  exchange.setFault({ target: 'rest', match: /time/, kind: 'latency', delayMs: 60 });
  const startMs = performance.now();
  await fetchText(TIME);
  // A timer may ring a millisecond early.
  expect(performance.now() - startMs).toBeGreaterThanOrEqual(58);
});

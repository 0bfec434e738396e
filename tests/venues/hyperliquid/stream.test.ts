import { beforeEach, expect, it } from 'vitest';

import { MINUTE_MS, SECOND_MS } from '@/lib/core/time';
import { createBarClock, type BarClock } from '@/lib/venues/bar-clock';
import { createHealthBook } from '@/lib/venues/health-book';
import { openHyperliquidStream } from '@/lib/venues/hyperliquid/stream';
import type { VenueStream } from '@/lib/venues/venue';

import { createVirtualTime, type VirtualTime } from '../virtual-time';

/** A full bar's beginning. */
const OPEN_MS = 1_767_226_200_000;
const NOW_MS = OPEN_MS - 2 * MINUTE_MS;

let time: VirtualTime;
let clock: BarClock;
let stream: VenueStream;
let sockets: WebSocket[];
let trades: number[];
let marks: number[];
let bars: { openTimeMs: number; timeMs: number }[];

beforeEach(() => {
  time = createVirtualTime(NOW_MS);
  clock = createBarClock(time.now);
  clock.observe(NOW_MS);
  [sockets, trades, marks, bars] = [[], [], [], []];
  const environment = {
    createSocket() {
      const socket = { send: () => {}, close: () => {} } as unknown as WebSocket;
      sockets.push(socket);
      return socket;
    },
    now: time.now,
    setTimer: time.setTimer,
  } as unknown as Parameters<typeof openHyperliquidStream>[0];
  const handlers = {
    onTrade: (_symbol: string, { timeMs }: { timeMs: number }) => trades.push(timeMs),
    onMark: (_symbol: string, { timeMs }: { timeMs: number }) => marks.push(timeMs),
    onBar: (_symbol: string, { openTimeMs }: { openTimeMs: number }, _isClosed: boolean, timeMs: number) =>
      bars.push({ openTimeMs, timeMs }),
    onReconnect: () => {},
  } as unknown as Parameters<typeof openHyperliquidStream>[1];
  stream = openHyperliquidStream(
    environment,
    handlers,
    clock,
    createHealthBook(time.now, () => {}),
    () => 1,
  );
  stream.follow(['xyz:GOLD']);
  connect();
});

const connect = () => sockets.at(-1)?.onopen?.(new Event('open'));
const say = (channel: string, data: unknown) =>
  sockets.at(-1)?.onmessage?.(new MessageEvent('message', { data: JSON.stringify({ channel, data }) }));
const sayTrade = (timeMs: number) =>
  say('trades', [{ coin: 'xyz:GOLD', side: 'B', px: '4000', sz: '1', time: timeMs, users: [] }]);
const sayMark = () => say('activeAssetCtx', { coin: 'xyz:GOLD', ctx: { markPx: '4001', funding: '0' } });

it('takes the past trades of a quiet contract, told upon subscription, for no word about the time', () => {
  sayTrade(NOW_MS - 40 * MINUTE_MS);
  sayMark();
  expect(trades).toEqual([]);
  expect(marks).toEqual([NOW_MS]);
  expect(clock.now()).toBe(NOW_MS);
});

it('takes them again after a reconnect for what they are', () => {
  sayTrade(NOW_MS - 40 * MINUTE_MS);
  sayTrade(NOW_MS);
  sockets.at(-1)?.onclose?.(new CloseEvent('close'));
  time.advance(2 * SECOND_MS);
  connect();
  sayTrade(NOW_MS - 30 * MINUTE_MS);
  expect(trades).toEqual([NOW_MS]);
  expect(clock.now()).toBe(NOW_MS + 2 * SECOND_MS);
});

it('believes what comes after them, as the clock itself may be wrong', () => {
  sayTrade(NOW_MS - 40 * MINUTE_MS);
  sayTrade(NOW_MS - 30 * MINUTE_MS);
  expect(trades).toEqual([NOW_MS - 30 * MINUTE_MS]);
  expect(clock.now()).toBe(NOW_MS - 30 * MINUTE_MS);
});

it('tells a new bar as of its opening at the earliest, be the clock a moment behind', () => {
  clock.observe(OPEN_MS - 300);
  say('candle', { t: OPEN_MS, s: 'xyz:GOLD', i: '5m', o: '1', h: '1', l: '1', c: '1', v: '1' });
  expect(bars).toEqual([{ openTimeMs: OPEN_MS, timeMs: OPEN_MS }]);
});

import { expect, it } from 'vitest';

import { ok } from '@/lib/core/result';
import { createBarClock } from '@/lib/venues/bar-clock';
import { createHealthBook } from '@/lib/venues/health-book';
import { openOkxStream } from '@/lib/venues/okx/stream';

import { createVirtualTime } from '../virtual-time';

const OPEN_MS = 1_767_226_200_000;

it('tells a new bar as of its opening at the earliest, be the clock a moment behind', async () => {
  const time = createVirtualTime(OPEN_MS);
  const clock = createBarClock(time.now);
  const sockets: WebSocket[] = [];
  const bars: number[][] = [];
  const createSocket = () => {
    const socket = { send: () => {}, close: () => {} } as unknown as WebSocket;
    sockets.push(socket);
    return socket;
  };
  const units = { of: () => 0.01, learn: () => {}, ready: async () => ok(null), read: async () => ok(0.01) };
  const stream = openOkxStream(
    { createSocket, now: time.now, setTimer: time.setTimer } as unknown as Parameters<typeof openOkxStream>[0],
    {
      onBar: (_symbol: string, { openTimeMs }: { openTimeMs: number }, _isClosed: boolean, timeMs: number) =>
        bars.push([openTimeMs, timeMs]),
    } as unknown as Parameters<typeof openOkxStream>[1],
    units,
    clock,
    createHealthBook(time.now, () => {}),
    () => 1,
  );
  stream.follow(['BTC-USDT-SWAP']);
  await Promise.resolve();
  await Promise.resolve();
  const [, business] = sockets;
  business.onopen?.(new Event('open'));
  clock.observe(OPEN_MS - 300);
  const arg = { channel: 'candle5m', instId: 'BTC-USDT-SWAP' };
  const data = [[String(OPEN_MS), '1', '1', '1', '1', '1', '1', '1', '0']];
  business.onmessage?.(new MessageEvent('message', { data: JSON.stringify({ arg, data }) }));
  expect(bars).toEqual([[OPEN_MS, OPEN_MS]]);
});

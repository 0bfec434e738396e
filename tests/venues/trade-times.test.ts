import { expect, it } from 'vitest';

import { parseFrame as binance } from '@/lib/venues/binance/frames';
import { parseFrames as bitget } from '@/lib/venues/bitget/frames';
import { parseFrame as bybit } from '@/lib/venues/bybit/frames';
import { parseMessage as gate } from '@/lib/venues/gate/frames';
import { parseMessage as hyperliquid } from '@/lib/venues/hyperliquid/frames';
import { parseFrames as okx } from '@/lib/venues/okx/frames';

const T = 1_767_225_597_501;

/** A trade of each venue at some time, as its parser reads it. */
const READ: Readonly<Record<string, (timeMs: number) => readonly { readonly kind: string }[]>> = {
  binance: (timeMs) => [
    binance(
      JSON.stringify({
        stream: 'btcusdt@aggTrade',
        data: { e: 'aggTrade', E: T, s: 'BTCUSDT', p: '100', q: '1', T: timeMs, m: false },
      }),
      { foreignSubtype: 2, sizeOf: () => 1 },
    ),
  ],
  bybit: (timeMs) => [
    bybit(
      JSON.stringify({
        topic: 'publicTrade.BTCUSDT',
        type: 'snapshot',
        ts: T,
        data: [{ T: timeMs, s: 'BTCUSDT', S: 'Buy', v: '1', p: '100' }],
      }),
    ),
  ],
  okx: (timeMs) =>
    okx(
      JSON.stringify({
        arg: { channel: 'trades', instId: 'BTC-USDT-SWAP' },
        data: [{ instId: 'BTC-USDT-SWAP', px: '100', sz: '1', side: 'buy', ts: String(timeMs) }],
      }),
      () => 1,
    ),
  gate: (timeMs) =>
    gate(
      JSON.stringify({
        time: T / 1_000,
        time_ms: T,
        channel: 'futures.trades',
        event: 'update',
        result: [{ contract: 'BTC_USDT', price: '100', size: 1, create_time_ms: timeMs }],
      }),
      new Map([['BTC_USDT', 1]]),
    ),
  bitget: (timeMs) =>
    bitget(
      JSON.stringify({
        action: 'update',
        arg: { instType: 'usdt-futures', topic: 'publicTrade', symbol: 'BTCUSDT' },
        ts: T,
        data: [{ p: '100', v: '1', S: 'buy', T: String(timeMs) }],
      }),
    ),
  hyperliquid: (timeMs) => [
    hyperliquid(
      JSON.stringify({ channel: 'trades', data: [{ coin: 'BTC', side: 'B', px: '100', sz: '1', time: timeMs }] }),
    ),
  ],
};

it.each(Object.entries(READ))('%s: a trade before the epoch is broken, and no word about the time', (_venue, read) => {
  expect(read(T).map(({ kind }) => kind.replace('trades', 'trade'))).toEqual(['trade']);
  expect(read(-T).map(({ kind }) => kind)).toEqual(['broken']);
});

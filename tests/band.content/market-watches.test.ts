import { expect, it } from 'vitest';

import { createMarketWatches } from '@/entrypoints/band.content/market-watches';
import type { ChartSymbol } from '@/lib/market/chart-symbol';
import type { ClientMessage } from '@/lib/messaging/protocol';

const symbolOf = (pair: string): ChartSymbol => ({ raw: pair, exchange: 'binance', pair, kind: 'perpetual' });

const deaf = () => ({ onChange: () => {}, onHistory: () => {} });

function stage() {
  const sent: ClientMessage[] = [];
  const markets = createMarketWatches(
    { send: (message) => void sent.push(message), onMessage: () => {}, onConnection: () => {} },
    () => 0,
  );
  const told = () => sent.splice(0).map((message) => ('detail' in message ? [message.type, message.detail] : message));
  return { markets, told };
}

it('charts of one symbol share a watch until the last of them is gone', () => {
  const { markets, told } = stage();
  const [first, second] = [new AbortController(), new AbortController()];
  for (const { signal } of [first, second]) markets.watch(symbolOf('BTCUSDT'), deaf(), signal);
  expect(told()).toEqual([['watch', 'band']]);
  first.abort();
  expect(told()).toEqual([]);
  second.abort();
  expect(told()).toEqual([{ type: 'unwatch', key: 'binance:BTCUSDT:perpetual' }]);
});

it('another style asks anew for what is watched, and only where it needs something else', () => {
  const { markets, told } = stage();
  const { signal } = new AbortController();
  markets.watch(symbolOf('BTCUSDT'), deaf(), signal);
  markets.watch(symbolOf('ETHUSDT'), deaf(), signal);
  told();
  markets.want('band');
  expect(told()).toEqual([]);
  markets.want('groups');
  expect(told()).toEqual([
    ['watch', 'groups'],
    ['watch', 'groups'],
  ]);
  markets.watch(symbolOf('SOLUSDT'), deaf(), signal);
  expect(told()).toEqual([['watch', 'groups']]);
});

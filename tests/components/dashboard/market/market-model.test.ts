import { expect, it } from 'vitest';

import { createMarketModel } from '@/components/dashboard/market/market-model';
import { contractId } from '@/lib/market/contract';
import type { ClientMessage } from '@/lib/messaging/protocol';

it('is told of the market only as long as a page shows it', () => {
  const watched = new Map<string, ClientMessage>();
  const model = createMarketModel({
    onMessage() {},
    onConnection() {},
    send(message) {
      if (message.type === 'unwatch') watched.delete(message.key);
      else if ('key' in message) watched.set(message.key, message);
    },
  });
  const ends = [model.watchReport(), model.watchLiquidations(10_000)];
  expect([...watched.values()].map(({ type }) => type)).toEqual(['watch-report', 'watch-liquidations']);
  for (const end of ends) end();
  expect([...watched.keys()]).toEqual([]);
});

it('has ten maps at most told for the report, each once, the first ones first', () => {
  const watched: string[] = [];
  const model = createMarketModel({
    onMessage() {},
    onConnection() {},
    send: (message) => void (message.type === 'watch-contract' && watched.push(message.contractId)),
  });
  const ids = Array.from({ length: 12 }, (_, i) => contractId('binance', `A${i}`));
  model.watchMaps([ids[11], ...ids]);
  expect(watched).toEqual([ids[11], ...ids.slice(0, 9)]);
});

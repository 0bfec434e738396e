import { expect, it } from 'vitest';

import { BAR_MS } from '@/lib/market/bar';
import { createBinance } from '@/lib/venues/binance';
import { createBitget } from '@/lib/venues/bitget';
import { createBybit } from '@/lib/venues/bybit';
import { createOkx } from '@/lib/venues/okx';
import type { StreamHandlers, Venue, VenueEnvironment } from '@/lib/venues/venue';

import { fixturesOf, withValue } from './fixtures';
import { createFakeWire } from './fuzz/fake-wire';

const { signal } = new AbortController();

/** A venue's stream and what it tells; nothing that it was told of contracts that nobody followed may come back later. */
function open(id: string, make: (environment: VenueEnvironment) => Venue) {
  const wire = createFakeWire();
  const { fixtureText, fixture } = fixturesOf(id);
  const told: string[] = [];
  const handlers: StreamHandlers = {
    onTrade() {},
    onMark: (symbol, { fundingRate }) => void told.push(`mark ${symbol} ${fundingRate}`),
    onBar: (symbol, { openTimeMs }, isClosed) => void told.push(`bar ${symbol} ${openTimeMs} ${isClosed}`),
    onLiquidation() {},
    onLiquidationsRefused() {},
    onLiquidationsAccepted() {},
    onTiersChanged: (symbol) => void told.push(`tiers ${symbol}`),
    onReconnect() {},
    onHealth() {},
  };
  const venue = make(wire.environment);
  const stream = venue.openStream(handlers);
  return {
    wire,
    venue,
    told,
    fixture,
    push: (frame: unknown) => wire.push(typeof frame === 'string' ? fixtureText(frame) : JSON.stringify(frame)),
    follow: async (symbol: string) => {
      stream.follow([symbol]);
      await new Promise((resolve) => setImmediate(resolve));
      wire.openSockets();
    },
  };
}

it('takes no brackets of Binance’s contracts that nobody follows', async () => {
  const { venue, told, push, follow } = open('binance', createBinance);
  await follow('ETHUSDT');
  push('contract-info');
  expect(told).toEqual([]);
  expect((await venue.fetchRiskTiers('BTCUSDT', signal)).source).toBe('bundled');
});

it('keeps nothing of tickers of Bybit’s that nobody follows', async () => {
  const { told, push, follow } = open('bybit', createBybit);
  await follow('ETHUSDT');
  push('ticker-snapshot');
  await follow('BTCUSDT');
  push('ticker-delta');
  expect(told).toEqual([]);
  push('ticker-snapshot');
  push('ticker-delta');
  expect(told).toEqual(['mark BTCUSDT -0.00012', 'mark BTCUSDT -0.00012']);
});

it('keeps nothing of the funding of OKX’s contracts that nobody follows', async () => {
  const { wire, told, push, fixture, follow } = open('okx', createOkx);
  wire.answer(() => new Response(JSON.stringify(fixture('instruments'))));
  await follow('ETH-USDT-SWAP');
  push('funding-rate-push');
  await follow('BTC-USDT-SWAP');
  push('mark-price-push');
  push('funding-rate-push');
  push('mark-price-push');
  // Both of its connections hear it.
  expect([...new Set(told)]).toEqual(['mark BTC-USDT-SWAP NaN', 'mark BTC-USDT-SWAP -0.00011']);
});

it('keeps no open bar of Bitget’s contracts that nobody follows', async () => {
  const { told, push, fixture, follow } = open('bitget', createBitget);
  const startMs = 1_767_225_600_000;
  await follow('ETHUSDT');
  push('kline');
  await follow('BTCUSDT');
  const next = withValue(fixture('kline'), ['data', 0, 'start'], String(startMs + BAR_MS));
  push(withValue(next, ['ts'], startMs + BAR_MS + 1));
  expect(told).toEqual([`bar BTCUSDT ${startMs + BAR_MS} false`]);
});

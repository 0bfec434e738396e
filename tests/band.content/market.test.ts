import { describe, expect, it } from 'vitest';

import { marketAfter, NO_MARKET } from '@/entrypoints/band.content/market';
import { proxyWords } from '@/entrypoints/band.content/note-words';
import type { ChartSymbol } from '@/lib/market/chart-symbol';
import type { Cluster } from '@/lib/market/summary';
import type { Resolution, ServerMessage } from '@/lib/messaging/protocol';

import { BTCUSDT } from '../market/sample-contract';
import { randomProfile } from '../render/profiles';

const OWN = { ok: true, contract: BTCUSDT, proxyFor: null, priceFactor: 1 } as const;
const resolved = (resolution: Resolution): ServerMessage => ({ type: 'resolved', key: 'k', resolution });
const profile = (asOfMs: number, clusters?: readonly Cluster[]): ServerMessage => ({
  type: 'profile',
  key: 'k',
  profile: { ...randomProfile(1), asOfMs },
  ...(clusters && { clusters }),
});
const health = (ageMs: number | null): ServerMessage => ({
  type: 'health',
  key: 'k',
  health: [{ venueId: 'binance', streams: [] }],
  coverage: null,
  ageMs,
});

describe('a watched market', () => {
  it('has its sums with a profile, and its labels until other clusters are told', () => {
    const cluster = { positionSide: 'short', price: 61_260, usd: 36e6, distance: 0.021 } as const;
    const market = marketAfter(NO_MARKET, profile(1, [cluster]), 1000);
    expect(market.sums?.profile.asOfMs).toBe(1);
    expect(market.labels).toMatchObject([{ price: 61_260, usd: 36e6, usdText: '$36M', distanceText: '+2.1%' }]);
    const later = marketAfter(market, profile(2), 1100);
    expect(later.sums?.profile.asOfMs).toBe(2);
    expect(later.labels).toBe(market.labels);
    expect(marketAfter(later, profile(3, []), 2000).labels).toEqual([]);
  });

  it('has the user’s own levels until there are none', () => {
    const levels = [
      { positionSide: 'long', price: 58_000 },
      { positionSide: 'short', price: 64_000 },
    ] as const;
    const market = marketAfter(NO_MARKET, { type: 'own-levels', key: 'k', levels }, 1000);
    expect(market.ownLevels).toEqual(levels);
    expect(marketAfter(market, { type: 'own-levels', key: 'k', levels: [] }, 1000).ownLevels).toEqual([]);
  });

  it('knows the age of its data from the health, and from a profile that moved on', () => {
    let market = marketAfter(NO_MARKET, profile(1), 1000);
    expect(market.dataAtMs).toBeNull();
    market = marketAfter(market, health(400), 5000);
    expect(market.dataAtMs).toBe(4600);
    market = marketAfter(market, profile(1), 6000);
    expect(market.dataAtMs).toBe(4600);
    market = marketAfter(market, profile(2), 7000);
    expect(market.dataAtMs).toBe(7000);
    expect(marketAfter(market, health(null), 8000).dataAtMs).toBe(7000);
  });

  it('keeps its picture when a new worker resolves the same contract, and drops it for another', () => {
    const market = marketAfter(marketAfter(NO_MARKET, resolved(OWN), 0), profile(1), 0);
    expect(marketAfter(market, resolved(OWN), 1).sums).toBe(market.sums);
    const other = { ...OWN, contract: { ...BTCUSDT, id: 'binance:ETHUSDT' as const } };
    expect(marketAfter(market, resolved(other), 1).sums).toBeNull();
    expect(marketAfter(market, resolved({ ok: false, reason: 'no-data', detail: '' }), 1).sums).toBeNull();
  });
});

describe('a proxy', () => {
  const symbol: ChartSymbol = { raw: 'BYBIT:BTCUSDT.P', exchange: 'bybit', pair: 'BTCUSDT', kind: 'perpetual' };

  it('is named by its venue where the chart shows another, else by its kind', () => {
    const proxy = { ...OWN, proxyFor: 'Bybit BTCUSDT', proxyKind: 'perpetual' as const };
    expect(proxyWords(symbol, proxy)).toEqual({
      short: 'via Binance',
      long: 'Binance BTCUSDT for Bybit BTCUSDT',
    });
    const spot = { ...symbol, exchange: 'binance', kind: 'spot' } as const;
    expect(proxyWords(spot, { ...OWN, proxyFor: 'BTCUSDT', proxyKind: 'spot' })).toEqual({
      short: 'via perpetual',
      long: 'Binance BTCUSDT for BTCUSDT spot',
    });
  });

  it('is none where the contract is the chart\u2019s own', () => expect(proxyWords(symbol, OWN)).toBeNull());
});

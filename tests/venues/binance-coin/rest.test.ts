import { beforeEach, describe, expect, it } from 'vitest';

import { BAR_MS } from '@/lib/market/bar';
import { createBinanceCoin } from '@/lib/venues/binance-coin';
import type { Venue } from '@/lib/venues/venue';

import { fixturesOf } from '../fixtures';
import { restOnly, valueOf } from '../rest-only';
import { createVirtualTime } from '../virtual-time';

const { fixture } = fixturesOf('binance-coin');
const T0 = 1767225600000;
const { signal } = new AbortController();

const ANSWERS: Readonly<Record<string, string>> = {
  '/dapi/v1/exchangeInfo': 'exchange-info',
  '/dapi/v1/klines': 'klines',
  '/dapi/v1/markPriceKlines': 'mark-price-klines',
  '/dapi/v1/openInterest': 'open-interest',
  '/dapi/v1/premiumIndex': 'premium-index',
  '/dapi/v1/fundingInfo': 'funding-info',
  '/dapi/v1/ticker/24hr': 'ticker',
  '/dapi/v1/time': 'time',
  '/futures/data/openInterestHist': 'open-interest-hist',
  '/futures/data/globalLongShortAccountRatio': 'global-long-short-account-ratio',
  '/bapi/futures/v1/friendly/delivery/common/brackets': 'brackets',
};

let venue: Venue;
let requests: URL[];
/** Paths that are answered with an error. */
let failing: Set<string>;

const asked = (path: string): URLSearchParams[] =>
  requests.filter(({ pathname }) => pathname === path).map(({ searchParams }) => searchParams);

beforeEach(() => {
  [requests, failing] = [[], new Set()];
  const time = createVirtualTime(T0 + 1_000_000);
  venue = createBinanceCoin(
    restOnly(time, (address) => {
      const url = new URL(address);
      requests.push(url);
      const status = failing.has(url.pathname) ? 500 : 200;
      return Promise.resolve(new Response(JSON.stringify(fixture(ANSWERS[url.pathname])), { status }));
    }),
  );
});

it('lists perpetuals in USD, with the contract as the step, and leaves out what has no size', async () => {
  const contracts = valueOf(await venue.fetchContracts(signal));
  expect(contracts.map(({ symbol, isTrading }) => [symbol, isTrading])).toEqual([
    ['BTCUSD_PERP', true],
    ['DOGEUSD_PERP', true],
    ['FTMUSD_PERP', false],
  ]);
  expect(contracts[0]).toEqual({
    id: 'binance-coin:BTCUSD_PERP',
    venueId: 'binance-coin',
    symbol: 'BTCUSD_PERP',
    baseAsset: 'BTC',
    multiplier: 1,
    quoteAsset: 'USD',
    assetClass: 'major',
    settlement: 'inverse',
    tickSize: 0.1,
    qtyStep: 100,
    isTrading: true,
    listedTimeMs: 1597042800000,
  });
  expect(contracts[1]).toMatchObject({ baseAsset: 'DOGE', qtyStep: 10, tickSize: 1e-5 });
});

describe('quantities', () => {
  const span = { startMs: T0, endMs: T0 + 2 * BAR_MS };

  it('of bars are contracts x 100 USD, with mark prices as they are', async () => {
    await venue.fetchTime(signal);
    const [bar] = valueOf(await venue.fetchBars('BTCUSD_PERP', span, signal));
    expect(bar).toMatchObject({ volume: 1_823_400, takerBuyVolume: 1_012_200, close: 87_688.8, markLow: 87_615 });
    expect(valueOf(await venue.fetchBars('DOGEUSD_PERP', span, signal))[0].volume).toBe(182_340);
    expect(asked('/dapi/v1/exchangeInfo')).toHaveLength(1);
  });

  it('of open interest are contracts x 100 USD, and asked for by pair', async () => {
    const points = valueOf(await venue.fetchOpenInterest('BTCUSD_PERP', span, signal));
    expect(points).toEqual([
      { timeMs: T0, openInterest: 821_110_000 },
      { timeMs: T0 + BAR_MS, openInterest: 821_430_000 },
    ]);
    const [query] = asked('/futures/data/openInterestHist');
    expect([query.get('pair'), query.get('contractType'), query.get('symbol')]).toEqual(['BTCUSD', 'PERPETUAL', null]);
  });

  it('are taken by the usual size of a contract where the venue does not list it', async () => {
    failing.add('/dapi/v1/exchangeInfo');
    await venue.fetchTime(signal);
    expect(valueOf(await venue.fetchBars('BTCUSD_PERP', span, signal))[0].volume).toBe(1_823_400);
    expect(valueOf(await venue.fetchBars('DOGEUSD_PERP', span, signal))[0].volume).toBe(182_340);
  });
});

it('asks for no more than a page, as of a longer range the venue answers the end', async () => {
  await venue.fetchBars('BTCUSD_PERP', { startMs: T0 - 5000 * BAR_MS, endMs: T0 }, signal);
  for (const path of ['/dapi/v1/klines', '/dapi/v1/markPriceKlines']) {
    const [query] = asked(path);
    expect(Number(query.get('startTime'))).toBe(T0 - 5000 * BAR_MS);
    expect(Number(query.get('endTime'))).toBe(T0 - 3500 * BAR_MS - 1);
    expect(query.get('limit')).toBe('1500');
  }
});

it('reads the figures of the moment out of their list', async () => {
  const snapshot = valueOf(await venue.fetchSnapshot('BTCUSD_PERP', signal));
  expect(snapshot).toEqual({
    openInterest: { timeMs: T0 + 301_000, openInterest: 821_543_200 },
    markPrice: 87_690.12345678,
    fundingRate: 0.000041,
    nextFundingTimeMs: 1767254400000,
    fundingIntervalMs: 8 * 3_600_000,
    venueTimeMs: T0 + 302_000,
  });
  expect(valueOf(await venue.fetchLongShortRatio('BTCUSD_PERP', signal))).toBe(2.41);
  expect(asked('/futures/data/globalLongShortAccountRatio')[0].get('pair')).toBe('BTCUSD');
});

it('tells figures of all perpetuals, volumes in USD, though only some have a mark', async () => {
  await venue.fetchContracts(signal);
  const tickers = valueOf(await venue.fetchTickers(signal));
  expect(tickers.map(({ symbol, volume24hUsd }) => [symbol, volume24hUsd])).toEqual([
    ['BTCUSD_PERP', 612_045_000],
    ['DOGEUSD_PERP', 4_120_000],
  ]);
  expect(tickers[0]).toMatchObject({ lastPrice: 87_741.3, markPrice: 87_690.12345678, change24h: 0.00992 });
  expect([tickers[1].markPrice, tickers[1].fundingRate, tickers[1].openInterest]).toEqual([NaN, NaN, NaN]);
});

it('has brackets in coin, the bundled ones where the web site does not answer', async () => {
  const live = await venue.fetchRiskTiers('BTCUSD_PERP', signal);
  expect([live.source, live.tiers.length, live.tiers[1].maintenanceAmount]).toEqual(['venue', 4, 0.005]);
  const other = await venue.fetchRiskTiers('DOGEUSD_PERP', signal);
  expect([other.source, other.tiers.map(({ maxLeverage }) => maxLeverage)]).toEqual(['bundled', [20]]);
});

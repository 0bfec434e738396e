import { beforeEach, describe, expect, it } from 'vitest';

import { HOUR_MS, SECOND_MS } from '@/lib/core/time';
import { BAR_MS } from '@/lib/market/bar';
import { createGate } from '@/lib/venues/gate';
import { takersFromStat } from '@/lib/venues/gate/rest-wire';
import type { Venue } from '@/lib/venues/venue';

import { fixturesOf, withValue } from '../fixtures';
import { restOnly, valueOf } from '../rest-only';
import { createVirtualTime, type VirtualTime } from '../virtual-time';

const { fixture } = fixturesOf('gate');
const { signal } = new AbortController();
const T0 = 1767225600000;
const SPAN = { startMs: T0, endMs: T0 + 2 * BAR_MS };
const FUTURES = '/api/v4/futures/usdt';

let time: VirtualTime;
let venue: Venue;
let answers: Map<string, (query: URLSearchParams) => unknown>;
let requests: URL[];

const asked = (path: string) => requests.filter((url) => url.pathname === path);

beforeEach(() => {
  time = createVirtualTime(T0 + 2 * BAR_MS + 60_000);
  requests = [];
  answers = new Map<string, (query: URLSearchParams) => unknown>([
    [`${FUTURES}/contracts`, () => fixture('contracts')],
    [`${FUTURES}/contracts/BTC_USDT`, () => fixture('contract')],
    [
      `${FUTURES}/candlesticks`,
      (query) => fixture(query.get('contract')?.startsWith('mark_') ? 'mark-candlesticks' : 'candlesticks'),
    ],
    [`${FUTURES}/contract_stats`, () => fixture('contract-stats')],
    [`${FUTURES}/liq_orders`, () => fixture('liq-orders')],
    [`${FUTURES}/risk_limit_tiers`, () => fixture('risk-limit-tiers')],
    [`${FUTURES}/tickers`, () => fixture('tickers')],
    ['/api/v4/spot/time', () => ({ server_time: time.now() })],
  ]);
  venue = createGate(
    restOnly(time, (address) => {
      const url = new URL(address);
      requests.push(url);
      const body = answers.get(url.pathname)?.(url.searchParams);
      return Promise.resolve(new Response(JSON.stringify(body), { status: body === undefined ? 404 : 200 }));
    }),
  );
});

describe('contracts', () => {
  it('lists linear perpetuals with their steps in base units', async () => {
    const contracts = valueOf(await venue.fetchContracts(signal));
    expect(contracts.map(({ symbol, isTrading }) => [symbol, isTrading])).toEqual([
      ['BTC_USDT', true],
      ['PEPE_USDT', true],
      ['XAU_USDT', true],
      ['TSLAX_USDT', false],
    ]);
    expect(contracts[0]).toEqual({
      id: 'gate:BTC_USDT',
      venueId: 'gate',
      symbol: 'BTC_USDT',
      baseAsset: 'BTC',
      multiplier: 1,
      quoteAsset: 'USDT',
      assetClass: 'major',
      settlement: 'linear',
      tickSize: 0.1,
      qtyStep: 0.0001,
      isTrading: true,
      listedTimeMs: 1548999000000,
    });
    expect(contracts[1]).toMatchObject({ baseAsset: 'PEPE', multiplier: 1, qtyStep: 1e7 });
    expect(contracts[2]).toMatchObject({ assetClass: 'gold', qtyStep: 0.0001, listedTimeMs: 1760000000500 });
    expect(contracts[3].assetClass).toBe('equity');
  });

  it('asks for their sizes once, and not at all once they are listed', async () => {
    await Promise.all([venue.fetchBars('BTC_USDT', SPAN, signal), venue.fetchOpenInterest('BTC_USDT', SPAN, signal)]);
    await venue.fetchContracts(signal);
    await venue.fetchSnapshot('BTC_USDT', signal);
    expect(asked(`${FUTURES}/contracts`)).toHaveLength(2);
  });

  it('refuses a contract that is not listed', async () => {
    const result = await venue.fetchBars('GONE_USDT', SPAN, signal);
    expect(result).toMatchObject({ ok: false, error: { message: 'unlisted|venue=Gate|symbol=GONE_USDT' } });
  });
});

describe('bars and figures', () => {
  it('joins mark prices, in base units, and asks by both ends of the range', async () => {
    await venue.fetchTime(signal);
    const bars = valueOf(await venue.fetchBars('BTC_USDT', SPAN, signal));
    expect(bars).toHaveLength(2);
    expect(bars[0]).toMatchObject({
      openTimeMs: T0,
      open: 87650.1,
      close: 87688.8,
      volume: expect.closeTo(233.1471, 9) as number,
      takerBuyVolume: expect.closeTo(117.7277, 6) as number,
      markHigh: 87699.95,
      markLow: 87615.4,
      markClose: 87690.01,
    });
    const [query] = asked(`${FUTURES}/candlesticks`).map((url) => Object.fromEntries(url.searchParams));
    expect(query).toEqual({ contract: 'BTC_USDT', interval: '5m', from: '1767225600', to: '1767226199' });
  });

  it('reads open interest and the sums of liquidations, the corrected ones first', async () => {
    const points = valueOf(await venue.fetchOpenInterest('BTC_USDT', SPAN, signal));
    expect(points.map(({ timeMs }) => timeMs)).toEqual([T0, T0 + BAR_MS]);
    expect(points[0].openInterest).toBeCloseTo(61_230, 6);
    expect(valueOf(await venue.fetchLiquidationTotals!('BTC_USDT', SPAN, signal))).toEqual([
      { openTimeMs: T0, longUsd: 449213.25, shortUsd: 0 },
      { openTimeMs: T0 + BAR_MS, longUsd: 0, shortUsd: 175481.1 },
    ]);
  });

  it('gives no sum of a bar that is still open', async () => {
    time = createVirtualTime(T0 + BAR_MS + 1);
    const early = await venue.fetchLiquidationTotals!('BTC_USDT', { ...SPAN, endMs: T0 + BAR_MS }, signal);
    expect(valueOf(early)).toHaveLength(1);
  });

  it('reads what holds now from the contract itself', async () => {
    expect(valueOf(await venue.fetchSnapshot('BTC_USDT', signal))).toEqual({
      openInterest: { timeMs: time.now(), openInterest: expect.closeTo(61_234.5678, 6) as number },
      markPrice: 87740.55,
      fundingRate: 0.000052,
      nextFundingTimeMs: 1767254400000,
      fundingIntervalMs: 8 * HOUR_MS,
      venueTimeMs: null,
    });
    expect(valueOf(await venue.fetchLongShortRatio('BTC_USDT', signal))).toBe(1.3);
  });

  it('reads all tickers at once and leaves out what it cannot read', async () => {
    expect(valueOf(await venue.fetchTickers(signal))).toEqual([
      {
        symbol: 'BTC_USDT',
        lastPrice: 87741.3,
        markPrice: 87740.55,
        openInterest: expect.closeTo(61_234.5678, 6) as number,
        change24h: -0.0105,
        volume24hUsd: 2901234567,
        fundingIntervalMs: NaN,
        fundingRate: 0.000052,
      },
    ]);
  });

  it('reads tiers in any order and asks for them once', async () => {
    const { tiers, source } = await venue.fetchRiskTiers('BTC_USDT', signal);
    expect(source).toBe('venue');
    expect(tiers.map((tier) => [tier.notionalFloor, tier.notionalCap, tier.maxLeverage])).toEqual([
      [0, 500_000, 200],
      [500_000, 1_000_000, 125],
      [1_000_000, Infinity, 100],
    ]);
    await venue.fetchRiskTiers('BTC_USDT', signal);
    expect(asked(`${FUTURES}/risk_limit_tiers`)).toHaveLength(1);
  });

  it.each([
    [`${FUTURES}/candlesticks`, 'candlesticks', [0, 'h'], '1'],
    [`${FUTURES}/candlesticks`, 'candlesticks', [0, 't'], -1],
    [`${FUTURES}/candlesticks`, 'candlesticks', [0, 'v'], 'many'],
    [`${FUTURES}/contract_stats`, 'contract-stats', [0, 'open_interest'], '-1'],
  ])('refuses %s of another shape', async (path, name, keys, value) => {
    answers.set(path, () => withValue(fixture(name), keys, value));
    const [bars, points] = [
      await venue.fetchBars('BTC_USDT', SPAN, signal),
      await venue.fetchOpenInterest('BTC_USDT', SPAN, signal),
    ];
    const failed = path.endsWith('candlesticks') ? bars : points;
    expect(failed).toMatchObject({ ok: false, error: { kind: 'schema' } });
  });
});

describe('past liquidations', () => {
  it('takes the side of the position and what was closed of it, oldest first', async () => {
    expect(valueOf(await venue.fetchLiquidations!('BTC_USDT', { startMs: T0, endMs: T0 + HOUR_MS }, signal))).toEqual([
      {
        timeMs: 1767225700000,
        positionSide: 'long',
        bankruptcyPrice: 87010.2,
        averagePrice: 87105,
        qty: expect.closeTo(0.06, 9) as number,
      },
      { timeMs: 1767226200000, positionSide: 'short', bankruptcyPrice: 88120.4, averagePrice: 87990.1, qty: 2 },
    ]);
  });

  it('asks an hour at a time, and in halves where an hour holds more than a page', async () => {
    const dense = Array.from({ length: 1500 }, (_, i) => ({
      ...(fixture('liq-orders') as object[])[1],
      time: T0 / SECOND_MS + 2 * i,
    }));
    answers.set(`${FUTURES}/liq_orders`, (query) =>
      dense
        .filter(({ time: at }) => at >= Number(query.get('from')) && at <= Number(query.get('to')))
        .toReversed()
        .slice(0, Number(query.get('limit'))),
    );
    const range = { startMs: T0, endMs: T0 + 2 * HOUR_MS };
    const events = valueOf(await venue.fetchLiquidations!('BTC_USDT', range, signal));
    expect(events.map(({ timeMs }) => timeMs)).toEqual(dense.map(({ time: at }) => at * SECOND_MS));
    const spans = asked(`${FUTURES}/liq_orders`).map(
      ({ searchParams: query }) => Number(query.get('to')) - Number(query.get('from')) + 1,
    );
    expect(spans.sort((a, b) => a - b)).toEqual([1800, 1800, 3600, 3600]);
  });
});

it('takes one side of the takers alone for no split, where there is no quotient either', () => {
  const stat = { time: 1_767_225_600_000, open_interest: 1 };
  expect(takersFromStat({ ...stat, long_taker_size: 30, short_taker_size: 10, lsr_taker: 9 })).toEqual([
    { timeMs: stat.time, buys: 30, sells: 10 },
  ]);
  for (const one of [{ long_taker_size: 30 }, { short_taker_size: 10 }]) {
    expect(takersFromStat({ ...stat, ...one })).toEqual([]);
    expect(takersFromStat({ ...stat, ...one, lsr_taker: 3 })).toEqual([{ timeMs: stat.time, buys: 3, sells: 1 }]);
  }
});

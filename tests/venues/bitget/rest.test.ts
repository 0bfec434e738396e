import { describe, expect, it } from 'vitest';

import { DAY_MS } from '@/lib/core/time';
import { BAR_MS } from '@/lib/market/bar';
import { createBitget } from '@/lib/venues/bitget';
import { snapshotFrom, tickersFrom } from '@/lib/venues/bitget/rest-wire';

import { fixturesOf, withValue } from '../fixtures';
import { restOnly } from '../rest-only';
import { createVirtualTime } from '../virtual-time';

const { fixture } = fixturesOf('bitget');
const T = 1_767_225_600_000;
const { signal } = new AbortController();

/** Answers by the last part of the path, a function by the query; everything else is a 404. */
const createVenue = (answers: Readonly<Record<string, unknown>>) => {
  const asked: URL[] = [];
  const time = createVirtualTime(T + 700_000);
  const venue = createBitget(
    restOnly(time, (url) => {
      const target = new URL(url);
      asked.push(target);
      const answer = answers[target.pathname.split('/').at(-1) ?? ''];
      const body: unknown = typeof answer === 'function' ? answer(target.searchParams) : answer;
      return Promise.resolve(new Response(JSON.stringify(body ?? {}), { status: body === undefined ? 404 : 200 }));
    }),
  );
  return { venue, asked, time };
};

describe('Bitget over REST', () => {
  it('lists perpetuals with their steps, multiples and kinds', async () => {
    const result = await createVenue({ contracts: fixture('contracts') }).venue.fetchContracts(signal);
    expect(
      result.ok &&
        result.value.map(({ symbol, baseAsset, multiplier, assetClass, tickSize, isTrading }) => [
          symbol,
          baseAsset,
          multiplier,
          assetClass,
          tickSize,
          isTrading,
        ]),
    ).toEqual([
      ['BTCUSDT', 'BTC', 1, 'major', 0.1, true],
      ['1000BONKUSDT', 'BONK', 1000, 'altcoin', 0.000005, true],
      ['XAUUSDT', 'XAU', 1, 'gold', 0.01, true],
      ['NVDAUSDT', 'NVDA', 1, 'equity', 0.01, false],
    ]);
    expect(result.ok && result.value.map(({ listedTimeMs }) => listedTimeMs)).toEqual([0, 1_700_000_000_000, 0, 0]);
  });

  it('leaves out a contract with more decimals than a price can have', async () => {
    const contracts = withValue(fixture('contracts'), ['data', 0, 'pricePlace'], '400');
    const result = await createVenue({ contracts }).venue.fetchContracts(signal);
    expect(result.ok && result.value.map(({ symbol }) => symbol)).toEqual(['1000BONKUSDT', 'XAUUSDT', 'NVDAUSDT']);
  });

  it('takes a contract that was launched before time began as one without a date', async () => {
    const contracts = withValue(fixture('contracts'), ['data', 1, 'launchTime'], '-1');
    const result = await createVenue({ contracts }).venue.fetchContracts(signal);
    expect(result.ok && result.value.map(({ listedTimeMs }) => listedTimeMs)).toEqual([0, 0, 0, 0]);
  });

  it('leaves out what is not priced in dollars', async () => {
    const contracts = withValue(fixture('contracts'), ['data', 0, 'quoteCoin'], 'EUR');
    const result = await createVenue({ contracts }).venue.fetchContracts(signal);
    expect(result.ok && result.value.map(({ symbol }) => symbol)).not.toContain('BTCUSDT');
  });

  it('asks one endpoint for trades and marks of the last month', async () => {
    const { venue, asked } = createVenue({
      candles: (query: URLSearchParams) => fixture(query.get('kLineType') === 'MARK' ? 'mark-candles' : 'candles'),
      'taker-buy-sell': { code: '00000', msg: 'success', data: [] },
      time: fixture('time'),
    });
    await venue.fetchTime(signal);
    const result = await venue.fetchBars('BTCUSDT', { startMs: T, endMs: T + BAR_MS }, signal);
    // By the venue's clock, which stands at the first bar's beginning, who took in it may still be told.
    expect(result).toEqual({ ok: true, value: [] });
    const candles = asked.slice(1).filter(({ pathname }) => !pathname.endsWith('taker-buy-sell'));
    expect(candles.map(({ pathname }) => pathname)).toEqual(
      Array.from({ length: 2 }, () => '/api/v2/mix/market/candles'),
    );
  });

  it('asks others for what is older, in shorter pages', async () => {
    const { venue, asked } = createVenue({
      'history-candles': fixture('history-candles'),
      'history-mark-candles': fixture('history-mark-candles'),
    });
    const startMs = T - 60 * DAY_MS;
    await venue.fetchBars('BTCUSDT', { startMs, endMs: T }, signal);
    expect(asked.map(({ pathname }) => pathname).toSorted()).toEqual([
      '/api/v2/mix/market/history-candles',
      '/api/v2/mix/market/history-mark-candles',
    ]);
    for (const { searchParams } of asked) {
      expect(searchParams.get('limit')).toBe('200');
      expect(searchParams.get('endTime')).toBe(String(startMs + 200 * BAR_MS));
    }
  });

  it('gives the figures of now; what the ticker lacks is not observed', async () => {
    const { venue } = createVenue({
      ticker: fixture('ticker'),
      'current-fund-rate': fixture('current-fund-rate'),
      tickers: fixture('tickers'),
      'account-long-short': fixture('account-long-short'),
    });
    const snapshot = await venue.fetchSnapshot('BTCUSDT', signal);
    expect(snapshot.ok && snapshot.value).toEqual({
      openInterest: { timeMs: T + 700_000, openInterest: 29_539.3825 },
      markPrice: 64_001.2,
      fundingRate: 0.000068,
      nextFundingTimeMs: T + 8 * 3_600_000,
      fundingIntervalMs: 8 * 3_600_000,
      venueTimeMs: T + 700_000,
    });
    const tickers = await venue.fetchTickers(signal);
    expect(tickers.ok && tickers.value).toMatchObject([
      { symbol: 'BTCUSDT', lastPrice: 64_000, openInterest: 29_539.3825, change24h: 0.024 },
      { symbol: '1000BONKUSDT', markPrice: NaN, openInterest: NaN },
    ]);
    expect(await venue.fetchLongShortRatio('BTCUSDT', signal)).toEqual({ ok: true, value: 1.77 });
  });

  it('reads tiers in USDT without deductions, or has bundled ones', async () => {
    const { tiers, source } = await createVenue({ 'position-tier': fixture('position-tier') }).venue.fetchRiskTiers(
      'BTCUSDT',
      signal,
    );
    expect([source, tiers.map(({ notionalFloor, notionalCap }) => [notionalFloor, notionalCap])]).toEqual([
      'venue',
      [
        [0, 150_000],
        [150_000, Infinity],
      ],
    ]);
    expect(tiers.every(({ maintenanceAmount }) => maintenanceAmount === 0)).toBe(true);
    expect((await createVenue({}).venue.fetchRiskTiers('BTCUSDT', signal)).source).toBe('bundled');
  });

  it('follows the cursor of past liquidations back to the start that is asked for', async () => {
    const page = (list: readonly object[], cursor: string) => ({ code: '00000', data: { list, cursor } });
    const row = (ts: number) => ({ symbol: 'BTCUSDT', side: 'buy', price: '100', amount: '50', ts: String(ts) });
    const { venue, asked } = createVenue({
      liquidations: (query: URLSearchParams) =>
        query.get('cursor') === null ? page([row(T + 30), row(T + 20)], 'next') : page([row(T + 10), row(T - 10)], 'x'),
    });
    const result = await venue.fetchLiquidations!('BTCUSDT', { startMs: T, endMs: T + 30 }, signal);
    expect(result.ok && result.value).toMatchObject([
      { timeMs: T + 10, positionSide: 'long', qty: 0.5 },
      { timeMs: T + 20, positionSide: 'long', qty: 0.5 },
    ]);
    expect(asked).toHaveLength(2);
  });

  it('does not take pages that end after the range for its being empty', async () => {
    const row = (ts: number) => ({ symbol: 'BTCUSDT', side: 'buy', price: '100', amount: '50', ts: String(ts) });
    let pages = 0;
    const { venue, time } = createVenue({
      liquidations: () => ({ code: '00000', data: { list: [row(T + 1000 - ++pages)], cursor: String(pages) } }),
    });
    const areMissing = () => pages < 20;
    /** Past the venue's limit of requests, which makes twenty pages take seconds. */
    const fetchUntil = async (endMs: number) => {
      pages = 0;
      const fetched = venue.fetchLiquidations!('BTCUSDT', { startMs: T, endMs }, signal);
      while (areMissing()) {
        time.advance(1000);
        await new Promise((resolve) => setTimeout(resolve));
      }
      return fetched;
    };
    const later = await fetchUntil(T + 1000);
    expect(later.ok && later.value.length).toBe(20);
    const before = await fetchUntil(T + 900);
    expect(!before.ok && before.error.kind).toBe('http');
  });

  it('waits when told so under a status of 200', async () => {
    const { venue, asked, time } = createVenue({ time: fixture('too-many-requests') });
    const result = await venue.fetchTime(signal);
    expect(!result.ok && result.error).toMatchObject({ kind: 'limited', retryAtMs: time.now() + 10_000 });
    await venue.fetchTime(signal);
    expect(asked).toHaveLength(1);
  });
});

it('takes what is empty, or below what can be, for not told', () => {
  const row = { symbol: 'BTCUSDT', lastPr: 64_000, ts: 1_767_225_600_000 };
  for (const figure of ['', null, '-5', 'NaN', 'Infinity']) {
    const ticker = { ...row, holdingAmount: figure, markPrice: figure, usdtVolume: figure };
    expect(snapshotFrom(ticker, null)).toMatchObject({ openInterest: null, markPrice: null });
    expect(tickersFrom([ticker])[0]).toMatchObject({ openInterest: NaN, markPrice: NaN, volume24hUsd: NaN });
  }
  expect(snapshotFrom({ ...row, holdingAmount: '0' }, null).openInterest).toEqual({ timeMs: row.ts, openInterest: 0 });
});

import { beforeEach, describe, expect, it } from 'vitest';

import { MINUTE_MS } from '@/lib/core/time';
import { BAR_MS } from '@/lib/market/bar';
import { createBybit } from '@/lib/venues/bybit';
import { categoryOf, isPerpetual } from '@/lib/venues/bybit/category';
import type { Venue } from '@/lib/venues/venue';

import { fixturesOf, withValue } from '../fixtures';
import { restOnly, valueOf } from '../rest-only';
import { createVirtualTime, type VirtualTime } from '../virtual-time';

const { fixture } = fixturesOf('bybit');
const T0 = 1767225600000;
const { signal } = new AbortController();

let time: VirtualTime;
let venue: Venue;
let requests: URL[];
/** By path, and by path and category where these differ. */
let answers: Map<string, unknown>;
let reply: (body: unknown) => Response;

beforeEach(() => {
  time = createVirtualTime(T0 + 1_000_000);
  requests = [];
  reply = (body) => new Response(JSON.stringify(body));
  answers = new Map<string, unknown>([
    ['instruments-info linear', fixture('instruments-linear')],
    ['instruments-info inverse', fixture('instruments-inverse')],
    ['kline', fixture('kline')],
    ['mark-price-kline', fixture('mark-price-kline')],
    ['open-interest', fixture('open-interest')],
    ['tickers linear', fixture('tickers-linear')],
    ['tickers inverse', fixture('tickers-inverse')],
    ['account-ratio', fixture('account-ratio')],
    ['risk-limit linear', fixture('risk-limit-linear')],
    ['risk-limit inverse', fixture('risk-limit-inverse')],
    ['time', fixture('time')],
  ]);
  venue = createBybit(
    restOnly(time, (address) => {
      const url = new URL(address);
      requests.push(url);
      const name = url.pathname.split('/').at(-1)!;
      return Promise.resolve(reply(answers.get(`${name} ${url.searchParams.get('category')}`) ?? answers.get(name)));
    }),
  );
});

describe('symbols', () => {
  it.each([
    ['BTCUSDT', 'linear', true],
    ['BTCPERP', 'linear', true],
    ['BTCUSD', 'inverse', true],
    ['BTCUSDT-26DEC25', 'linear', false],
    ['BTC-26DEC25', 'linear', false],
    ['BTCUSDH26', 'linear', false],
  ])('%s: %s, perpetual %s', (symbol, category, expected) => {
    expect([categoryOf(symbol), isPerpetual(symbol)]).toEqual([category, expected]);
  });
});

describe('contracts', () => {
  it('lists perpetuals of both categories with their multiples and classes', async () => {
    const contracts = valueOf(await venue.fetchContracts(signal));
    expect(
      contracts.map(({ symbol, baseAsset, multiplier, assetClass, settlement, isTrading }) =>
        [symbol, baseAsset, multiplier, assetClass, settlement, isTrading].join(' '),
      ),
    ).toEqual([
      'BTCUSDT BTC 1 major linear true',
      'SHIB1000USDT SHIB 1000 altcoin linear true',
      'XAUTUSDT XAUT 1 gold linear true',
      'TSLAUSDT TSLA 1 equity linear true',
      'OLDUSDT OLD 1 altcoin linear false',
      'BTCPERP BTC 1 major linear true',
      'BTCUSD BTC 1 major inverse true',
    ]);
  });

  it('leaves out what is not priced in dollars', async () => {
    answers.set(
      'instruments-info linear',
      withValue(fixture('instruments-linear'), ['result', 'list', 0, 'quoteCoin'], 'EUR'),
    );
    const contracts = valueOf(await venue.fetchContracts(signal));
    expect(contracts.map(({ symbol }) => symbol)).not.toContain('BTCUSDT');
  });

  it('follows the cursor to the last page', async () => {
    const first = withValue(fixture('instruments-linear'), ['result', 'nextPageCursor'], 'next');
    const pages = [first, fixture('instruments-linear')];
    const byCategory = reply;
    reply = (body) => byCategory(body === first ? pages.shift() : body);
    answers.set('instruments-info linear', first);
    await venue.fetchContracts(signal);
    const cursors = requests.filter((url) => url.searchParams.get('category') === 'linear');
    expect(cursors.map((url) => url.searchParams.get('cursor'))).toEqual([null, 'next']);
  });
});

describe('figures', () => {
  const span = { startMs: T0, endMs: T0 + 2 * BAR_MS };

  it('joins mark prices onto candles that come newest first', async () => {
    answers.set('time', withValue(fixture('time'), ['time'], T0 + 2 * BAR_MS + 1));
    await venue.fetchTime(signal);
    const bars = valueOf(await venue.fetchBars('BTCUSDT', span, signal));
    expect(bars.map((bar) => [bar.openTimeMs, bar.close, bar.volume, bar.takerBuyVolume, bar.markClose])).toEqual([
      [T0, 87655.2, 120.25, NaN, 87654.9],
      [T0 + BAR_MS, 87610.5, 101.5, NaN, 87611.07],
    ]);
    expect(requests[1].search).toBe(
      `?category=linear&symbol=BTCUSDT&interval=5&start=${T0}&end=${T0 + 2 * BAR_MS - 1}&limit=1000`,
    );
  });

  it('asks for exactly one page of a longer span', async () => {
    await venue.fetchBars('BTCUSDT', { startMs: T0, endMs: T0 + 5_000 * BAR_MS }, signal);
    expect(requests[0].searchParams.get('end')).toBe(String(T0 + 1_000 * BAR_MS - 1));
    await venue.fetchOpenInterest('BTCUSDT', { startMs: T0, endMs: T0 + 5_000 * BAR_MS }, signal);
    expect(requests.at(-1)?.searchParams.get('endTime')).toBe(String(T0 + 200 * BAR_MS - 1));
  });

  it('takes one side of open interest, half of both sides where only these are told', async () => {
    expect(valueOf(await venue.fetchOpenInterest('BTCUSDT', span, signal))).toEqual([
      { timeMs: T0, openInterest: 51500 },
      { timeMs: T0 + BAR_MS, openInterest: 52000.25 },
    ]);
  });

  it('reads snapshot and tickers, an inverse contract in USD', async () => {
    expect(valueOf(await venue.fetchSnapshot('BTCUSDT', signal))).toEqual({
      openInterest: { timeMs: T0 + 1234, openInterest: 52000.25 },
      markPrice: 87611.07,
      fundingRate: -0.00012,
      nextFundingTimeMs: T0 + 28_800_000,
      fundingIntervalMs: 28_800_000,
      venueTimeMs: T0 + 1234,
    });
    const tickers = valueOf(await venue.fetchTickers(signal));
    expect(tickers.map(({ symbol, openInterest, volume24hUsd }) => [symbol, openInterest, volume24hUsd])).toEqual([
      ['BTCUSDT', 52000.25, 6100200300.4455],
      ['BTCUSD', 230567192, 206000111],
    ]);
    expect(tickers[0].change24h).toBe(0.018489);
    expect(valueOf(await venue.fetchLongShortRatio('BTCUSDT', signal))).toBeCloseTo(1.5, 12);
  });
});

describe('risk tiers', () => {
  it("reads one contract's rows, lowest first", async () => {
    expect(await venue.fetchRiskTiers('BTCUSDT', signal)).toMatchObject({
      tiers: [
        { notionalFloor: 0, notionalCap: 2e6, maintenanceMarginRate: 0.005, maintenanceAmount: 0, maxLeverage: 100 },
        { notionalFloor: 2e6, notionalCap: Infinity, maintenanceMarginRate: 0.01, maintenanceAmount: 10_000 },
      ],
      source: 'venue',
      asOfMs: T0 + 1234,
    });
    await venue.fetchRiskTiers('BTCUSDT', signal);
    expect(requests).toHaveLength(1);
  });

  it('takes rates in percent for what they are', async () => {
    const { tiers } = await venue.fetchRiskTiers('BTCUSD', signal);
    expect(tiers.map((tier) => [tier.notionalFloor, tier.maintenanceMarginRate])).toEqual([
      [0, 0.005],
      [150, 0.01],
    ]);
  });

  it('falls back on bundled ones where no row fits', async () => {
    expect((await venue.fetchRiskTiers('SOLUSDT', signal)).source).toBe('bundled');
  });
});

describe('refusals', () => {
  it.each([
    [
      'a code for too many requests',
      () => new Response(JSON.stringify(fixture('rate-limit-error'))),
      'limited',
      10_000,
    ],
    [
      'a ban of the address',
      () => new Response('403, access too frequent', { status: 403 }),
      'limited',
      10 * MINUTE_MS,
    ],
    ['a refusal for the location', () => new Response('<html>', { status: 403 }), 'blocked', 15 * MINUTE_MS],
  ] as const)('tells %s', async (_name, response, kind, waitMs) => {
    reply = response;
    const result = await venue.fetchTime(signal);
    expect(result).toMatchObject({ ok: false, error: { kind, retryAtMs: time.now() + waitMs } });
    await venue.fetchTime(signal);
    expect(requests).toHaveLength(1);
  });

  it('passes on any other code as an error of its own', async () => {
    reply = () => new Response(JSON.stringify(fixture('request-error')));
    const result = await venue.fetchTime(signal);
    expect(result).toMatchObject({ error: { kind: 'http', message: 'error|venue=Bybit|error=10001' } });
  });
});

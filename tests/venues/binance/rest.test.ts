import { beforeEach, describe, expect, it } from 'vitest';

import { ok, type Result } from '@/lib/core/result';
import { BAR_MS } from '@/lib/market/bar';
import { createBinance } from '@/lib/venues/binance';
import type { Venue, VenueError } from '@/lib/venues/venue';

import { fixture, hasRecordedWire, recorded, withValue } from '../fixtures';
import { restOnly, valueOf } from '../rest-only';
import { createVirtualTime, type VirtualTime } from '../virtual-time';

const T0 = 1767225600000;
const PATHS = {
  exchangeInfo: '/fapi/v1/exchangeInfo',
  klines: '/fapi/v1/klines',
  marks: '/fapi/v1/markPriceKlines',
  history: '/futures/data/openInterestHist',
  interest: '/fapi/v1/openInterest',
  premium: '/fapi/v1/premiumIndex',
  funding: '/fapi/v1/fundingInfo',
  ratio: '/futures/data/globalLongShortAccountRatio',
  time: '/fapi/v1/time',
  brackets: '/bapi/futures/v1/friendly/future/common/brackets',
} as const;

type Respond = (query: URLSearchParams) => unknown;

let time: VirtualTime;
let venue: Venue;
let answers: Map<string, Respond>;
let requests: URL[];
let statusOf: (path: string) => number;

const signal = new AbortController().signal;
const kline = (openTimeMs: number, stepMs = BAR_MS) => [
  openTimeMs,
  '100',
  '102',
  '99',
  '101',
  '10',
  openTimeMs + stepMs - 1,
  '1000',
  5,
  '6',
  '600',
  '0',
];
const page =
  (stepMs: number): Respond =>
  (query) => {
    const [start, end, limit] = ['startTime', 'endTime', 'limit'].map((key) => Number(query.get(key)));
    const first = Math.ceil(start / stepMs) * stepMs;
    const count = Math.max(0, Math.min(limit, Math.floor((end - first) / stepMs) + 1));
    return Array.from({ length: count }, (_, i) => kline(first + i * stepMs, stepMs));
  };
const healthOf = (stream: string) => venue.health().streams.find((each) => each.stream === stream)!;

beforeEach(() => {
  time = createVirtualTime(T0 + 1_000_000);
  requests = [];
  statusOf = () => 200;
  answers = new Map<string, Respond>([
    [PATHS.exchangeInfo, () => fixture('exchange-info')],
    [PATHS.klines, () => fixture('klines')],
    [PATHS.marks, () => fixture('mark-price-klines')],
    [PATHS.history, () => fixture('open-interest-hist')],
    [PATHS.interest, () => fixture('open-interest')],
    [PATHS.premium, () => fixture('premium-index')],
    [PATHS.funding, () => fixture('funding-info')],
    [PATHS.ratio, () => fixture('global-long-short-account-ratio')],
    [PATHS.time, () => fixture('time')],
    [PATHS.brackets, () => fixture('brackets')],
  ]);
  venue = createVenue();
});

const createVenue = (): Venue =>
  createBinance(
    restOnly(time, (address) => {
      const url = new URL(address);
      requests.push(url);
      const body = JSON.stringify(answers.get(url.pathname)?.(url.searchParams) ?? {});
      return Promise.resolve(new Response(body, { status: statusOf(url.pathname) }));
    }),
  );

describe('contracts', () => {
  it('lists perpetuals of coins and of commodities, with multiples and steps, and no dated future', async () => {
    const contracts = valueOf(await venue.fetchContracts(signal));
    expect(contracts.map((contract) => contract.symbol)).toEqual([
      'BTCUSDT',
      '1000PEPEUSDT',
      'XAUUSDT',
      'BTCUSDC',
      'DGBUSDT',
    ]);
    expect(contracts[0]).toEqual({
      id: 'binance:BTCUSDT',
      venueId: 'binance',
      symbol: 'BTCUSDT',
      baseAsset: 'BTC',
      multiplier: 1,
      quoteAsset: 'USDT',
      assetClass: 'major',
      settlement: 'linear',
      tickSize: 0.1,
      qtyStep: 0.001,
      isTrading: true,
      listedTimeMs: 1569398400000,
    });
    expect(contracts[1]).toMatchObject({ baseAsset: 'PEPE', multiplier: 1000, tickSize: 1e-7 });
    expect(contracts[4].isTrading).toBe(false);
  });

  it('leaves out what is not priced in dollars', async () => {
    answers.set(PATHS.exchangeInfo, () => withValue(fixture('exchange-info'), ['symbols', 0, 'quoteAsset'], 'BTC'));
    const contracts = valueOf(await venue.fetchContracts(signal));
    expect(contracts.map((contract) => contract.symbol)).not.toContain('BTCUSDT');
    expect(contracts).toHaveLength(4);
  });

  it('drops a row that cannot be read and keeps the rest', async () => {
    answers.set(PATHS.exchangeInfo, () =>
      withValue(fixture('exchange-info'), ['symbols', 0, 'filters', 0, 'tickSize'], '0'),
    );
    const contracts = valueOf(await venue.fetchContracts(signal));
    expect(contracts.map((contract) => contract.symbol)).not.toContain('BTCUSDT');
    expect(contracts).toHaveLength(4);
  });

  it.skipIf(!hasRecordedWire)('reads the recorded listing (skipped where there is none)', async () => {
    answers.set(PATHS.exchangeInfo, () => recorded('rest-exchange_info'));
    const contracts = valueOf(await venue.fetchContracts(signal));
    expect(contracts.map((contract) => contract.symbol)).toEqual(['BTCUSDT', 'ETHUSDT']);
  });
});

describe('bars', () => {
  const span = { startMs: T0, endMs: T0 + 2 * BAR_MS };

  it('joins mark prices onto klines by their open time', async () => {
    const bars = valueOf(await venue.fetchBars('BTCUSDT', span, signal));
    expect(bars[0]).toEqual({
      openTimeMs: T0,
      open: 87650.1,
      high: 87702,
      low: 87610.5,
      close: 87688.8,
      volume: 182.345,
      takerBuyVolume: 101.22,
      markHigh: 87699.12345678,
      markLow: 87615,
      markClose: 87690,
    });
    expect(bars).toHaveLength(2);
  });

  it('asks for the half-open range and no more rows than it holds', async () => {
    await venue.fetchBars('BTCUSDT', span, signal);
    expect(requests.map((url) => url.search)).toEqual(
      Array(2).fill(`?symbol=BTCUSDT&interval=5m&startTime=${T0}&endTime=${T0 + 599_999}&limit=2`),
    );
  });

  it('leaves the newest bar for later while only our own clock is known: it may be minutes fast', async () => {
    time = createVirtualTime(T0 + 700_000);
    venue = createVenue();
    const range = { startMs: T0, endMs: T0 + 600_000 };
    expect(valueOf(await venue.fetchBars('BTCUSDT', range, signal)).map((bar) => bar.openTimeMs)).toEqual([T0]);
  });

  it('drops the bar that is still open at the end of the range', async () => {
    const bars = valueOf(await venue.fetchBars('BTCUSDT', { startMs: T0, endMs: T0 + 2 * BAR_MS - 1 }, signal));
    expect(bars.map((bar) => bar.openTimeMs)).toEqual([T0]);
  });

  it("drops the bar that is still open by the venue's clock, however wrong ours is", async () => {
    answers.set(PATHS.time, () => ({ serverTime: T0 + BAR_MS + 1 }));
    await venue.fetchTime(signal);
    const bars = valueOf(await venue.fetchBars('BTCUSDT', span, signal));
    expect(bars.map((bar) => bar.openTimeMs)).toEqual([T0]);
    time.advance(BAR_MS);
    await venue.fetchTime(signal);
    expect(valueOf(await venue.fetchBars('BTCUSDT', span, signal))).toHaveLength(1);
    answers.set(PATHS.time, () => ({ serverTime: T0 + 2 * BAR_MS + 1 }));
    await venue.fetchTime(signal);
    expect(valueOf(await venue.fetchBars('BTCUSDT', span, signal))).toHaveLength(2);
  });

  it('sorts rows and drops doubled ones', async () => {
    const [first, second] = fixture('klines') as readonly unknown[];
    answers.set(PATHS.klines, () => [second, first, second]);
    const bars = valueOf(await venue.fetchBars('BTCUSDT', span, signal));
    expect(bars.map((bar) => bar.openTimeMs)).toEqual([T0, T0 + BAR_MS]);
  });

  it('leaves the newest bar for later while its mark price is missing', async () => {
    answers.set(PATHS.marks, () => (fixture('mark-price-klines') as readonly unknown[]).slice(0, 1));
    expect(valueOf(await venue.fetchBars('BTCUSDT', span, signal))).toHaveLength(1);
  });

  it('marks older bars without a mark price as not observed', async () => {
    answers.set(PATHS.marks, () => []);
    const bars = valueOf(await venue.fetchBars('BTCUSDT', { ...span, endMs: T0 + 3 * BAR_MS }, signal));
    expect(bars).toHaveLength(2);
    expect(bars[0].markClose).toBeNaN();
  });

  it('fails as a whole when the mark prices fail', async () => {
    statusOf = (path) => (path === PATHS.marks ? 503 : 200);
    expect(await venue.fetchBars('BTCUSDT', span, signal)).toMatchObject({ ok: false, error: { kind: 'http' } });
    expect(healthOf('history')).toMatchObject({ state: 'down', detail: 'error|venue=Binance|error=503' });
    statusOf = () => 200;
    await venue.fetchBars('BTCUSDT', span, signal);
    expect(healthOf('history')).toMatchObject({ state: 'live', detail: '' });
  });

  it('reads the minutes of bars, in one request for a page of them', async () => {
    answers.set(PATHS.klines, page(60_000));
    const endMs = T0 + 300 * BAR_MS;
    time = createVirtualTime(endMs + BAR_MS);
    const { minutes } = createVenue();
    expect(minutes?.barsPerPage).toBe(300);
    const told = valueOf((await minutes?.fetch('BTCUSDT', { startMs: T0, endMs }, signal)) ?? ok([]));
    expect(requests.map((url) => url.search)).toEqual([
      `?symbol=BTCUSDT&interval=1m&startTime=${T0}&endTime=${endMs - 1}&limit=1500`,
    ]);
    expect(told).toHaveLength(300);
    expect(told[299].openTimeMs).toBe(endMs - BAR_MS);
    const [, , high, low, close, volume] = kline(T0).map(Number);
    expect([...told[0].path.subarray(0, 4)]).toEqual([high, low, close, volume]);
  });

  it('reads hourly bars', async () => {
    answers.set(PATHS.klines, page(3_600_000));
    const range = { startMs: T0 - 30 * 86_400_000, endMs: T0 };
    const bars = valueOf(await venue.fetchHourlyBars('BTCUSDT', range, signal));
    expect(bars).toHaveLength(720);
    expect(bars[719].openTimeMs).toBe(T0 - 3_600_000);
    expect(requests[0].searchParams.get('interval')).toBe('1h');
  });

  it.skipIf(!hasRecordedWire)('reads the recorded rows (skipped where there are none)', async () => {
    answers.set(PATHS.klines, () => recorded('rest-klines'));
    answers.set(PATHS.marks, () => recorded('rest-mark_price_klines'));
    const range = { startMs: 1499040000000, endMs: 1499040000000 + 3 * BAR_MS };
    const bars = valueOf(await venue.fetchBars('BTCUSDT', range, signal));
    expect(bars).toMatchObject([
      { open: 0.0163479, close: 0.015771, volume: 148976.11427815, takerBuyVolume: 1756.87402397 },
    ]);
  });
});

describe('trading schedule', () => {
  const HOUR = 3_600_000;
  const schedule = async () => {
    const told = await venue.fetchTradingSchedule?.(signal);
    if (told === undefined) throw new Error('no schedule');
    return valueOf(told);
  };

  it('reads the sessions of both markets, each open but for those without trading', async () => {
    answers.set('/fapi/v1/tradingSchedule', () => fixture('trading-schedule'));
    const { commodity, equity } = await schedule();
    expect(commodity).toEqual([
      { startMs: 1761724800000, endMs: 1761744600000, isOpen: false },
      { startMs: 1761744600000, endMs: 1761768000000, isOpen: true },
    ]);
    expect(equity.map(({ startMs, endMs, isOpen }) => [(endMs - startMs) / HOUR, isOpen])).toEqual([
      [8, true],
      [5.5, true],
    ]);
  });

  it.each([
    ['US EQUITY', true],
    ['US_EQUITY', true],
    ['HK EQUITY', false],
    ['KR_EQUITY', false],
  ])('takes %s for that of American shares: %s', async (name, isOurs) => {
    const sessions = [{ startTime: T0, endTime: T0 + HOUR, type: 'REGULAR' }];
    answers.set('/fapi/v1/tradingSchedule', () => ({ marketSchedules: { [name]: { sessions } } }));
    const { commodity, equity } = await schedule();
    expect([commodity, equity.length]).toEqual([[], isOurs ? 1 : 0]);
  });
});

describe('open interest', () => {
  it('reads the history, whether its times are numbers or text', async () => {
    const points = valueOf(await venue.fetchOpenInterest('BTCUSDT', { startMs: T0, endMs: T0 + BAR_MS + 1 }, signal));
    expect(points).toEqual([
      { timeMs: T0, openInterest: 90123.456 },
      { timeMs: T0 + BAR_MS, openInterest: 90150.1 },
    ]);
  });

  it('asks for one page of a longer range', async () => {
    await venue.fetchOpenInterest('BTCUSDT', { startMs: T0 - 1000 * BAR_MS, endMs: T0 }, signal);
    const query = requests[0].searchParams;
    expect(Number(query.get('endTime')) + 1 - Number(query.get('startTime'))).toBe(500 * BAR_MS);
    expect(query.get('limit')).toBe('500');
  });

  it('gives a snapshot of what is known only as now', async () => {
    expect(valueOf(await venue.fetchSnapshot('BTCUSDT', signal))).toEqual({
      openInterest: { timeMs: T0 + 301_000, openInterest: 90151.234 },
      markPrice: 87690.12345678,
      fundingRate: 0.0000521,
      nextFundingTimeMs: T0 + 28_800_000,
      fundingIntervalMs: 8 * 3_600_000,
      venueTimeMs: T0 + 302_000,
    });
  });

  it('knows of a funding interval that was changed within the hour', async () => {
    const intervalMs = async () => valueOf(await venue.fetchSnapshot('XAUUSDT', signal)).fundingIntervalMs;
    expect(await intervalMs()).toBe(4 * 3_600_000);
    answers.set(PATHS.funding, () => [{ symbol: 'XAUUSDT', fundingIntervalHours: 1 }]);
    time.advance(3_600_000);
    expect(await intervalMs()).toBe(3_600_000);
  });

  it('knows the funding interval where it differs from the rule, and says nothing when the venue does not tell', async () => {
    expect(valueOf(await venue.fetchSnapshot('XAUUSDT', signal)).fundingIntervalMs).toBe(4 * 3_600_000);
    expect(requests.filter(({ pathname }) => pathname === PATHS.funding)).toHaveLength(1);
    statusOf = (path) => (path === PATHS.funding ? 500 : 200);
    const other = createVenue();
    expect(valueOf(await other.fetchSnapshot('XAUUSDT', signal)).fundingIntervalMs).toBeNull();
  });

  it('gives half a snapshot when the other half fails', async () => {
    statusOf = (path) => (path === PATHS.interest ? 500 : 200);
    expect(valueOf(await venue.fetchSnapshot('BTCUSDT', signal))).toMatchObject({
      openInterest: null,
      markPrice: 87690.12345678,
    });
    expect(healthOf('openInterest').state).toBe('down');
  });

  it.skipIf(!hasRecordedWire)('reads the recorded answers (skipped where there are none)', async () => {
    answers.set(PATHS.history, () => recorded('rest-open_interest_historical'));
    answers.set(PATHS.interest, () => recorded('rest-open_interest'));
    answers.set(PATHS.premium, () => recorded('rest-premium_index'));
    const range = { startMs: 1583127900000, endMs: 1583128500000 };
    expect(valueOf(await venue.fetchOpenInterest('BTCUSDT', range, signal))).toEqual([
      { timeMs: 1583127900000, openInterest: 20403.637 },
      { timeMs: 1583128200000, openInterest: 20401.367 },
    ]);
    expect(valueOf(await venue.fetchSnapshot('BTCUSDT', signal))).toMatchObject({
      openInterest: { openInterest: 10659.509 },
      fundingRate: 0.00038246,
    });
  });
});

describe('long/short ratio and time', () => {
  it('are read from their endpoints', async () => {
    expect(valueOf(await venue.fetchLongShortRatio('BTCUSDT', signal))).toBe(1.9605);
    expect(valueOf(await venue.fetchTime(signal))).toBe(T0 + 600_123);
  });

  it('knows no ratio where the venue has none', async () => {
    answers.set(PATHS.ratio, () => []);
    expect(valueOf(await venue.fetchLongShortRatio('XAUUSDT', signal))).toBeNull();
  });
});

describe('a payload of another shape', () => {
  const range = { startMs: T0, endMs: T0 + 2 * BAR_MS };
  it.each<[string, keyof typeof PATHS, unknown, (each: Venue) => Promise<Result<unknown, VenueError>>]>([
    ['exchangeInfo without symbols', 'exchangeInfo', { serverTime: 1 }, (each) => each.fetchContracts(signal)],
    [
      'a kline with a price of zero',
      'klines',
      withValue(fixture('klines'), [0, 4], '0'),
      (each) => each.fetchBars('X', range, signal),
    ],
    [
      'a kline with its high below its low',
      'klines',
      withValue(fixture('klines'), [0, 2], '1'),
      (each) => each.fetchBars('X', range, signal),
    ],
    ['a kline cut short', 'klines', [[T0, '1', '1']], (each) => each.fetchHourlyBars('X', range, signal)],
    [
      'a mark price that is no number',
      'marks',
      withValue(fixture('mark-price-klines'), [1, 3], 'x'),
      (each) => each.fetchBars('X', range, signal),
    ],
    [
      'open interest below zero',
      'history',
      withValue(fixture('open-interest-hist'), [0, 'sumOpenInterest'], '-1'),
      (each) => each.fetchOpenInterest('X', range, signal),
    ],
    ['a ratio that is missing', 'ratio', [{ timestamp: 1 }], (each) => each.fetchLongShortRatio('X', signal)],
    ['a time in words', 'time', { serverTime: 'noon' }, (each) => each.fetchTime(signal)],
  ])('is refused: %s', async (_, name, body, ask) => {
    answers.set(PATHS[name], () => body);
    expect(await ask(venue)).toMatchObject({ ok: false, error: { kind: 'schema' } });
  });

  it('is counted in the health of its stream', async () => {
    answers.set(PATHS.history, () => ({}));
    await venue.fetchOpenInterest('X', range, signal);
    expect(healthOf('openInterest')).toMatchObject({ state: 'down', brokenCount: 1 });
  });

  it.each<[string, unknown]>([
    ['open interest', { openInterest: 'many', time: 1 }],
    ['premium index', { markPrice: '0' }],
  ])('leaves a hole in the snapshot: %s', async (name, body) => {
    answers.set(name === 'open interest' ? PATHS.interest : PATHS.premium, () => body);
    const snapshot = valueOf(await venue.fetchSnapshot('X', signal));
    expect(name === 'open interest' ? snapshot.openInterest : snapshot.markPrice).toBeNull();
  });
});

describe('risk tiers', () => {
  it('takes the published brackets in ascending order with their highest leverage', async () => {
    const { tiers, source, asOfMs } = await venue.fetchRiskTiers('BTCUSDT', signal);
    expect([source, asOfMs]).toEqual(['venue', 1785542400000]);
    expect(
      tiers.map((tier) => [tier.notionalFloor, tier.notionalCap, tier.maxLeverage, tier.maintenanceAmount]),
    ).toEqual([
      [0, 300_000, 150, 0],
      [300_000, 800_000, 100, 300],
      [800_000, Infinity, 75, 1500],
    ]);
  });

  it('asks once for all contracts', async () => {
    await Promise.all([venue.fetchRiskTiers('BTCUSDT', signal), venue.fetchRiskTiers('ETHUSDT', signal)]);
    await venue.fetchRiskTiers('BTCUSDT', signal);
    expect(requests).toHaveLength(1);
  });

  it.each([
    ['refused', 403, {}],
    ['of another shape', 200, { data: null }],
    ['without this contract', 200, { data: { brackets: [] } }],
  ])('falls back on the bundled brackets when the list is %s, and nothing else suffers', async (_, code, body) => {
    statusOf = (path) => (path === PATHS.brackets ? code : 200);
    answers.set(PATHS.brackets, () => body);
    expect((await venue.fetchRiskTiers('BTCUSDT', signal)).source).toBe('bundled');
    expect((await venue.fetchTime(signal)).ok).toBe(true);
  });

  it('asks again after a failure, each time twice as late', async () => {
    statusOf = () => 500;
    await venue.fetchRiskTiers('BTCUSDT', signal);
    await venue.fetchRiskTiers('BTCUSDT', signal);
    expect(requests).toHaveLength(1);
    time.advance(10_000);
    await venue.fetchRiskTiers('BTCUSDT', signal);
    time.advance(10_000);
    await venue.fetchRiskTiers('BTCUSDT', signal);
    expect(requests).toHaveLength(2);
    statusOf = () => 200;
    time.advance(10_000);
    expect((await venue.fetchRiskTiers('BTCUSDT', signal)).source).toBe('venue');
  });
});

describe('first start', () => {
  it('costs at most 40 requests for 30 days of one contract', async () => {
    answers.set(PATHS.klines, page(BAR_MS));
    answers.set(PATHS.marks, page(BAR_MS));
    const startMs = T0 - 30 * 86_400_000;
    const spans = (perPage: number) =>
      Array.from({ length: Math.ceil(8640 / perPage) }, (_, i) => ({
        startMs: startMs + i * perPage * BAR_MS,
        endMs: Math.min(T0, startMs + (i + 1) * perPage * BAR_MS),
      }));
    await venue.fetchContracts(signal);
    await venue.fetchTime(signal);
    const bars = spans(venue.barsPerPage).map((each) => venue.fetchBars('BTCUSDT', each, signal));
    expect(healthOf('history').state).toBe('backfilling');
    const points = spans(venue.openInterestPerPage).map((each) => venue.fetchOpenInterest('BTCUSDT', each, signal));
    const others = [
      venue.fetchHourlyBars('BTCUSDT', { startMs: startMs - 30 * 86_400_000, endMs: startMs }, signal),
      venue.fetchSnapshot('BTCUSDT', signal),
      venue.fetchLongShortRatio('BTCUSDT', signal),
      venue.fetchRiskTiers('BTCUSDT', signal),
    ];
    const fetched = (await Promise.all(bars)).flatMap(valueOf);
    await Promise.all([...points, ...others]);
    expect(fetched).toHaveLength(8640);
    expect(requests.length).toBe(38);
    expect(healthOf('history').state).toBe('live');
  });
});

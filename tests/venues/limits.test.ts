import { expect, it } from 'vitest';

import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '@/lib/core/time';
import type { VenueId } from '@/lib/market/contract';
import { VENUES } from '@/lib/venues';

import { seedsOf } from './fuzz/seeds';
import { createVirtualTime } from './virtual-time';

/** What a venue allows one address: so much weight of what a request is counted to, within any window. */
interface Allowance {
  readonly windowMs: number;
  readonly most: number;
}
interface Asked {
  readonly host: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: { readonly type?: string };
}
interface Rule {
  /** What a request counts to, how much, and how much of that is allowed. */
  readonly of: (asked: Asked) => readonly [name: string, weight: number, allowance: Allowance];
}

const klineWeight = (limit: number): number => (limit < 100 ? 1 : limit < 500 ? 2 : limit <= 1000 ? 5 : 10);
const BINANCE: Rule = {
  of({ host, path, query }) {
    if (path.startsWith('/futures/data/') || path.endsWith('/fundingInfo'))
      return [`${host} data`, 1, { most: path.endsWith('/fundingInfo') ? 500 : 1000, windowMs: 5 * MINUTE_MS }];
    const isOfAll = !query.has('symbol');
    const weight = /klines$/i.test(path)
      ? klineWeight(Number(query.get('limit')))
      : path.endsWith('/ticker/24hr')
        ? 40
        : path.endsWith('/premiumIndex')
          ? isOfAll || path.startsWith('/dapi/')
            ? 10
            : 1
          : path.endsWith('/tradingSchedule')
            ? 5
            : 1;
    return [host, weight, { most: 2400, windowMs: MINUTE_MS }];
  },
};
const each =
  (windowMs: number, most: (path: string) => number): Rule['of'] =>
  ({ path }) => [path, 1, { most: most(path), windowMs }];
/** By the venues' documents, as docs/venues.md has them. */
const RULES: Readonly<Record<VenueId, Rule>> = {
  binance: BINANCE,
  'binance-coin': BINANCE,
  bybit: { of: () => ['address', 1, { most: 600, windowMs: 5 * SECOND_MS }] },
  gate: { of: each(10 * SECOND_MS, () => 200) },
  hyperliquid: {
    of: ({ body }) => [
      'weight',
      body.type === 'clearinghouseState' || body.type === 'l2Book' ? 2 : body.type === 'candleSnapshot' ? 20 + 9 : 20,
      { most: 1200, windowMs: MINUTE_MS },
    ],
  },
  okx: {
    of: each(2 * SECOND_MS, (path) =>
      /taker-volume|long-short/.test(path)
        ? 5
        : /rubik|history-mark|tiers|mark-price$|time$|funding/.test(path)
          ? 10
          : 20,
    ),
  },
  bitget: {
    of: each(SECOND_MS, (path) =>
      /account-long-short|taker-buy-sell/.test(path)
        ? 1
        : path.endsWith('/liquidations')
          ? 5
          : path.endsWith('-tier')
            ? 10
            : 20,
    ),
  },
};

const STEP_MS = 100;
/** As long as the longest window of any venue but Binance, and a little; that one's is five minutes. */
const watchedMs = (id: VenueId): number => (id.startsWith('binance') ? 6 : 1.25) * MINUTE_MS;
const CHARTS = 40;

/** Answers at once by what the venue really said: nothing but the limits holds requests back. */
function createWire(id: VenueId) {
  const time = createVirtualTime();
  const seeds = seedsOf(id);
  const asked: (Asked & { readonly atMs: number })[] = [];
  const fetch = (address: string, { body }: RequestInit): Promise<Response> => {
    const url = new URL(address);
    const question: Asked = {
      host: url.host,
      path: url.pathname,
      query: url.searchParams,
      body: typeof body === 'string' ? (JSON.parse(body) as Asked['body']) : {},
    };
    asked.push({ ...question, atMs: time.now() });
    const name = question.body.type === undefined ? question.path : `${question.path} ${question.body.type}`;
    return Promise.resolve(new Response(seeds.answersTo(name)[0] ?? seeds.answersTo(question.path)[0]));
  };
  return {
    time,
    asked,
    environment: {
      ...time,
      fetch,
      createSocket: () => {
        throw new Error('no sockets here');
      },
      hasHostAccess: () => Promise.resolve(true),
    },
  };
}

it.each(Object.keys(VENUES) as VenueId[])(
  'asks %s for no more than it allows, however many charts, alerts and reports want something at once',
  async (id) => {
    const { time, asked, environment } = createWire(id);
    const venue = VENUES[id](environment);
    const { signal } = new AbortController();
    const pass = async (ms: number): Promise<void> => {
      for (let passed = 0; passed < ms; passed += STEP_MS) {
        await new Promise((resolve) => setImmediate(resolve));
        time.advance(STEP_MS);
      }
    };
    const listing = venue.fetchContracts(signal);
    await pass(SECOND_MS);
    const listed = await listing;
    const symbols = listed.ok ? listed.value.map(({ symbol }) => symbol) : [];
    expect(symbols.length).toBeGreaterThan(0);
    const untilMs = time.now();
    const month = { startMs: untilMs - 30 * DAY_MS, endMs: untilMs };
    const hour = { startMs: untilMs - HOUR_MS, endMs: untilMs };
    for (let chart = 0; chart < CHARTS; chart += 1) {
      const symbol = symbols[chart % symbols.length];
      void venue.fetchTime(signal);
      void venue.fetchRiskTiers(symbol, signal);
      void venue.fetchHourlyBars(symbol, month, signal);
      for (let page = 0; page < 3; page += 1) {
        void venue.fetchBars(symbol, month, signal);
        void venue.fetchOpenInterest(symbol, month, signal);
        void venue.minutes?.fetch(symbol, { startMs: untilMs - DAY_MS, endMs: untilMs }, signal);
        void venue.fetchLiquidations?.(symbol, hour, signal);
        void venue.fetchLiquidationTotals?.(symbol, hour, signal);
        void venue.fetchPosition?.(symbol, `0x${'1'.repeat(40)}`, signal);
      }
    }
    for (const endMs = untilMs + watchedMs(id); time.now() < endMs;) {
      for (let chart = 0; chart < CHARTS; chart += 1) {
        const symbol = symbols[chart % symbols.length];
        void venue.fetchSnapshot(symbol, signal);
        void venue.fetchLongShortRatio(symbol, signal);
        void venue.fetchOpenInterestNow?.(symbol, signal);
      }
      void venue.fetchTickers(signal);
      void venue.fetchTradingSchedule?.(signal);
      await pass(15 * SECOND_MS);
    }
    const counted = asked.map((each) => ({ atMs: each.atMs, of: RULES[id].of(each) }));
    expect(counted.length).toBeGreaterThan(100);
    const over = new Map<string, number>();
    for (const {
      atMs,
      of: [name, , { most, windowMs }],
    } of counted) {
      const used = counted
        .filter((other) => other.of[0] === name && other.atMs <= atMs && other.atMs > atMs - windowMs)
        .reduce((sum, other) => sum + other.of[1], 0);
      if (used > most) over.set(`${name}, of ${most}`, Math.max(used, over.get(`${name}, of ${most}`) ?? 0));
    }
    expect(over).toEqual(new Map());
  },
  60_000,
);

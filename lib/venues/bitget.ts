import { err, ok } from '@/lib/core/result';
import { DAY_MS, HOUR_MS, SECOND_MS } from '@/lib/core/time';
import type { Bar } from '@/lib/market/bar';
import { areSound } from '@/lib/market/risk-tier';

import { createBarClock } from './bar-clock';
import { joinBarPage } from './bar-page';
import { bundledTiers } from './bitget/bundled-tiers';
import { createCandleSource, RECENT_PER_PAGE } from './bitget/candles';
import { fetchPastLiquidations } from './bitget/past-liquidations';
import * as wire from './bitget/rest-wire';
import { openBitgetStream } from './bitget/stream';
import { HOSTS_BY_VENUE } from './hosts';
import { createJsonClient } from './http';
import { createRateLimiter } from './rate-limiter';
import { refusalByCode } from './refusal-by-code';
import { createRequestHealth } from './request-health';
import { createStreamSet } from './stream-set';
import { createTakerSplit } from './taker-split';
import { createTiersByContract, unsoundTiers } from './tier-book';
import type { Venue, VenueEnvironment } from './venue';

/** 20 a second for most endpoints, 10 for tiers, 5 for liquidations, 1 for the ratio. At most half of it is spent, of liquidations more: what two windows send may arrive within one. */
const BUDGETS = {
  market: { capacity: 8, windowMs: SECOND_MS },
  tiers: { capacity: 4, windowMs: SECOND_MS },
  liquidations: { capacity: 3, windowMs: SECOND_MS },
  ratio: { capacity: 1, windowMs: 2 * SECOND_MS },
  takers: { capacity: 1, windowMs: 2 * SECOND_MS },
};
type Budget = keyof typeof BUDGETS;
const MAX_IN_FLIGHT = 8;
const TIMEOUT_MS = 10 * SECOND_MS;

const PRODUCT = { productType: 'USDT-FUTURES' } as const;
const CATEGORY = { category: 'USDT-FUTURES' } as const;

/** How many rows there are is not documented; older ones are not asked for. */
const TAKER_REACH_MS = DAY_MS;

/** Bitget USDT perpetuals: docs/venues.md has every endpoint. `random` in [0, 1) spreads reconnects. */
export function createBitget(environment: VenueEnvironment, random: () => number = Math.random): Venue {
  const { now } = environment;
  const streams = createStreamSet(now);
  const health = streams.createHealth();
  const requests = createRequestHealth(health);
  const clock = createBarClock(now);
  const limiter = createRateLimiter(BUDGETS, MAX_IN_FLIGHT, now, environment.setTimer);
  const api = createJsonClient<Budget>(environment, {
    name: 'Bitget',
    origin: 'https://api.bitget.com',
    hostPattern: HOSTS_BY_VENUE.bitget[0],
    timeoutMs: TIMEOUT_MS,
    limiter,
    refusalOf: refusalByCode('00000', ['429', '30007']),
  });
  const market = { budget: 'market', weight: 1 } as const;

  const { pageOf, fetchCandles } = createCandleSource(api, PRODUCT, () => clock.now());

  const takers = createTakerSplit({
    async fetchPage(symbol, _span, signal) {
      const result = await api.get({
        path: '/api/v2/mix/market/taker-buy-sell',
        query: { symbol, period: '5m' },
        schema: wire.takersSchema,
        budget: 'takers',
        weight: 1,
        signal,
      });
      if (!result.ok) return result;
      return ok(
        result.value.data.map(({ ts, buyVolume, sellVolume }) => ({ timeMs: ts, buys: buyVolume, sells: sellVolume })),
      );
    },
    // It tells the latest rows, whatever is asked for.
    rowsPerPage: RECENT_PER_PAGE,
    reachMs: TAKER_REACH_MS,
    now: () => clock.trusted(),
    isLabelKnown: false,
  });

  const tiers = createTiersByContract(
    async (symbol) => {
      const result = await api.get({
        path: '/api/v3/market/position-tier',
        query: { ...CATEGORY, symbol },
        schema: wire.tiersSchema,
        budget: 'tiers',
        weight: 1,
        signal: new AbortController().signal,
      });
      if (!result.ok) return result;
      const list = wire.tiersFrom(result.value.data);
      return areSound(list)
        ? ok({ tiers: list, source: 'venue', asOfMs: clock.now() })
        : err(unsoundTiers('Bitget', symbol));
    },
    bundledTiers,
    now,
  );

  return {
    id: 'bitget',
    // Its batches were seen to hold what was twenty seconds old.
    liquidationLagMs: 30 * SECOND_MS,
    name: 'Bitget',
    barsPerPage: RECENT_PER_PAGE,
    openInterestPerPage: RECENT_PER_PAGE,
    openInterestReachMs: 0,

    fetchContracts: (signal) =>
      requests.track('history', async () => {
        const path = '/api/v2/mix/market/contracts';
        const result = await api.get({ ...market, path, query: PRODUCT, schema: wire.listingSchema, signal });
        return result.ok ? ok(wire.contractsFrom(result.value.data)) : result;
      }),

    fetchRiskTiers: (symbol) => tiers.read(symbol),

    fetchBars: (symbol, range, signal) =>
      requests.track(
        'history',
        () => {
          const span = pageOf(range, '5m');
          const takerRows = takers.fetch(symbol, span, signal);
          const answers = {
            bars: fetchCandles('MARKET', symbol, span, '5m', signal),
            marks: fetchCandles('MARK', symbol, span, '5m', signal),
            split: async (closed: readonly Bar[]) => takers.join(symbol, closed, await takerRows),
          };
          return joinBarPage(answers, span, clock);
        },
        range.endMs - range.startMs > HOUR_MS,
      ),

    fetchHourlyBars: (symbol, range, signal) =>
      requests.track('history', async () => {
        const span = pageOf(range, '1H');
        const bars = await fetchCandles('MARKET', symbol, span, '1H', signal);
        return bars.ok ? ok(clock.closed(bars.value, span, HOUR_MS)) : bars;
      }),

    /** The venue keeps none. */
    fetchOpenInterest: () => Promise.resolve(ok([])),

    async fetchSnapshot(symbol, signal) {
      const query = { ...PRODUCT, symbol };
      const [ticker, funding] = await Promise.all([
        requests.track('openInterest', () =>
          api.get({ ...market, path: '/api/v2/mix/market/ticker', query, schema: wire.oneTickerSchema, signal }),
        ),
        api.get({ ...market, path: '/api/v2/mix/market/current-fund-rate', query, schema: wire.fundingSchema, signal }),
      ]);
      if (!ticker.ok) return ticker;
      const snapshot = wire.snapshotFrom(ticker.value.data[0], funding.ok ? funding.value.data[0] : null);
      clock.observe(ticker.value.data[0].ts);
      return ok(snapshot);
    },

    async fetchLongShortRatio(symbol, signal) {
      const result = await api.get({
        path: '/api/v2/mix/market/account-long-short',
        query: { symbol, period: '5m' },
        schema: wire.ratioSchema,
        budget: 'ratio',
        weight: 1,
        signal,
      });
      if (!result.ok) return result;
      const newest = result.value.data.reduce((a, b) => (b.ts > a.ts ? b : a), NO_RATIO);
      return ok(newest === NO_RATIO ? null : newest.longShortAccountRatio);
    },

    fetchTime: (signal) =>
      requests.track('history', async () => {
        const path = '/api/v2/public/time';
        const result = await api.get({ ...market, path, query: {}, schema: wire.timeSchema, signal });
        if (!result.ok) return result;
        clock.observe(result.value.data.serverTime);
        return ok(result.value.data.serverTime);
      }),

    async fetchTickers(signal) {
      const path = '/api/v2/mix/market/tickers';
      const result = await api.get({ ...market, path, query: PRODUCT, schema: wire.listingSchema, signal });
      return result.ok ? ok(wire.tickersFrom(result.value.data)) : result;
    },

    fetchLiquidations: (symbol, range, signal) =>
      fetchPastLiquidations(range, (cursor) =>
        api.get({
          path: '/api/v3/market/liquidations',
          query: { ...CATEGORY, symbol, limit: 100, ...(cursor === null ? {} : { cursor }) },
          schema: wire.liquidationsSchema,
          budget: 'liquidations',
          weight: 1,
          signal,
        }),
      ),

    openStream: (handlers) =>
      streams.open(handlers, () => openBitgetStream(environment, handlers, clock, health, random)),

    limits: () => limiter.uses(),
    health: () => ({ venueId: 'bitget', streams: health.list() }),

    retry() {
      api.retry();
      tiers.retry();
      streams.retry();
    },
  };
}

const NO_RATIO = { longShortAccountRatio: NaN, ts: -1 };

import { cause } from '@/lib/core/cause';
import type { TimeSpan } from '@/lib/core/ranges';
import { err, mapOk, ok } from '@/lib/core/result';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '@/lib/core/time';
import { BAR_MS } from '@/lib/market/bar';

import { createBarClock } from './bar-clock';
import { minutesOfBars } from './bar-minutes';
import { joinBarPage } from './bar-page';
import { bundledTiers } from './bybit/bundled-tiers';
import { CATEGORIES, categoryOf, type Category } from './bybit/category';
import { fetchListing } from './bybit/listing';
import * as wire from './bybit/rest-wire';
import { openBybitStream } from './bybit/stream';
import { HOSTS_BY_VENUE } from './hosts';
import { createJsonClient } from './http';
import { mergeHealth } from './merge-health';
import { createRateLimiter } from './rate-limiter';
import { createRequestHealth } from './request-health';
import { createStreamSet } from './stream-set';
import { createTiersByContract } from './tier-book';
import type { Venue, VenueEnvironment, VenueError } from './venue';
import { ascending } from './wire';

/** What one address may send is 600 requests in 5 seconds; the user's own terminal needs some of it. */
const ADDRESS = { capacity: 150, windowMs: 5 * SECOND_MS };
const MAX_IN_FLIGHT = 8;
const TIMEOUT_MS = 10 * SECOND_MS;

const BARS_PER_PAGE = 1000;
const POINTS_PER_PAGE = 200;
/** The venue keeps open interest since a contract's launch; no map needs more than this. */
const OPEN_INTEREST_REACH_MS = 365 * DAY_MS;
const ONE = { budget: 'address', weight: 1 } as const;

/** Bybit's linear and inverse perpetuals: docs/venues.md has every endpoint. `random` in [0, 1) spreads reconnects. */
export function createBybit(environment: VenueEnvironment, random: () => number = Math.random): Venue {
  const { now } = environment;
  const streams = createStreamSet(now);
  const requestBook = streams.createHealth();
  const socketBooks = { linear: streams.createHealth(), inverse: streams.createHealth() };
  const requests = createRequestHealth(requestBook);
  const limiter = createRateLimiter({ address: ADDRESS }, MAX_IN_FLIGHT, now, environment.setTimer);
  const [hostPattern] = HOSTS_BY_VENUE.bybit;
  const api = createJsonClient(environment, {
    name: 'Bybit',
    origin: 'https://api.bybit.com',
    hostPattern,
    timeoutMs: TIMEOUT_MS,
    limiter,
    refusalOf: wire.refusalOf,
  });
  const clock = createBarClock(now);

  /** A page's candles: newest first, and of a longer span the newest, so exactly one page's span is asked for. */
  const candleQuery = (symbol: string, span: TimeSpan, interval: '1' | '5' | '60', stepMs: number) => {
    const end = Math.min(span.endMs, span.startMs + BARS_PER_PAGE * stepMs) - 1;
    return { category: categoryOf(symbol), symbol, interval, start: span.startMs, end, limit: BARS_PER_PAGE };
  };

  const fetchKlines = async (query: ReturnType<typeof candleQuery>, signal: AbortSignal) => {
    const told = await api.get({ ...ONE, path: '/v5/market/kline', query, schema: wire.klinesSchema, signal });
    return mapOk(told, ({ result }) => result.list.map(wire.barFromKline));
  };

  const tiers = createTiersByContract(
    async (symbol) => {
      const result = await api.get({
        ...ONE,
        path: '/v5/market/risk-limit',
        query: { category: categoryOf(symbol), symbol },
        schema: wire.riskLimitSchema,
        signal: new AbortController().signal,
      });
      if (!result.ok) return result;
      const list = wire.tiersFromRows(result.value.result.list, symbol);
      return list.length === 0
        ? err(noTiersError(symbol))
        : ok({ tiers: list, source: 'venue', asOfMs: result.value.time });
    },
    bundledTiers,
    now,
  );

  const fetchTickerRows = (query: { readonly category: Category; readonly symbol?: string }, signal: AbortSignal) =>
    api.get({ ...ONE, path: '/v5/market/tickers', query, schema: wire.tickersSchema, signal });

  return {
    id: 'bybit',
    name: 'Bybit',
    barsPerPage: BARS_PER_PAGE,
    openInterestPerPage: POINTS_PER_PAGE,
    openInterestReachMs: OPEN_INTEREST_REACH_MS,
    // Bybit tells liquidations as they happen and never again.
    fetchLiquidations: null,

    fetchContracts: (signal) =>
      requests.track('history', async () => {
        const [linear, inverse] = await Promise.all(CATEGORIES.map((category) => fetchListing(api, category, signal)));
        if (!linear.ok) return linear;
        if (!inverse.ok) return inverse;
        const contracts = wire.contractsFromRows([...linear.value, ...inverse.value]);
        return ok([...new Map(contracts.map((contract) => [contract.symbol, contract])).values()]);
      }),

    fetchRiskTiers: (symbol) => tiers.read(symbol),

    fetchBars: (symbol, span, signal) =>
      requests.track(
        'history',
        () => {
          const query = candleQuery(symbol, span, '5', BAR_MS);
          const bars = fetchKlines(query, signal);
          const marks = api
            .get({ ...ONE, path: '/v5/market/mark-price-kline', query, schema: wire.marksSchema, signal })
            .then((told) => mapOk(told, ({ result }) => result.list.map(wire.markFromRow)));
          return joinBarPage({ bars, marks }, span, clock);
        },
        span.endMs - span.startMs > HOUR_MS,
      ),

    minutes: {
      barsPerPage: (BARS_PER_PAGE * MINUTE_MS) / BAR_MS,
      reachMs: Infinity,
      fetch: (symbol, span, signal) =>
        requests.track('history', async () => {
          const klines = await fetchKlines(candleQuery(symbol, span, '1', MINUTE_MS), signal);
          return mapOk(klines, (minutes) => minutesOfBars(clock.closed(minutes, span, MINUTE_MS)));
        }),
    },

    fetchHourlyBars: (symbol, span, signal) =>
      requests.track('history', async () => {
        const klines = await fetchKlines(candleQuery(symbol, span, '60', HOUR_MS), signal);
        return mapOk(klines, (hours) => clock.closed(hours, span, HOUR_MS));
      }),

    fetchOpenInterest: (symbol, span, signal) =>
      requests.track('openInterest', async () => {
        const endMs = Math.min(span.endMs, span.startMs + POINTS_PER_PAGE * BAR_MS);
        const result = await api.get({
          ...ONE,
          path: '/v5/market/open-interest',
          query: {
            category: categoryOf(symbol),
            symbol,
            intervalTime: '5min',
            startTime: span.startMs,
            endTime: endMs - 1,
            limit: POINTS_PER_PAGE,
          },
          schema: wire.openInterestSchema,
          signal,
        });
        if (!result.ok) return result;
        const points = ascending(result.value.result.list.map(wire.pointFromRow), (point) => point.timeMs);
        return ok(points.filter(({ timeMs }) => timeMs % BAR_MS === 0 && timeMs >= span.startMs && timeMs < endMs));
      }),

    fetchSnapshot: (symbol, signal) =>
      requests.track('openInterest', async () => {
        const result = await fetchTickerRows({ category: categoryOf(symbol), symbol }, signal);
        if (!result.ok) return result;
        clock.observe(result.value.time);
        const row = wire.tickerRows(result.value.result.list).find((each) => each.symbol === symbol);
        return row === undefined ? err(noTickerError(symbol)) : ok(wire.snapshotFromRow(row, result.value.time));
      }),

    async fetchTickers(signal) {
      const results = await Promise.all(CATEGORIES.map((category) => fetchTickerRows({ category }, signal)));
      const failed = results.find((result) => !result.ok);
      if (failed !== undefined) return failed;
      return ok(
        results.flatMap((result, i) =>
          result.ok
            ? wire.tickerRows(result.value.result.list).map((row) => wire.tickerFromRow(row, CATEGORIES[i]))
            : [],
        ),
      );
    },

    async fetchLongShortRatio(symbol, signal) {
      const result = await api.get({
        ...ONE,
        path: '/v5/market/account-ratio',
        query: { category: categoryOf(symbol), symbol, period: '5min', limit: 1 },
        schema: wire.ratioSchema,
        signal,
      });
      if (!result.ok) return result;
      const [newest] = result.value.result.list;
      return ok(newest === undefined ? null : newest.buyRatio / newest.sellRatio);
    },

    fetchTime: (signal) =>
      requests.track('history', async () => {
        const result = await api.get({ ...ONE, path: '/v5/market/time', query: {}, schema: wire.timeSchema, signal });
        if (!result.ok) return result;
        clock.observe(result.value.time);
        return ok(result.value.time);
      }),

    openStream: (handlers) =>
      streams.open(handlers, () => openBybitStream(environment, handlers, clock.observe, socketBooks, random)),

    limits: () => limiter.uses(),
    health: () => ({
      venueId: 'bybit',
      streams: mergeHealth([requestBook, socketBooks.linear, socketBooks.inverse].map((book) => book.list())),
    }),

    retry() {
      api.retry();
      tiers.retry();
      streams.retry();
    },
  };
}

const unreadable = (detail: string): VenueError => ({
  kind: 'schema',
  message: cause('unreadable', { venue: 'Bybit' }),
  detail,
  retryAtMs: null,
});
const noTiersError = (symbol: string): VenueError => unreadable(`/v5/market/risk-limit holds no tier of ${symbol}`);
const noTickerError = (symbol: string): VenueError => unreadable(`/v5/market/tickers holds no ${symbol}`);

import type { TimeSpan } from '@/lib/core/ranges';
import { ok, type Result } from '@/lib/core/result';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '@/lib/core/time';
import { BAR_MS, type Bar } from '@/lib/market/bar';
import type { RiskTiers } from '@/lib/market/risk-tier';

import { createBarClock } from './bar-clock';
import * as wire from './binance/rest-wire';
import { openBinanceStream } from './binance/stream';
import { createTierCache } from './binance/tier-cache';
import { createHealthBook } from './health-book';
import { HOSTS_BY_VENUE } from './hosts';
import { createJsonClient } from './http';
import { joinMarkPrices } from './join-mark-prices';
import { createListCache } from './list-cache';
import { createRateLimiter } from './rate-limiter';
import { createRequestHealth } from './request-health';
import type { StreamHandlers, Venue, VenueEnvironment, VenueError, VenueStream } from './venue';
import { ascending } from './wire';

/** What one address may use is 2400 a minute; the user's own terminal needs some of it. */
const WEIGHT = { capacity: 1440, windowMs: MINUTE_MS };
/** `/futures/data` has no weight but 1000 requests per 5 minutes. */
const DATA = { capacity: 600, windowMs: 5 * MINUTE_MS };
const SITE = { capacity: 5, windowMs: MINUTE_MS };
const MAX_IN_FLIGHT = 8;
const TIMEOUT_MS = 10 * SECOND_MS;
/** The first map does not wait long for the brackets: the bundled ones do meanwhile. */
const BRACKETS_TIMEOUT_MS = 5 * SECOND_MS;

/** Unless the venue lists another for the contract. */
const FUNDING_INTERVAL_MS = 8 * HOUR_MS;

const BARS_PER_PAGE = 1500;
const HOURLY_BARS_PER_PAGE = 1000;
const POINTS_PER_PAGE = 500;

type Budget = 'weight' | 'data' | 'site';

/** Klines cost by the page that is asked for. */
const klineWeight = (limit: number): number => (limit < 100 ? 1 : limit < 500 ? 2 : limit <= 1000 ? 5 : 10);

/** Binance USD-M perpetuals: docs/venues.md has every endpoint. `random` in [0, 1) spreads reconnects. */
export function createBinance(environment: VenueEnvironment, random: () => number = Math.random): Venue {
  const { now } = environment;
  const listeners = new Set<StreamHandlers>();
  const streams = new Set<VenueStream>();
  const health = createHealthBook(now, () => {
    for (const listener of listeners) listener.onHealth();
  });
  const requests = createRequestHealth(health);
  const limiter = createRateLimiter<Budget>(
    { weight: WEIGHT, data: DATA, site: SITE },
    MAX_IN_FLIGHT,
    now,
    environment.setTimer,
  );
  const [apiPattern, sitePattern] = HOSTS_BY_VENUE.binance;
  const api = createJsonClient(environment, {
    name: 'Binance',
    origin: 'https://fapi.binance.com',
    hostPattern: apiPattern,
    timeoutMs: TIMEOUT_MS,
    limiter,
    onHeaders: (headers) => limiter.observeUsed('weight', Number(headers.get('x-mbx-used-weight-1m') ?? 0)),
  });
  const site = createJsonClient(environment, {
    name: 'Binance',
    origin: 'https://www.binance.com',
    hostPattern: sitePattern,
    timeoutMs: BRACKETS_TIMEOUT_MS,
    limiter,
  });

  const clock = createBarClock(now);

  const fetchKlines = (
    path: '/fapi/v1/klines' | '/fapi/v1/markPriceKlines',
    symbol: string,
    span: TimeSpan,
    page: { readonly interval: '5m' | '1h'; readonly stepMs: number; readonly limit: number },
    signal: AbortSignal,
  ): Promise<Result<wire.KlineRow[], VenueError>> => {
    const limit = Math.max(1, Math.min(page.limit, Math.ceil((span.endMs - span.startMs) / page.stepMs)));
    const query = { symbol, interval: page.interval, startTime: span.startMs, endTime: span.endMs - 1, limit };
    const weight = klineWeight(limit);
    return api.get({ path, query, schema: wire.klinesSchema, budget: 'weight', weight, signal });
  };

  const closedBars = (rows: readonly wire.KlineRow[], span: TimeSpan, stepMs: number): Bar[] =>
    clock.closed(rows.map(wire.barFromKline), span, stepMs);

  const tiers = createTierCache(async () => {
    const result = await site.get({
      path: '/bapi/futures/v1/friendly/future/common/brackets',
      query: {},
      schema: wire.bracketsSchema,
      budget: 'site',
      weight: 1,
      signal: new AbortController().signal,
    });
    return result.ok ? ok(wire.tiersFromBrackets(result.value.data.brackets, now())) : result;
  }, now);

  const fundingIntervals = createListCache(async () => {
    const result = await api.get({
      path: '/fapi/v1/fundingInfo',
      query: {},
      schema: wire.fundingInfoSchema,
      budget: 'data',
      weight: 1,
      signal: new AbortController().signal,
    });
    if (!result.ok) return result;
    return ok(new Map(result.value.map((each) => [each.symbol, each.fundingIntervalHours * HOUR_MS])));
  }, now);
  const fundingIntervalOf = async (symbol: string): Promise<number | null> => {
    const intervals = await fundingIntervals.read();
    return intervals === null ? null : (intervals.get(symbol) ?? FUNDING_INTERVAL_MS);
  };

  return {
    id: 'binance',
    name: 'Binance',
    barsPerPage: BARS_PER_PAGE,
    openInterestPerPage: POINTS_PER_PAGE,
    openInterestReachMs: 30 * DAY_MS,

    fetchContracts: (signal) =>
      requests.track('history', async () => {
        const path = '/fapi/v1/exchangeInfo';
        const schema = wire.exchangeInfoSchema;
        const result = await api.get({ path, query: {}, schema, budget: 'weight', weight: 1, signal });
        return result.ok ? ok(wire.contractsFromSymbols(result.value.symbols)) : result;
      }),

    fetchRiskTiers: (symbol) => tiers.read(symbol),

    fetchBars: (symbol, span, signal) =>
      requests.track(
        'history',
        async () => {
          const page = { interval: '5m', stepMs: BAR_MS, limit: BARS_PER_PAGE } as const;
          const [klines, marks] = await Promise.all([
            fetchKlines('/fapi/v1/klines', symbol, span, page, signal),
            fetchKlines('/fapi/v1/markPriceKlines', symbol, span, page, signal),
          ]);
          // Bars are stored once, so none must get there that lacks its mark prices only for want of an answer.
          if (!klines.ok) return klines;
          if (!marks.ok) return marks;
          return ok(
            joinMarkPrices(closedBars(klines.value, span, BAR_MS), marks.value.map(wire.barFromKline), span.endMs),
          );
        },
        span.endMs - span.startMs > HOUR_MS,
      ),

    fetchHourlyBars: (symbol, span, signal) =>
      requests.track('history', async () => {
        const page = { interval: '1h', stepMs: HOUR_MS, limit: HOURLY_BARS_PER_PAGE } as const;
        const klines = await fetchKlines('/fapi/v1/klines', symbol, span, page, signal);
        return klines.ok ? ok(closedBars(klines.value, span, HOUR_MS)) : klines;
      }),

    fetchOpenInterest: (symbol, span, signal) =>
      requests.track('openInterest', async () => {
        // Exactly one page's span: from which end a longer one would be cut is not documented.
        const endMs = Math.min(span.endMs, span.startMs + POINTS_PER_PAGE * BAR_MS);
        const result = await api.get({
          path: '/futures/data/openInterestHist',
          query: { symbol, period: '5m', startTime: span.startMs, endTime: endMs - 1, limit: POINTS_PER_PAGE },
          schema: wire.openInterestHistSchema,
          budget: 'data',
          weight: 1,
          signal,
        });
        if (!result.ok) return result;
        const points = ascending(result.value.map(wire.pointFromHistory), (point) => point.timeMs);
        return ok(points.filter(({ timeMs }) => timeMs % BAR_MS === 0 && timeMs >= span.startMs && timeMs < endMs));
      }),

    async fetchSnapshot(symbol, signal) {
      const base = { query: { symbol }, budget: 'weight', weight: 1, signal } as const;
      const [interest, premium, fundingIntervalMs] = await Promise.all([
        requests.track('openInterest', () =>
          api.get({ ...base, path: '/fapi/v1/openInterest', schema: wire.openInterestSchema }),
        ),
        api.get({ ...base, path: '/fapi/v1/premiumIndex', schema: wire.premiumIndexSchema }),
        fundingIntervalOf(symbol),
      ]);
      if (!interest.ok && !premium.ok) return interest;
      if (premium.ok) clock.observe(premium.value.time);
      return ok(
        wire.snapshotFrom(interest.ok ? interest.value : null, premium.ok ? premium.value : null, fundingIntervalMs),
      );
    },

    async fetchLongShortRatio(symbol, signal) {
      const result = await api.get({
        path: '/futures/data/globalLongShortAccountRatio',
        query: { symbol, period: '5m', limit: 1 },
        schema: wire.longShortSchema,
        budget: 'data',
        weight: 1,
        signal,
      });
      return result.ok ? ok(result.value.at(-1)?.longShortRatio ?? null) : result;
    },

    fetchTime: (signal) =>
      requests.track('history', async () => {
        const schema = wire.timeSchema;
        const result = await api.get({ path: '/fapi/v1/time', query: {}, schema, budget: 'weight', weight: 1, signal });
        if (!result.ok) return result;
        clock.observe(result.value.serverTime);
        return ok(result.value.serverTime);
      }),

    openStream(handlers) {
      listeners.add(handlers);
      const observer = {
        onVenueTime: clock.observe,
        onTiers: (symbol: string, pushed: RiskTiers) => tiers.push(symbol, pushed),
      };
      const stream = openBinanceStream(environment, handlers, observer, health, random);
      streams.add(stream);
      return {
        ...stream,
        close() {
          stream.close();
          streams.delete(stream);
          listeners.delete(handlers);
        },
      };
    },

    health: () => ({ venueId: 'binance', streams: health.list() }),

    retry() {
      api.retry();
      site.retry();
      tiers.retry();
      fundingIntervals.retry();
      for (const stream of streams) stream.retry();
    },
  };
}

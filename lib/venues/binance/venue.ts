import type { TimeSpan } from '@/lib/core/ranges';
import { ok, type Result } from '@/lib/core/result';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '@/lib/core/time';
import { BAR_MS, type Bar } from '@/lib/market/bar';
import { createBarClock } from '@/lib/venues/bar-clock';
import { minutesOfBars } from '@/lib/venues/bar-minutes';
import { createHealthBook } from '@/lib/venues/health-book';
import { HOSTS_BY_VENUE } from '@/lib/venues/hosts';
import { createJsonClient } from '@/lib/venues/http';
import { joinMarkPrices } from '@/lib/venues/join-mark-prices';
import { createListCache } from '@/lib/venues/list-cache';
import { createRateLimiter } from '@/lib/venues/rate-limiter';
import { createRequestHealth } from '@/lib/venues/request-health';
import type { Venue, StreamHandlers, VenueEnvironment, VenueError, VenueStream } from '@/lib/venues/venue';
import { ascending } from '@/lib/venues/wire';

import { createContractSizes } from './contract-sizes';
import type { BinanceProduct } from './product';
import * as wire from './rest-wire';
import { openBinanceStream } from './stream';
import { tickersFrom } from './tickers';
import { createTierCache } from './tier-cache';

/** What one address may use is 2400 a minute of each market; the user's own terminal needs some of it. */
const WEIGHT = { capacity: 1440, windowMs: MINUTE_MS };
/** `/futures/data` has no weight but 1000 requests per 5 minutes. */
const DATA = { capacity: 600, windowMs: 5 * MINUTE_MS };
const SITE = { capacity: 5, windowMs: MINUTE_MS };
const MAX_IN_FLIGHT = 8;
const TIMEOUT_MS = 10 * SECOND_MS;
/** The first map does not wait long for the brackets: the bundled ones do meanwhile. */
const BRACKETS_TIMEOUT_MS = 5 * SECOND_MS;
const TICKERS_WEIGHT = 40;
const ALL_PREMIUMS_WEIGHT = 10;

/** Unless the venue lists another for the contract. */
const FUNDING_INTERVAL_MS = 8 * HOUR_MS;

const FIVE_MINUTES = { interval: '5m', stepMs: BAR_MS, limit: 1500 } as const;
const MINUTES = { interval: '1m', stepMs: MINUTE_MS, limit: 1500 } as const;
const HOURS = { interval: '1h', stepMs: HOUR_MS, limit: 1000 } as const;
const POINTS_PER_PAGE = 500;

type Budget = 'weight' | 'data' | 'site';

/** Klines cost by the page that is asked for. */
const klineWeight = (limit: number): number => (limit < 100 ? 1 : limit < 500 ? 2 : limit <= 1000 ? 5 : 10);

/** One of Binance's futures markets: docs/venues.md has every endpoint. `random` in [0, 1) spreads reconnects. */
export function createBinanceFutures(
  product: BinanceProduct,
  environment: VenueEnvironment,
  random: () => number,
): Venue {
  const { paths } = product;
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
  const [apiPattern, sitePattern] = HOSTS_BY_VENUE[product.id];
  const api = createJsonClient(environment, {
    name: product.name,
    origin: product.origin,
    hostPattern: apiPattern,
    timeoutMs: TIMEOUT_MS,
    limiter,
    onHeaders: (headers) => limiter.observeUsed('weight', Number(headers.get('x-mbx-used-weight-1m') ?? 0)),
  });
  const site = createJsonClient(environment, {
    name: product.name,
    origin: 'https://www.binance.com',
    hostPattern: sitePattern,
    timeoutMs: BRACKETS_TIMEOUT_MS,
    limiter,
  });
  const clock = createBarClock(now);
  /** For what a session asks once, whoever needed it first. */
  const unending = new AbortController().signal;

  const fetchListed = async (signal: AbortSignal): Promise<Result<wire.ListedContract[], VenueError>> => {
    const path = paths.exchangeInfo;
    const result = await api.get({
      path,
      query: {},
      schema: wire.exchangeInfoSchema,
      budget: 'weight',
      weight: 1,
      signal,
    });
    if (!result.ok) return result;
    const listed = wire.contractsFromSymbols(result.value.symbols, product);
    sizes.learn(new Map(listed.map(({ contract, size }) => [contract.symbol, size])));
    return ok(listed);
  };
  const sizes = createContractSizes(product, () => fetchListed(unending), now);

  const fetchKlines = (
    path: string,
    symbol: string,
    span: TimeSpan,
    page: typeof FIVE_MINUTES | typeof MINUTES | typeof HOURS,
    signal: AbortSignal,
  ): Promise<Result<wire.KlineRow[], VenueError>> => {
    // Of a longer range COIN-M answers the end, where a page must be its beginning.
    const endMs = Math.min(span.endMs, span.startMs + page.limit * page.stepMs);
    const limit = Math.max(1, Math.ceil((endMs - span.startMs) / page.stepMs));
    const query = { symbol, interval: page.interval, startTime: span.startMs, endTime: endMs - 1, limit };
    const weight = klineWeight(limit);
    return api.get({ path, query, schema: wire.klinesSchema, budget: 'weight', weight, signal });
  };

  const tiers = createTierCache(
    async () => {
      const { brackets: path } = paths;
      const schema = wire.bracketsSchema;
      const result = await site.get({ path, query: {}, schema, budget: 'site', weight: 1, signal: unending });
      return result.ok ? ok(wire.tiersFromBrackets(result.value.data.brackets, now())) : result;
    },
    product.bundledTiers,
    now,
  );

  const fundingIntervals = createListCache(async () => {
    const { fundingInfo: path } = paths;
    const schema = wire.fundingInfoSchema;
    const result = await api.get({ path, query: {}, schema, budget: 'data', weight: 1, signal: unending });
    if (!result.ok) return result;
    return ok(new Map(result.value.map((each) => [each.symbol, each.fundingIntervalHours * HOUR_MS])));
  }, now);
  const fetchInterest = (symbol: string, signal: AbortSignal) =>
    api.get({
      path: paths.openInterest,
      query: { symbol },
      schema: wire.openInterestSchema,
      budget: 'weight',
      weight: 1,
      signal,
    });

  const fundingIntervalOf = async (symbol: string): Promise<number | null> => {
    const intervals = await fundingIntervals.read();
    return intervals === null ? null : (intervals.get(symbol) ?? FUNDING_INTERVAL_MS);
  };

  return {
    id: product.id,
    name: product.name,
    barsPerPage: FIVE_MINUTES.limit,
    openInterestPerPage: POINTS_PER_PAGE,
    openInterestReachMs: 30 * DAY_MS,

    fetchContracts: (signal) =>
      requests.track('history', async () => {
        const listed = await fetchListed(signal);
        return listed.ok ? ok(listed.value.map(({ contract }) => contract)) : listed;
      }),

    fetchRiskTiers: (symbol) => tiers.read(symbol),

    fetchBars: (symbol, span, signal) =>
      requests.track(
        'history',
        async () => {
          const [klines, marks, size] = await Promise.all([
            fetchKlines(paths.klines, symbol, span, FIVE_MINUTES, signal),
            fetchKlines(paths.markPriceKlines, symbol, span, FIVE_MINUTES, signal),
            sizes.read(symbol),
          ]);
          // Bars are stored once, so none must get there that lacks its mark prices only for want of an answer.
          if (!klines.ok) return klines;
          if (!marks.ok) return marks;
          const barsOf = (rows: readonly wire.KlineRow[]): Bar[] => rows.map((row) => wire.barFromKline(row, size));
          const bars = clock.closed(barsOf(klines.value), span, BAR_MS);
          return ok(joinMarkPrices(bars, barsOf(marks.value), span.endMs));
        },
        span.endMs - span.startMs > HOUR_MS,
      ),

    minutes: {
      barsPerPage: (MINUTES.limit * MINUTE_MS) / BAR_MS,
      fetch: (symbol, span, signal) =>
        requests.track('history', async () => {
          const [klines, size] = await Promise.all([
            fetchKlines(paths.klines, symbol, span, MINUTES, signal),
            sizes.read(symbol),
          ]);
          if (!klines.ok) return klines;
          const minutes = klines.value.map((row) => wire.barFromKline(row, size));
          return ok(minutesOfBars(clock.closed(minutes, span, MINUTE_MS)));
        }),
    },

    fetchHourlyBars: (symbol, span, signal) =>
      requests.track('history', async () => {
        const [klines, size] = await Promise.all([
          fetchKlines(paths.klines, symbol, span, HOURS, signal),
          sizes.read(symbol),
        ]);
        if (!klines.ok) return klines;
        const bars = klines.value.map((row) => wire.barFromKline(row, size));
        return ok(clock.closed(bars, span, HOUR_MS));
      }),

    fetchOpenInterest: (symbol, span, signal) =>
      requests.track('openInterest', async () => {
        // Exactly one page's span: from which end a longer one would be cut is not documented.
        const endMs = Math.min(span.endMs, span.startMs + POINTS_PER_PAGE * BAR_MS);
        const page = { period: '5m', startTime: span.startMs, endTime: endMs - 1, limit: POINTS_PER_PAGE };
        const [result, size] = await Promise.all([
          api.get({
            path: '/futures/data/openInterestHist',
            query: { ...product.openInterestQuery(symbol), ...page },
            schema: wire.openInterestHistSchema,
            budget: 'data',
            weight: 1,
            signal,
          }),
          sizes.read(symbol),
        ]);
        if (!result.ok) return result;
        const points = ascending(
          result.value.map((row) => wire.pointFromHistory(row, size)),
          (point) => point.timeMs,
        );
        return ok(points.filter(({ timeMs }) => timeMs % BAR_MS === 0 && timeMs >= span.startMs && timeMs < endMs));
      }),

    async fetchSnapshot(symbol, signal) {
      const base = { query: { symbol }, budget: 'weight', signal } as const;
      const [interest, premiums, fundingIntervalMs, size] = await Promise.all([
        requests.track('openInterest', () => fetchInterest(symbol, signal)),
        api.get({
          ...base,
          path: paths.premiumIndex,
          weight: product.premiumWeight,
          schema: wire.premiumIndexSchema,
        }),
        fundingIntervalOf(symbol),
        sizes.read(symbol),
      ]);
      if (!interest.ok && !premiums.ok) return interest;
      const premium = premiums.ok ? [premiums.value].flat()[0] : null;
      if (premium !== null) clock.observe(premium.time);
      return ok(wire.snapshotFrom(interest.ok ? interest.value : null, premium, fundingIntervalMs, size));
    },

    fetchOpenInterestNow: (symbol, signal) =>
      requests.track('openInterest', async () => {
        const [result, size] = await Promise.all([fetchInterest(symbol, signal), sizes.read(symbol)]);
        return result.ok ? ok(result.value.openInterest * size) : result;
      }),

    async fetchLongShortRatio(symbol, signal) {
      const result = await api.get({
        path: '/futures/data/globalLongShortAccountRatio',
        query: { ...product.ratioQuery(symbol), period: '5m', limit: 1 },
        schema: wire.longShortSchema,
        budget: 'data',
        weight: 1,
        signal,
      });
      return result.ok ? ok(result.value.at(-1)?.longShortRatio ?? null) : result;
    },

    async fetchTickers(signal) {
      const base = { query: {}, schema: wire.rowsSchema, budget: 'weight', signal } as const;
      const [tickers, premiums, intervals] = await Promise.all([
        api.get({ ...base, path: paths.ticker, weight: TICKERS_WEIGHT }),
        api.get({ ...base, path: paths.premiumIndex, weight: ALL_PREMIUMS_WEIGHT }),
        fundingIntervals.read(),
      ]);
      const intervalOf = (symbol: string) =>
        intervals === null ? NaN : (intervals.get(symbol) ?? FUNDING_INTERVAL_MS);
      if (!tickers.ok) return tickers;
      const rows = premiums.ok ? premiums.value : [];
      return ok(tickersFrom(tickers.value, rows, product.settlement, sizes.now, intervalOf));
    },

    fetchLiquidations: null,

    fetchTime: (signal) =>
      requests.track('history', async () => {
        const { time: path } = paths;
        const result = await api.get({ path, query: {}, schema: wire.timeSchema, budget: 'weight', weight: 1, signal });
        if (!result.ok) return result;
        clock.observe(result.value.serverTime);
        return ok(result.value.serverTime);
      }),

    openStream(handlers) {
      listeners.add(handlers);
      const observer = { onVenueTime: clock.observe, onTiers: tiers.push, sizeOf: sizes.now };
      const stream = openBinanceStream(product, environment, handlers, observer, health, random);
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

    health: () => ({ venueId: product.id, streams: health.list() }),

    retry() {
      api.retry();
      site.retry();
      sizes.retry();
      tiers.retry();
      fundingIntervals.retry();
      for (const stream of streams) stream.retry();
    },
  };
}

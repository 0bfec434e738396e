import { cause } from '@/lib/core/cause';
import type { TimeSpan } from '@/lib/core/ranges';
import { err, mapOk, ok, type Result } from '@/lib/core/result';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '@/lib/core/time';
import { BAR_MS, type Bar } from '@/lib/market/bar';
import { areSound } from '@/lib/market/risk-tier';

import { createBarClock } from './bar-clock';
import { minutesOfBars } from './bar-minutes';
import { joinBarPage } from './bar-page';
import { bundledTiers } from './gate/bundled-tiers';
import { createContractSizes } from './gate/contract-sizes';
import { fetchAllOrders } from './gate/liquidated-orders';
import * as wire from './gate/rest-wire';
import { createRowSource, STATS_PER_PAGE } from './gate/rows';
import { openGateStream } from './gate/stream';
import { HOSTS_BY_VENUE } from './hosts';
import { createJsonClient } from './http';
import { someListed } from './listing';
import { createRateLimiter } from './rate-limiter';
import { createRequestHealth } from './request-health';
import { createStreamSet } from './stream-set';
import { createTakerSplit } from './taker-split';
import { createTiersByContract, unsoundTiers } from './tier-book';
import type { Venue, VenueEnvironment, VenueError } from './venue';

/** What one address may use is 200 requests of each endpoint in 10 s; all of ours together stay below half of that. */
const REQUESTS = { capacity: 80, windowMs: 10 * SECOND_MS };
const MAX_IN_FLIGHT = 6;
const TIMEOUT_MS = 10 * SECOND_MS;

/** The venue gives at most 2000. */
const BARS_PER_PAGE = 1500;
const STATS_REACH_MS = 30 * DAY_MS;
/** Candles of the last 10,000 points are told, which of minutes is not quite a week; older ones are refused. */
const MINUTES_REACH_MS = 9_000 * MINUTE_MS;

/** Gate's USDT-margined perpetuals: docs/venues.md has every endpoint. `random` in [0, 1) spreads reconnects. */
export function createGate(environment: VenueEnvironment, random: () => number = Math.random): Venue {
  const { now } = environment;
  const streams = createStreamSet(now);
  const health = streams.createHealth();
  const requests = createRequestHealth(health);
  const limiter = createRateLimiter({ requests: REQUESTS }, MAX_IN_FLIGHT, now, environment.setTimer);
  const [hostPattern] = HOSTS_BY_VENUE.gate;
  const api = createJsonClient(environment, {
    name: 'Gate',
    origin: 'https://api.gateio.ws',
    hostPattern,
    timeoutMs: TIMEOUT_MS,
    limiter,
  });
  const clock = createBarClock(now);

  const get = <T>(
    path: string,
    query: Readonly<Record<string, string | number>>,
    schema: Parameters<typeof api.get<T>>[0]['schema'],
    signal: AbortSignal,
  ): Promise<Result<T, VenueError>> => api.get({ path, query, schema, budget: 'requests', weight: 1, signal });

  const fetchListing = async (signal: AbortSignal): Promise<Result<readonly wire.SizedContract[], VenueError>> => {
    const result = await get('/api/v4/futures/usdt/contracts', {}, wire.listSchema, signal);
    return result.ok ? someListed('Gate', wire.contractsFromList(result.value)) : result;
  };
  /** Shared by all who wait for it, so none of their signals ends it. */
  const sizes = createContractSizes(() => requests.track('history', () => fetchListing(new AbortController().signal)));

  const sizeOf = async (symbol: string): Promise<Result<number, VenueError>> => {
    const known = await sizes.read();
    if (!known.ok) return known;
    const size = known.value.get(symbol);
    if (size !== undefined) return ok(size);
    const message = cause('unlisted', { venue: 'Gate', symbol });
    return err({ kind: 'schema', message, detail: `no contract size of ${symbol}`, retryAtMs: null });
  };

  const tiers = createTiersByContract(
    async (symbol) => {
      const path = '/api/v4/futures/usdt/risk_limit_tiers';
      const result = await get(path, { contract: symbol }, wire.riskLimitTiersSchema, new AbortController().signal);
      if (!result.ok) return result;
      const list = wire.tiersFromLimits(result.value);
      return areSound(list)
        ? ok({ tiers: list, source: 'venue', asOfMs: clock.now() })
        : err(unsoundTiers('Gate', symbol));
    },
    bundledTiers,
    now,
  );
  const { fetchCandles, fetchStats, fetchOrders } = createRowSource(api);

  /** The first page of a range. */
  const pageOf = (span: TimeSpan, stepMs: number, count: number): TimeSpan => ({
    startMs: span.startMs,
    endMs: Math.min(span.endMs, span.startMs + count * stepMs),
  });

  const takers = createTakerSplit({
    async fetchPage(symbol, span, signal) {
      const stats = await fetchStats(symbol, span, signal);
      return stats.ok ? ok(stats.value.flatMap(wire.takersFromStat)) : stats;
    },
    rowsPerPage: STATS_PER_PAGE,
    reachMs: STATS_REACH_MS,
    now: () => clock.trusted(),
    isLabelKnown: true,
  });

  return {
    id: 'gate',
    name: 'Gate',
    barsPerPage: BARS_PER_PAGE,
    openInterestPerPage: STATS_PER_PAGE,
    openInterestReachMs: STATS_REACH_MS,

    fetchContracts: (signal) =>
      requests.track('history', async () => {
        const listed = await fetchListing(signal);
        if (!listed.ok) return listed;
        sizes.learn(listed.value);
        return ok(listed.value.map(({ contract }) => contract));
      }),

    fetchRiskTiers: (symbol) => tiers.read(symbol),

    fetchBars: (symbol, range, signal) =>
      requests.track(
        'history',
        async () => {
          const span = pageOf(range, BAR_MS, BARS_PER_PAGE);
          const size = await sizeOf(symbol);
          if (!size.ok) return size;
          const takerRows = takers.fetch(symbol, span, signal);
          const fetchFor = async (name: string) =>
            mapOk(await fetchCandles(name, '5m', span, signal), (candles) =>
              candles.map((candle) => wire.barFromCandle(candle, size.value)),
            );
          const answers = {
            bars: fetchFor(symbol),
            marks: fetchFor(`mark_${symbol}`),
            split: async (closed: readonly Bar[]) => takers.join(symbol, closed, await takerRows),
          };
          return joinBarPage(answers, span, clock);
        },
        range.endMs - range.startMs > HOUR_MS,
      ),

    minutes: {
      barsPerPage: (BARS_PER_PAGE * MINUTE_MS) / BAR_MS,
      reachMs: MINUTES_REACH_MS,
      fetch: (symbol, span, signal) =>
        requests.track('history', async () => {
          const size = await sizeOf(symbol);
          if (!size.ok) return size;
          const candles = await fetchCandles(symbol, '1m', span, signal);
          if (!candles.ok) return candles;
          const minutes = candles.value.map((candle) => wire.barFromCandle(candle, size.value));
          return ok(minutesOfBars(clock.closed(minutes, span, MINUTE_MS)));
        }),
    },

    fetchHourlyBars: (symbol, range, signal) =>
      requests.track('history', async () => {
        const span = pageOf(range, HOUR_MS, BARS_PER_PAGE);
        const size = await sizeOf(symbol);
        if (!size.ok) return size;
        const candles = await fetchCandles(symbol, '1h', span, signal);
        if (!candles.ok) return candles;
        const bars = candles.value.map((candle) => wire.barFromCandle(candle, size.value));
        return ok(clock.closed(bars, span, HOUR_MS));
      }),

    fetchOpenInterest: (symbol, range, signal) =>
      requests.track('openInterest', async () => {
        const size = await sizeOf(symbol);
        if (!size.ok) return size;
        const stats = await fetchStats(symbol, pageOf(range, BAR_MS, STATS_PER_PAGE), signal);
        return stats.ok ? ok(stats.value.map((row) => wire.pointFromStat(row, size.value))) : stats;
      }),

    fetchLiquidationTotals: (symbol, range, signal) =>
      requests.track('history', async () => {
        const stats = await fetchStats(symbol, pageOf(range, BAR_MS, STATS_PER_PAGE), signal);
        if (!stats.ok) return stats;
        const totals = stats.value.map(wire.totalFromStat);
        return ok(totals.filter(({ openTimeMs }) => openTimeMs + BAR_MS <= clock.now()));
      }),

    tellsWholeRange: true,

    async fetchLiquidations(symbol, range, signal) {
      const size = await sizeOf(symbol);
      if (!size.ok) return size;
      const orders = await fetchAllOrders(fetchOrders, symbol, range, signal);
      if (!orders.ok) return orders;
      const inRange = orders.value.filter(({ time }) => time >= range.startMs && time < range.endMs);
      return ok(inRange.map((order) => wire.liquidationFromOrder(order, size.value)));
    },

    fetchSnapshot: (symbol, signal) =>
      requests.track('openInterest', async () => {
        const size = await sizeOf(symbol);
        if (!size.ok) return size;
        const result = await get(`/api/v4/futures/usdt/contracts/${symbol}`, {}, wire.contractNowSchema, signal);
        return result.ok ? ok(wire.snapshotFrom(result.value, size.value, clock.now())) : result;
      }),

    async fetchLongShortRatio(symbol, signal) {
      const query = { contract: symbol, interval: '5m', limit: 1 };
      const result = await get('/api/v4/futures/usdt/contract_stats', query, wire.statsSchema, signal);
      return result.ok ? ok(result.value.at(-1)?.lsr_account ?? null) : result;
    },

    fetchTickers: (signal) =>
      requests.track('history', async () => {
        const known = await sizes.read();
        if (!known.ok) return known;
        const result = await get('/api/v4/futures/usdt/tickers', {}, wire.listSchema, signal);
        return result.ok ? ok(wire.tickersFromList(result.value, known.value)) : result;
      }),

    fetchTime: (signal) =>
      requests.track('history', async () => {
        const result = await get('/api/v4/spot/time', {}, wire.timeSchema, signal);
        if (!result.ok) return result;
        clock.observe(result.value.server_time);
        return ok(result.value.server_time);
      }),

    openStream(handlers) {
      const observer = { onVenueTime: clock.observe, onTiers: tiers.push };
      return streams.open(handlers, () => openGateStream(environment, handlers, observer, health, sizes, random));
    },

    limits: () => limiter.uses(),
    health: () => ({ venueId: 'gate', streams: health.list() }),

    retry() {
      api.retry();
      tiers.retry();
      streams.retry();
    },
  };
}

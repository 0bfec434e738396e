import type { TimeSpan } from '@/lib/core/ranges';
import { mapOk, ok, type Result } from '@/lib/core/result';
import { DAY_MS, HOUR_MS, SECOND_MS } from '@/lib/core/time';
import { BAR_MS, type Bar } from '@/lib/market/bar';

import { createBarClock } from './bar-clock';
import { joinBarPage } from './bar-page';
import { HOSTS_BY_VENUE } from './hosts';
import { createJsonClient } from './http';
import { someListed } from './listing';
import { BUDGETS, type Budget } from './okx/budgets';
import { bundledTiers } from './okx/bundled-tiers';
import { createCandleSource, FIVE_MINUTES, ONE_HOUR, ROWS_PER_PAGE } from './okx/candles';
import { createContractUnits } from './okx/contract-units';
import { createFigures } from './okx/figures';
import * as wire from './okx/rest-wire';
import { openOkxStream } from './okx/stream';
import { createRateLimiter } from './rate-limiter';
import { refusalByCode } from './refusal-by-code';
import { createRequestHealth } from './request-health';
import { createStreamSet } from './stream-set';
import { createTakerSplit } from './taker-split';
import { createTiersByContract } from './tier-book';
import type { Venue, VenueEnvironment, VenueError } from './venue';
import { ascending } from './wire';

const MAX_IN_FLIGHT = 6;
const TIMEOUT_MS = 10 * SECOND_MS;

const POINTS_PER_PAGE = 100;
/** 1440 points by the documentation, about three days by those who measured. */
const OPEN_INTEREST_REACH_MS = 3 * DAY_MS;
/** 1440 points. */
const TAKER_REACH_MS = 5 * DAY_MS;

/** OKX swaps, linear and inverse: docs/venues.md has every endpoint. `random` in [0, 1) spreads reconnects. */
export function createOkx(environment: VenueEnvironment, random: () => number = Math.random): Venue {
  const { now } = environment;
  const streams = createStreamSet(now);
  const health = streams.createHealth();
  const requests = createRequestHealth(health);
  const clock = createBarClock(now);
  const limiter = createRateLimiter(BUDGETS, MAX_IN_FLIGHT, now, environment.setTimer);
  const api = createJsonClient<Budget>(environment, {
    name: 'OKX',
    origin: 'https://www.okx.com',
    hostPattern: HOSTS_BY_VENUE.okx[0],
    timeoutMs: TIMEOUT_MS,
    limiter,
    refusalOf: refusalByCode('0', ['50011', '50061']),
  });
  /** Whether the venue still offers a history of open interest. */
  let hasHistory = true;

  const fetchInstruments = async (signal: AbortSignal): Promise<Result<readonly wire.Instrument[], VenueError>> => {
    const result = await api.get({
      path: '/api/v5/public/instruments',
      query: { instType: 'SWAP' },
      schema: wire.listingSchema,
      budget: 'figures',
      weight: 1,
      signal,
    });
    return result.ok ? someListed('OKX', wire.instrumentsFrom(result.value.data)) : result;
  };
  const units = createContractUnits(() => fetchInstruments(new AbortController().signal));
  const { fetchCandles, fetchMarks } = createCandleSource(api, () => clock.now());
  const fetchCandleBars = async (
    symbol: string,
    span: TimeSpan,
    step: typeof FIVE_MINUTES | typeof ONE_HOUR,
    signal: AbortSignal,
  ): Promise<Result<readonly Bar[], VenueError>> => {
    const [unit, rows] = await Promise.all([units.read(symbol), fetchCandles(symbol, span, step, signal)]);
    if (!unit.ok) return unit;
    return mapOk(rows, (all) => all.filter(wire.isClosedCandle).map((row) => wire.barFromCandle(row, unit.value)));
  };
  const fetchMarkBars = async (symbol: string, span: TimeSpan, signal: AbortSignal) =>
    mapOk(await fetchMarks(symbol, span, FIVE_MINUTES, signal), (rows) =>
      rows.filter(wire.isClosedMark).map(wire.markFromRow),
    );
  const takers = createTakerSplit({
    async fetchPage(symbol, { startMs, endMs }, signal) {
      const result = await api.get({
        path: '/api/v5/rubik/stat/taker-volume-contract',
        query: { instId: symbol, period: '5m', unit: 1, begin: startMs - 1, end: endMs - 1, limit: POINTS_PER_PAGE },
        schema: wire.takerVolumeSchema,
        budget: 'takers',
        weight: 1,
        signal,
      });
      return result.ok ? ok(result.value.data.map(([timeMs, sells, buys]) => ({ timeMs, buys, sells }))) : result;
    },
    rowsPerPage: POINTS_PER_PAGE,
    reachMs: TAKER_REACH_MS,
    now: () => clock.trusted(),
    isLabelKnown: true,
  });
  const figures = createFigures(api, units, clock, requests);
  const tiers = createTiersByContract((symbol) => figures.fetchTiers(symbol), bundledTiers, now);

  return {
    id: 'okx',
    name: 'OKX',
    barsPerPage: ROWS_PER_PAGE,
    openInterestPerPage: POINTS_PER_PAGE,
    get openInterestReachMs() {
      return hasHistory ? OPEN_INTEREST_REACH_MS : 0;
    },

    fetchContracts: (signal) =>
      requests.track('history', async () => {
        const result = await fetchInstruments(signal);
        if (!result.ok) return result;
        units.learn(result.value);
        return ok(result.value.map(({ contract }) => contract));
      }),

    fetchRiskTiers: (symbol) => tiers.read(symbol),

    fetchBars: (symbol, range, signal) =>
      requests.track(
        'history',
        () => {
          const span = { ...range, endMs: Math.min(range.endMs, range.startMs + ROWS_PER_PAGE * BAR_MS) };
          const takerRows = takers.fetch(symbol, span, signal);
          const answers = {
            bars: fetchCandleBars(symbol, span, FIVE_MINUTES, signal),
            marks: fetchMarkBars(symbol, span, signal),
            split: async (closed: readonly Bar[]) => takers.join(symbol, closed, await takerRows),
          };
          return joinBarPage(answers, span, clock);
        },
        range.endMs - range.startMs > HOUR_MS,
      ),

    fetchHourlyBars: (symbol, span, signal) =>
      requests.track('history', async () =>
        mapOk(await fetchCandleBars(symbol, span, ONE_HOUR, signal), (bars) => clock.closed(bars, span, HOUR_MS)),
      ),

    fetchOpenInterest: (symbol, range, signal) =>
      requests.track('openInterest', async () => {
        if (!hasHistory) return ok([]);
        const endMs = Math.min(range.endMs, range.startMs + POINTS_PER_PAGE * BAR_MS);
        const [unit, result] = await Promise.all([
          units.read(symbol),
          api.get({
            path: '/api/v5/rubik/stat/contracts/open-interest-history',
            query: {
              instId: symbol,
              period: '5m',
              begin: range.startMs - BAR_MS - 1,
              end: endMs - BAR_MS,
              limit: POINTS_PER_PAGE,
            },
            schema: wire.openInterestHistorySchema,
            budget: 'statistics',
            weight: 1,
            signal,
          }),
        ]);
        if (!result.ok) {
          // It is not promised to stay: without it the polled figures have to do.
          if (result.error.kind !== 'http' || !/ (404|410) /.test(result.error.detail)) return result;
          hasHistory = false;
          return ok([]);
        }
        if (!unit.ok) return unit;
        const points = ascending(
          result.value.data.map((row) => wire.pointFromHistory(row, unit.value)),
          (point) => point.timeMs,
        );
        // The period that still runs is told too, with what there is by now.
        const untilMs = Math.min(endMs, Math.max(clock.trusted() + 1, points.at(-1)?.timeMs ?? 0));
        return ok(points.filter(({ timeMs }) => timeMs % BAR_MS === 0 && timeMs >= range.startMs && timeMs < untilMs));
      }),

    fetchSnapshot: figures.fetchSnapshot,
    fetchLongShortRatio: figures.fetchLongShortRatio,
    fetchTickers: figures.fetchTickers,
    fetchLiquidations: figures.fetchLiquidations,

    fetchTime: (signal) =>
      requests.track('history', async () => {
        const result = await api.get({
          path: '/api/v5/public/time',
          query: {},
          schema: wire.timeSchema,
          budget: 'statistics',
          weight: 1,
          signal,
        });
        if (!result.ok) return result;
        const [{ ts }] = result.value.data;
        clock.observe(ts);
        return ok(ts);
      }),

    openStream: (handlers) =>
      streams.open(handlers, () => openOkxStream(environment, handlers, units, clock, health, random)),

    limits: () => limiter.uses(),
    health: () => ({ venueId: 'okx', streams: health.list() }),

    retry() {
      api.retry();
      tiers.retry();
      hasHistory = true;
      streams.retry();
    },
  };
}

import { ok, type Result } from '@/lib/core/result';
import { DAY_MS, HOUR_MS, SECOND_MS } from '@/lib/core/time';
import { createBarClock } from '@/lib/venues/bar-clock';
import { HOSTS_BY_VENUE } from '@/lib/venues/hosts';
import { createJsonClient } from '@/lib/venues/http';
import { createListCache } from '@/lib/venues/list-cache';
import { createRateLimiter } from '@/lib/venues/rate-limiter';
import { createRequestHealth } from '@/lib/venues/request-health';
import { createStreamSet } from '@/lib/venues/stream-set';
import { createTiersOfAll } from '@/lib/venues/tier-book';
import type { Venue, VenueEnvironment, VenueError } from '@/lib/venues/venue';

import { createBarSource } from './bars';
import { BUDGETS } from './budgets';
import { createContractSizes } from './contract-sizes';
import { createFigures } from './figures';
import type { BinanceProduct } from './product';
import * as wire from './rest-wire';
import { openBinanceStream } from './stream';

const MAX_IN_FLIGHT = 8;
const TIMEOUT_MS = 10 * SECOND_MS;
/** The first map does not wait long for the brackets: the bundled ones do meanwhile. */
const BRACKETS_TIMEOUT_MS = 5 * SECOND_MS;
/** In a rush the venue has funding paid more often, from one time to the next. */
const FUNDING_FRESH_MS = HOUR_MS;

/** One of Binance's futures markets: docs/venues.md has every endpoint. `random` in [0, 1) spreads reconnects. */
export function createBinanceFutures(
  product: BinanceProduct,
  environment: VenueEnvironment,
  random: () => number,
): Venue {
  const { paths } = product;
  const { now } = environment;
  const streams = createStreamSet(now);
  const health = streams.createHealth();
  const requests = createRequestHealth(health);
  const limiter = createRateLimiter(BUDGETS, MAX_IN_FLIGHT, now, environment.setTimer);
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

  const tiers = createTiersOfAll(
    async () => {
      const { brackets: path } = paths;
      const schema = wire.bracketsSchema;
      const result = await site.get({ path, query: {}, schema, budget: 'site', weight: 1, signal: unending });
      return result.ok ? ok(wire.tiersFromBrackets(result.value.data.brackets, now())) : result;
    },
    product.bundledTiers,
    now,
  );

  const fundingIntervals = createListCache(
    async () => {
      const { fundingInfo: path } = paths;
      const schema = wire.fundingInfoSchema;
      const result = await api.get({ path, query: {}, schema, budget: 'data', weight: 1, signal: unending });
      if (!result.ok) return result;
      return ok(new Map(result.value.map((each) => [each.symbol, each.fundingIntervalHours * HOUR_MS])));
    },
    now,
    FUNDING_FRESH_MS,
  );
  const { schedule: schedulePath } = paths;

  return {
    id: product.id,
    name: product.name,
    ...createBarSource(api, paths, sizes, clock, requests),
    ...createFigures(product, api, sizes, fundingIntervals, clock, requests),
    openInterestReachMs: 30 * DAY_MS,

    fetchContracts: (signal) =>
      requests.track('history', async () => {
        const listed = await fetchListed(signal);
        return listed.ok ? ok(listed.value.map(({ contract }) => contract)) : listed;
      }),

    fetchRiskTiers: (symbol) => tiers.read(symbol),

    fetchLiquidations: null,

    ...(schedulePath !== undefined && {
      async fetchTradingSchedule(signal: AbortSignal) {
        const schema = wire.scheduleSchema;
        const result = await api.get({ path: schedulePath, query: {}, schema, budget: 'weight', weight: 5, signal });
        return result.ok ? ok(wire.scheduleFrom(result.value.marketSchedules)) : result;
      },
    }),

    fetchTime: (signal) =>
      requests.track('history', async () => {
        const { time: path } = paths;
        const result = await api.get({ path, query: {}, schema: wire.timeSchema, budget: 'weight', weight: 1, signal });
        if (!result.ok) return result;
        clock.observe(result.value.serverTime);
        return ok(result.value.serverTime);
      }),

    openStream(handlers) {
      const observer = { onVenueTime: clock.observe, onTiers: tiers.push, sizeOf: sizes.now };
      return streams.open(handlers, () => openBinanceStream(product, environment, handlers, observer, health, random));
    },

    limits: () => limiter.uses(),
    health: () => ({ venueId: product.id, streams: health.list() }),

    retry() {
      api.retry();
      site.retry();
      sizes.retry();
      tiers.retry();
      fundingIntervals.retry();
      streams.retry();
    },
  };
}

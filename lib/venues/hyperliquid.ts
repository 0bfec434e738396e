import { cause } from '@/lib/core/cause';
import { splitSpans, type TimeSpan } from '@/lib/core/ranges';
import { err, ok, type Result } from '@/lib/core/result';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '@/lib/core/time';
import { BAR_MS, type Bar } from '@/lib/market/bar';
import { areSound } from '@/lib/market/risk-tier';

import { createBarClock } from './bar-clock';
import { HOSTS_BY_VENUE } from './hosts';
import { createJsonClient } from './http';
import { accountSchema, positionFrom } from './hyperliquid/account-wire';
import { bundledTiers } from './hyperliquid/bundled-tiers';
import { createMarketCache } from './hyperliquid/market-cache';
import * as wire from './hyperliquid/rest-wire';
import { openHyperliquidStream } from './hyperliquid/stream';
import { createRateLimiter } from './rate-limiter';
import { createRequestHealth } from './request-health';
import { createStreamSet } from './stream-set';
import type { Venue, VenueEnvironment, VenueError } from './venue';

/** What one address may use is 1200 a minute; the user's own terminal needs some of it. */
const BUDGETS = {
  weight: { capacity: 700, windowMs: MINUTE_MS },
  /** Apart, so that a panel of accounts never holds up what the map needs. */
  accounts: { capacity: 300, windowMs: MINUTE_MS },
};
const MAX_IN_FLIGHT = 4;
const TIMEOUT_MS = 10 * SECOND_MS;

const LIGHT_WEIGHT = 2;
const USUAL_WEIGHT = 20;
/** Candles cost one more for so many of them. */
const CANDLES_PER_WEIGHT = 60;

const BARS_PER_PAGE = 500;
/** Of each interval the venue keeps only so many candles. */
const CANDLES_KEPT = 5000;

/** The venue's own perpetuals, and the one builder's dex that lists metals, shares and indices. */
const MAIN_DEX = '';
const BUILDER_DEX = 'xyz';

const dexOf = (symbol: string): string => (symbol.includes(':') ? symbol.split(':')[0] : MAIN_DEX);

/** Hyperliquid's perpetuals: docs/venues.md has every request. `random` in [0, 1) spreads reconnects. */
export function createHyperliquid(environment: VenueEnvironment, random: () => number = Math.random): Venue {
  const { now } = environment;
  const streams = createStreamSet(now);
  const health = streams.createHealth();
  const requests = createRequestHealth(health);
  const limiter = createRateLimiter(BUDGETS, MAX_IN_FLIGHT, now, environment.setTimer);
  const [hostPattern] = HOSTS_BY_VENUE.hyperliquid;
  const api = createJsonClient(environment, {
    name: 'Hyperliquid',
    origin: 'https://api.hyperliquid.xyz',
    hostPattern,
    timeoutMs: TIMEOUT_MS,
    limiter,
  });
  const clock = createBarClock(now);

  /** Shared by all who wait for it, so none of their signals ends it. */
  const markets = createMarketCache(async (dex) => {
    const result = await api.post({
      path: '/info',
      body: { type: 'metaAndAssetCtxs', ...(dex === MAIN_DEX ? {} : { dex }) },
      schema: wire.marketsSchema,
      budget: 'weight',
      weight: USUAL_WEIGHT,
      signal: new AbortController().signal,
    });
    return result.ok ? ok(wire.marketsFrom(result.value)) : result;
  }, now);

  const marketOf = async (symbol: string): Promise<Result<wire.Market, VenueError>> => {
    const listed = await markets.readNow(dexOf(symbol));
    if (!listed.ok) return listed;
    const market = listed.value.get(symbol);
    if (market !== undefined) return ok(market);
    const message = cause('unlisted', { venue: 'Hyperliquid', symbol });
    return err({ kind: 'schema', message, detail: `no asset ${symbol}`, retryAtMs: null });
  };

  /** The assets of every dex; a builder's dex may fail without the venue's own. */
  const readAll = async (): Promise<Result<readonly wire.Market[], VenueError>> => {
    const [main, builder] = await Promise.all([MAIN_DEX, BUILDER_DEX].map((dex) => markets.readNow(dex)));
    if (!main.ok) return main;
    return ok([...main.value.values(), ...(builder.ok ? builder.value.values() : [])]);
  };

  const fetchCandles = async (
    coin: string,
    interval: '5m' | '1h',
    range: TimeSpan,
    signal: AbortSignal,
  ): Promise<Result<readonly Bar[], VenueError>> => {
    const stepMs = interval === '5m' ? BAR_MS : HOUR_MS;
    const span = { startMs: range.startMs, endMs: Math.min(range.endMs, range.startMs + BARS_PER_PAGE * stepMs) };
    // What is older is gone: no request is worth it.
    if (span.endMs <= clock.now() - CANDLES_KEPT * stepMs) return ok([]);
    const result = await api.post({
      path: '/info',
      body: { type: 'candleSnapshot', req: { coin, interval, startTime: span.startMs, endTime: span.endMs - 1 } },
      schema: wire.candlesSchema,
      budget: 'weight',
      weight: USUAL_WEIGHT + Math.ceil((span.endMs - span.startMs) / stepMs / CANDLES_PER_WEIGHT),
      signal,
    });
    return result.ok ? ok(clock.closed(result.value.map(wire.barFromCandle), span, stepMs)) : result;
  };

  return {
    id: 'hyperliquid',
    name: 'Hyperliquid',
    barsPerPage: BARS_PER_PAGE,
    openInterestPerPage: BARS_PER_PAGE,
    openInterestReachMs: 0,

    fetchContracts: () =>
      requests.track('history', async () => {
        const all = await readAll();
        return all.ok ? ok(all.value.map(wire.contractFrom)) : all;
      }),

    async fetchRiskTiers(symbol) {
      const listed = await markets.read(dexOf(symbol));
      const market = listed.ok ? listed.value.get(symbol) : undefined;
      return market === undefined || !areSound(market.tiers)
        ? bundledTiers(symbol)
        : { tiers: market.tiers, source: 'venue', asOfMs: clock.now() };
    },

    fetchBars: (symbol, range, signal) =>
      requests.track('history', () => fetchCandles(symbol, '5m', range, signal), range.endMs - range.startMs > HOUR_MS),

    fetchHourlyBars: (symbol, range, signal) =>
      requests.track('history', async () => {
        const bars: Bar[] = [];
        for (const page of splitSpans([range], BARS_PER_PAGE * HOUR_MS)) {
          const told = await fetchCandles(symbol, '1h', page, signal);
          if (!told.ok) return told;
          bars.push(...told.value);
        }
        return ok(bars);
      }),

    fetchOpenInterest: () => Promise.resolve(ok([])),

    fetchSnapshot: (symbol) =>
      requests.track('openInterest', async () => {
        const market = await marketOf(symbol);
        return market.ok ? ok(wire.snapshotFrom(market.value, clock.now())) : market;
      }),

    fetchLongShortRatio: () => Promise.resolve(ok(null)),

    fetchTickers: () =>
      requests.track('history', async () => {
        const all = await readAll();
        return all.ok ? ok(all.value.filter(({ asset }) => asset.isDelisted !== true).map(wire.tickerFrom)) : all;
      }),

    fetchLiquidations: null,

    /** No stream's health hangs on it: an account that is not told only leaves the panel as it was. */
    async fetchPosition(symbol, account, signal) {
      const dex = dexOf(symbol);
      const result = await api.post({
        path: '/info',
        body: { type: 'clearinghouseState', user: account, ...(dex === MAIN_DEX ? {} : { dex }) },
        schema: accountSchema,
        budget: 'accounts',
        weight: LIGHT_WEIGHT,
        signal,
      });
      if (!result.ok) return result;
      const position = positionFrom(result.value, symbol);
      if (position !== undefined) return ok(position);
      const message = cause('unreadable', { venue: 'Hyperliquid' });
      return err({ kind: 'schema', message, detail: `clearinghouseState of ${symbol}`, retryAtMs: null });
    },

    /** No request is about the time alone; a book states its own. */
    fetchTime: (signal) =>
      requests.track('history', async () => {
        const result = await api.post({
          path: '/info',
          body: { type: 'l2Book', coin: 'BTC' },
          schema: wire.bookSchema,
          budget: 'weight',
          weight: LIGHT_WEIGHT,
          signal,
        });
        if (!result.ok) return result;
        clock.observe(result.value.time);
        return ok(result.value.time);
      }),

    openStream: (handlers) =>
      streams.open(handlers, () => openHyperliquidStream(environment, handlers, clock, health, random)),

    limits: () => limiter.uses(),
    health: () => ({ venueId: 'hyperliquid', streams: health.list() }),

    retry() {
      api.retry();
      streams.retry();
    },
  };
}

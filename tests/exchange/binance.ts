import type { IncomingMessage } from 'node:http';

import { brackets } from './binance-exchange-info';
import { banned, createWeightLimits, tooMany, WEIGHT_PER_MINUTE } from './binance-limits';
import { findRoute, respond, type Routes, USD_M_ROUTES } from './binance-rest';
import { createBinanceDialect } from './binance-streams';
import { contractInfoFrame } from './binance-wire';
import type { Reply, StatusReply } from './reply';
import { createRestHost } from './rest-host';
import type { Listing } from './source-book';
import { createStreamHost } from './stream-host';
import type { VenueContext, VenuePart } from './venue-part';

const CONTRACT_INFO = '!contractInfo';
const CLOCK_KEYS = new Set(['E', 'time', 'serverTime']);

/** Both markets speak over one address: the streams that a handshake names tell them apart. */
export const isCoinSocket = (req: IncomingMessage): boolean =>
  (req.url ?? '').includes('_perp@') || (req.headers.host ?? '').startsWith('dstream.');

/** Binance USD-M futures: REST, streams and the web site's public brackets. */
export const createBinance = (context: VenueContext, weightPerMinute = WEIGHT_PER_MINUTE): VenuePart =>
  createBinanceMarket(
    context,
    {
      listings: context.markets,
      routes: USD_M_ROUTES,
      apiHost: 'fapi.binance.com',
      bracketsPath: '/bapi/futures/v1/friendly/future/common/brackets',
      streamHosts: ['fstream.binance.com'],
      acceptsSocket: (req) => !isCoinSocket(req),
    },
    weightPerMinute,
  );

interface BinanceMarket {
  readonly listings: ReadonlyMap<string, Listing>;
  readonly routes: Routes;
  readonly apiHost: string;
  readonly bracketsPath: string;
  readonly streamHosts: readonly string[];
  readonly acceptsSocket: (req: IncomingMessage) => boolean;
}

export const createBinanceMarket = (
  context: VenueContext,
  { listings, routes, apiHost, bracketsPath, streamHosts, acceptsSocket }: BinanceMarket,
  weightPerMinute = WEIGHT_PER_MINUTE,
): VenuePart => {
  const { clock, machineNow } = context;
  const limits = createWeightLimits(machineNow, weightPerMinute);
  const weigh = (url: URL): number => findRoute(url.pathname, routes)?.weight(url.searchParams) ?? 1;

  const answerApi = (url: URL): Reply => {
    const route = findRoute(url.pathname, routes);
    const refused = limits.spend(weigh(url), route?.isHistory ?? false);
    const rest = { listings, nowMs: clock.now() };
    const reply = refused ?? (route === undefined ? NOT_FOUND : respond(route, url.searchParams, rest));
    return { ...reply, headers: { 'x-mbx-used-weight-1m': String(limits.usedWeight()), ...reply.headers } };
  };
  const answerWeb = (url: URL): Reply =>
    url.pathname === bracketsPath ? { status: 200, body: brackets({ listings, nowMs: clock.now() }) } : NOT_FOUND;
  const statusReply: StatusReply = (status, retryAfterSeconds) =>
    replyForStatus(status, retryAfterSeconds, machineNow(), weightPerMinute);

  const streams = createStreamHost(
    {
      hosts: streamHosts,
      accepts: acceptsSocket,
      dialect: createBinanceDialect(listings, CLOCK_KEYS),
      statusReply,
    },
    context,
  );
  const shared = { statusReply, clockKeys: CLOCK_KEYS };
  return {
    handlers: [
      createRestHost({ ...shared, hosts: [apiHost], answer: answerApi, weigh }, context),
      streams.handler,
      createRestHost(
        {
          ...shared,
          hosts: ['www.binance.com'],
          accepts: (req) => (req.url ?? '') === bracketsPath,
          answer: answerWeb,
          weigh: () => 0,
        },
        context,
      ),
    ],
    streamHosts: [streams],
    listings,
    announceTiers(symbol) {
      const listing = listings.get(symbol);
      if (listing === undefined) throw new Error(`no contract ${symbol}`);
      streams.publish(CONTRACT_INFO, contractInfoFrame(listing.instrument, listing.listedTimeMs, clock.now()));
    },
    resetLimits: () => limits.reset(),
  };
};

const NOT_FOUND: Reply = { status: 404, body: '<html><body><h2>404 Not found</h2></body></html>' };

const replyForStatus = (
  status: number,
  retryAfterSeconds: number | undefined,
  nowMs: number,
  weightPerMinute: number,
): Reply => {
  if (status === 429) return tooMany(retryAfterSeconds ?? 5, weightPerMinute);
  if (status === 418) return banned(nowMs, nowMs + (retryAfterSeconds ?? 120) * 1000);
  if (status === 451) return { status, body: { code: 0, msg: RESTRICTED } };
  if (status === 403)
    return { status, body: '<html><head><title>403 Forbidden</title></head><body>Forbidden</body></html>' };
  return { status, body: { code: -1001, msg: 'Internal error; unable to process your request. Please try again.' } };
};

const RESTRICTED =
  "Service unavailable from a restricted location according to 'b. Eligibility' in https://www.binance.com/en/terms. Please contact customer service if you believe you received this message in error.";

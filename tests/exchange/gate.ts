import { createGateListings } from './gate-listings';
import { respondGate } from './gate-rest';
import { contractInfoFrame, createGateDialect } from './gate-streams';
import { type Reply, type StatusReply, withRetryAfter } from './reply';
import { createRestHost } from './rest-host';
import { createStreamHost } from './stream-host';
import type { VenueContext, VenuePart } from './venue-part';

/** Requests of one endpoint that an address may send in a window. */
const REQUESTS_PER_WINDOW = 200;
const WINDOW_MS = 10_000;
const CLOCK_KEYS = new Set(['time_ms', 'server_time', 'create_time_ms']);

/** Gate's USDT-settled futures. */
export const createGate = (context: VenueContext): VenuePart => {
  const { clock, machineNow } = context;
  const listings = createGateListings(context.markets);
  const counts = new Map<string, number>();
  let window = 0;

  /** Requests left of the endpoint's window; negative when there are none. */
  const spend = (path: string): number => {
    const current = Math.floor(machineNow() / WINDOW_MS);
    if (current !== window) counts.clear();
    window = current;
    const count = (counts.get(path) ?? 0) + 1;
    counts.set(path, count);
    return REQUESTS_PER_WINDOW - count;
  };
  const answer = (url: URL): Reply => {
    const left = spend(url.pathname);
    const reply = left < 0 ? TOO_MANY : respondGate(url, { listings, nowMs: clock.now() });
    const headers = {
      'x-gate-ratelimit-limit': String(REQUESTS_PER_WINDOW),
      'x-gate-ratelimit-requests-remain': String(Math.max(0, left)),
      'x-gate-ratelimit-reset-timestamp': String(((window + 1) * WINDOW_MS) / 1000),
    };
    return { ...reply, headers: { ...headers, ...reply.headers } };
  };
  const streams = createStreamHost(
    {
      hosts: ['fx-ws.gateio.ws'],
      dialect: createGateDialect(listings, () => clock.now(), CLOCK_KEYS),
      statusReply,
    },
    context,
  );
  return {
    handlers: [
      createRestHost({ hosts: ['api.gateio.ws'], answer, statusReply, clockKeys: CLOCK_KEYS }, context),
      streams.handler,
    ],
    streamHosts: [streams],
    listings,
    announceTiers(symbol) {
      const listing = listings.get(symbol);
      if (listing === undefined) throw new Error(`no contract ${symbol}`);
      streams.publish(`futures.contract_info ${symbol}`, contractInfoFrame(listing, 'update', clock.now()));
    },
    resetLimits: () => counts.clear(),
  };
};

const TOO_MANY: Reply = {
  status: 429,
  body: { label: 'TOO_MANY_REQUESTS', message: 'Request Rate limit Exceeded' },
};

const statusReply: StatusReply = (status, retryAfterSeconds) => {
  if (status === 429) return withRetryAfter(TOO_MANY, retryAfterSeconds);
  if (status === 403)
    return { status, body: '<html><head><title>403 Forbidden</title></head><body>Forbidden</body></html>' };
  if (status === 451) return { status, body: { label: 'FORBIDDEN', message: 'not available in your location' } };
  return { status, body: { label: 'SERVER_ERROR', message: 'internal server error' } };
};

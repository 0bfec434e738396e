import { SECOND_MS } from '@/lib/core/time';

import { createBitgetListings } from './bitget-listings';
import { mostOfBitget, respondBitget } from './bitget-rest';
import { createBitgetDialect } from './bitget-streams';
import { type Reply, type StatusReply, withRetryAfter } from './reply';
import { createRequestCounter } from './request-counter';
import { createRestHost } from './rest-host';
import { createStreamHost } from './stream-host';
import type { VenueContext, VenuePart } from './venue-part';

const CLOCK_KEYS = new Set(['ts', 'requestTime', 'serverTime']);

/** Bitget's USDT-margined futures. */
export const createBitget = (context: VenueContext): VenuePart => {
  const { clock, machineNow } = context;
  const listings = createBitgetListings(context.markets);
  const counter = createRequestCounter(machineNow, SECOND_MS, mostOfBitget);
  const answer = (url: URL): Reply =>
    counter.spend(url.pathname) ? respondBitget(url, { listings, nowMs: clock.now() }) : TOO_MANY;
  const streams = createStreamHost(
    { hosts: ['ws.bitget.com'], dialect: createBitgetDialect(listings, CLOCK_KEYS), statusReply },
    context,
  );
  return {
    handlers: [
      createRestHost({ hosts: ['api.bitget.com'], answer, statusReply, clockKeys: CLOCK_KEYS }, context),
      streams.handler,
    ],
    streamHosts: [streams],
    listings,
    resetLimits: () => counter.reset(),
  };
};

const TOO_MANY: Reply = { status: 429, body: { code: '429', msg: 'Too Many Requests', data: null } };

const statusReply: StatusReply = (status, retryAfterSeconds) => {
  if (status === 429) return withRetryAfter(TOO_MANY, retryAfterSeconds);
  if (status === 403)
    return { status, body: '<html><head><title>403 Forbidden</title></head><body>Forbidden</body></html>' };
  if (status === 451) return { status, body: { code: '40451', msg: 'not available in your region', data: null } };
  return { status, body: { code: '40725', msg: 'system error', data: null } };
};

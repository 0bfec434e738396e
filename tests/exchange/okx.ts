import { SECOND_MS } from '@/lib/core/time';

import { createOkxListings } from './okx-listings';
import { mostOfOkx, respondOkx } from './okx-rest';
import { createOkxDialect } from './okx-streams';
import { type Reply, type StatusReply, withRetryAfter } from './reply';
import { createRequestCounter } from './request-counter';
import { createRestHost } from './rest-host';
import { createStreamHost } from './stream-host';
import type { VenueContext, VenuePart } from './venue-part';

const WINDOW_MS = 2 * SECOND_MS;
const CLOCK_KEYS = new Set(['ts']);

/** OKX swaps: REST, and streams on `/public` and `/business`. */
export const createOkx = (context: VenueContext): VenuePart => {
  const { clock, machineNow } = context;
  const listings = createOkxListings(context.markets);
  const counter = createRequestCounter(machineNow, WINDOW_MS, mostOfOkx);
  const answer = (url: URL): Reply =>
    counter.spend(url.pathname) ? respondOkx(url, { listings, nowMs: clock.now() }) : TOO_MANY;

  const streamHost = (socket: 'public' | 'business') =>
    createStreamHost(
      {
        hosts: ['ws.okx.com'],
        accepts: (req) => (req.url ?? '').startsWith(`/ws/v5/${socket}`),
        dialect: createOkxDialect(socket, listings, CLOCK_KEYS),
        statusReply,
      },
      context,
    );
  const streamHosts = [streamHost('public'), streamHost('business')];
  return {
    handlers: [
      createRestHost(
        {
          hosts: ['www.okx.com'],
          accepts: (req) => (req.url ?? '').startsWith('/api/'),
          answer,
          statusReply,
          clockKeys: CLOCK_KEYS,
        },
        context,
      ),
      ...streamHosts.map(({ handler }) => handler),
    ],
    streamHosts,
    listings,
    resetLimits: () => counter.reset(),
  };
};

const TOO_MANY: Reply = { status: 429, body: { code: '50011', msg: 'Too Many Requests', data: [] } };

const statusReply: StatusReply = (status, retryAfterSeconds) => {
  if (status === 429) return withRetryAfter(TOO_MANY, retryAfterSeconds);
  if (status === 403)
    return { status, body: '<html><head><title>403 Forbidden</title></head><body>Forbidden</body></html>' };
  if (status === 451) return { status, body: { code: '50030', msg: 'Not available in your region', data: [] } };
  return { status, body: { code: '50001', msg: 'Service temporarily unavailable', data: [] } };
};

import { createBybitListings, type Category } from './bybit-listings';
import { envelope, respond } from './bybit-rest';
import { createBybitDialect } from './bybit-streams';
import type { Reply, StatusReply } from './reply';
import { createRestHost } from './rest-host';
import { createStreamHost } from './stream-host';
import type { VenueContext, VenuePart } from './venue-part';

const REQUESTS_PER_WINDOW = 600;
const WINDOW_MS = 5_000;
const BAN_MS = 10 * 60_000;
const CLOCK_KEYS = new Set(['time', 'ts']);

/** Bybit's linear and inverse perpetuals: REST and a socket for each category. */
export const createBybit = (context: VenueContext): VenuePart => {
  const { clock, machineNow } = context;
  const listings = createBybitListings(context.markets);
  let recentMs: number[] = [];
  let bannedUntilMs = 0;

  const isBanned = (): boolean => {
    const nowMs = machineNow();
    recentMs = [...recentMs.filter((timeMs) => timeMs > nowMs - WINDOW_MS), nowMs];
    if (recentMs.length > REQUESTS_PER_WINDOW) bannedUntilMs = nowMs + BAN_MS;
    return nowMs < bannedUntilMs;
  };
  const statusReply: StatusReply = (status) => {
    // The limit of an endpoint is told by a code, under a status of success.
    if (status === 429) return { status: 200, body: envelope(10006, 'Too many visits!', {}, clock.now()) };
    return status === 403 || status === 451 ? { status, body: RESTRICTED } : { status, body: UNAVAILABLE };
  };
  const streamHost = (category: Category) =>
    createStreamHost(
      {
        hosts: ['stream.bybit.com'],
        accepts: (req) => (req.url ?? '').startsWith(`/v5/public/${category}`),
        dialect: createBybitDialect(category, listings, CLOCK_KEYS),
        statusReply,
      },
      context,
    );
  const streamHosts = [streamHost('linear'), streamHost('inverse')];
  return {
    handlers: [
      createRestHost(
        {
          hosts: ['api.bybit.com'],
          answer: (url) => (isBanned() ? TOO_FREQUENT : respond(url, { listings, nowMs: clock.now() })),
          statusReply,
          clockKeys: CLOCK_KEYS,
        },
        context,
      ),
      ...streamHosts.map(({ handler }) => handler),
    ],
    streamHosts,
    listings,
    resetLimits() {
      recentMs = [];
      bannedUntilMs = 0;
    },
  };
};

const TOO_FREQUENT: Reply = { status: 403, body: '403, access too frequent' };
const UNAVAILABLE = '<html><head><title>503 Service Temporarily Unavailable</title></head></html>';
/** What the content network says to addresses of countries that Bybit does not serve. */
const RESTRICTED =
  '<html><head><title>ERROR: The request could not be satisfied</title></head><body>The Amazon CloudFront distribution is configured to block access from your country.</body></html>';

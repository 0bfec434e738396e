import { createHyperliquidListings } from './hyperliquid-listings';
import { respondHyperliquid, weightOf } from './hyperliquid-rest';
import { createHyperliquidDialect } from './hyperliquid-streams';
import { type Reply, type StatusReply, withRetryAfter } from './reply';
import { createRestHost } from './rest-host';
import { createStreamHost } from './stream-host';
import type { VenueContext, VenuePart } from './venue-part';

const HOSTS = ['api.hyperliquid.xyz'];
const WEIGHT_PER_MINUTE = 1_200;
const MINUTE_MS = 60_000;
/** Candles cost one more for so many of them. */
const CANDLES_PER_WEIGHT = 60;
const CLOCK_KEYS = new Set(['time']);

/** Hyperliquid's own perpetuals and those of one builder's dex. */
export const createHyperliquid = (context: VenueContext): VenuePart => {
  const { clock, machineNow } = context;
  const listings = createHyperliquidListings(context.markets);
  let minute = 0;
  let used = 0;

  const answer = (_url: URL, body: string): Reply => {
    const current = Math.floor(machineNow() / MINUTE_MS);
    if (current !== minute) [minute, used] = [current, 0];
    used += weightOf(body);
    if (used > WEIGHT_PER_MINUTE) return TOO_MANY;
    const reply = respondHyperliquid(body, { listings, nowMs: clock.now() });
    if (Array.isArray(reply.body) && body.includes('candleSnapshot'))
      used += Math.ceil(reply.body.length / CANDLES_PER_WEIGHT);
    return reply;
  };
  const streams = createStreamHost(
    {
      hosts: HOSTS,
      accepts: (req) => (req.url ?? '') === '/ws',
      dialect: createHyperliquidDialect(listings, CLOCK_KEYS),
      statusReply,
    },
    context,
  );
  return {
    handlers: [
      createRestHost(
        {
          hosts: HOSTS,
          accepts: (req) => (req.url ?? '') === '/info',
          answer,
          weigh: (_url, body) => weightOf(body),
          statusReply,
          clockKeys: CLOCK_KEYS,
        },
        context,
      ),
      streams.handler,
    ],
    streamHosts: [streams],
    listings,
    resetLimits() {
      used = 0;
    },
  };
};

const TOO_MANY: Reply = { status: 429, body: null };

const statusReply: StatusReply = (status, retryAfterSeconds) =>
  status === 429 ? withRetryAfter(TOO_MANY, retryAfterSeconds) : { status, body: null };

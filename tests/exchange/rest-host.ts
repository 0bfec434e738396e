import type { IncomingMessage } from 'node:http';

import { type Reply, sendReply, type StatusReply } from './reply';
import type { HostHandler } from './server';
import type { LoggedRequest, VenueContext } from './venue-part';

export interface RestHostOptions {
  readonly hosts: readonly string[];
  /** Declines requests that somebody else answers, e.g. a web site's pages. */
  readonly accepts?: (req: IncomingMessage) => boolean;
  /** `body` is what was posted, empty for a GET. */
  readonly answer: (url: URL, body: string) => Reply;
  /** What a request costs, for the log. */
  readonly weigh?: (url: URL, body: string) => number;
  readonly statusReply: StatusReply;
  /** Names of the fields that state the venue's clock. */
  readonly clockKeys: ReadonlySet<string>;
}

/** A REST host: every request is logged and answered as the faults in force let it be. */
export const createRestHost = (options: RestHostOptions, context: VenueContext): HostHandler => ({
  hosts: options.hosts,
  ...(options.accepts === undefined ? {} : { accepts: options.accepts }),
  async request(req, res) {
    const url = new URL(req.url ?? '/', `https://${req.headers.host ?? options.hosts[0]}`);
    const body = await readBody(req);
    const entry: LoggedRequest = {
      venue: context.id,
      host: url.host,
      path: url.pathname,
      query: url.search,
      body,
      weight: options.weigh?.(url, body) ?? 1,
      timeMs: context.machineNow(),
      venueTimeMs: context.clock.now(),
      status: 0,
    };
    context.requests.push(entry);
    const note = (reply: Reply): Reply => {
      entry.status = reply.status;
      return reply;
    };
    await sendReply(
      res,
      url.pathname + url.search + body,
      () => note(options.answer(url, body)),
      (status, retryAfterSeconds) => note(options.statusReply(status, retryAfterSeconds)),
      context.faults,
      options.clockKeys,
    );
  },
});

const readBody = async (req: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
};

import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

import { brackets } from './binance-exchange-info';
import { banned, createWeightLimits, type LoggedRequest, tooMany, WEIGHT_PER_MINUTE } from './binance-limits';
import { findRoute, respond } from './binance-rest';
import { acceptSubscriber, type Subscriber } from './binance-socket';
import { findStream, type FrameSource } from './binance-streams';
import { contractInfoFrame } from './binance-wire';
import type { VenueClock } from './clock';
import { concerns, type FaultBook } from './faults';
import { type Reply, sendReply, type StatusReply } from './reply';
import type { HostHandler } from './server';
import type { Listing } from './source-book';

export interface BinanceOptions {
  readonly clock: VenueClock;
  readonly listings: ReadonlyMap<string, Listing>;
  readonly faults: FaultBook;
  readonly machineNow: () => number;
  readonly weightPerMinute?: number;
}

export interface Binance {
  readonly handlers: readonly HostHandler[];
  /** Every request since the start, oldest first. */
  readonly requests: LoggedRequest[];
  /** Handshakes since the start: path and query. */
  readonly connections: string[];
  readonly openSockets: () => number;
  /** Names that some open socket has subscribed to. */
  readonly subscriptions: () => string[];
  /** Announces a contract's brackets on `!contractInfo`, as the venue does when they change. */
  announceTiers(symbol: string): void;
  resetLimits(): void;
  close(): void;
}

/** Streams are looked at this often: at most twenty frames a second each, at any speed of the venue's clock. */
const TICK_MS = 50;
const BRACKETS_PATH = '/bapi/futures/v1/friendly/future/common/brackets';
const CONTRACT_INFO = '!contractInfo';

/** Binance USD-M futures: REST, streams and the web site's public brackets. */
export const createBinance = (options: BinanceOptions): Binance => {
  const { clock, listings, faults, machineNow } = options;
  const weightPerMinute = options.weightPerMinute ?? WEIGHT_PER_MINUTE;
  const limits = createWeightLimits(machineNow, weightPerMinute);
  const requests: LoggedRequest[] = [];
  const connections: string[] = [];
  const subscribers = new Set<Subscriber>();
  const sources = new Map<string, FrameSource | null>();
  let toldMs = clock.now();

  const weightOf = (url: URL): number => findRoute(url.pathname)?.weight(url.searchParams) ?? 1;

  const answerApi = (url: URL): Reply => {
    const route = findRoute(url.pathname);
    const refused = limits.spend(weightOf(url), route?.isHistory ?? false);
    const context = { listings, nowMs: clock.now() };
    const reply = refused ?? (route === undefined ? NOT_FOUND : respond(route, url.searchParams, context));
    return { ...reply, headers: { 'x-mbx-used-weight-1m': String(limits.usedWeight()), ...reply.headers } };
  };

  const answerWeb = (url: URL): Reply =>
    url.pathname === BRACKETS_PATH ? { status: 200, body: brackets({ listings, nowMs: clock.now() }) } : NOT_FOUND;

  const statusReply: StatusReply = (status, retryAfterSeconds) =>
    replyForStatus(status, retryAfterSeconds, machineNow(), weightPerMinute);

  const handle =
    (answer: (url: URL) => Reply, weigh: (url: URL) => number): HostHandler['request'] =>
    (req, res) => {
      const url = new URL(req.url ?? '/', `https://${req.headers.host ?? 'fapi.binance.com'}`);
      const entry: LoggedRequest = {
        host: url.host,
        path: url.pathname,
        query: url.search,
        weight: weigh(url),
        timeMs: machineNow(),
        venueTimeMs: clock.now(),
        status: 0,
      };
      requests.push(entry);
      const note = (reply: Reply): Reply => {
        entry.status = reply.status;
        return reply;
      };
      return sendReply(
        res,
        url.pathname + url.search,
        () => note(answer(url)),
        (status, retryAfterSeconds) => note(statusReply(status, retryAfterSeconds)),
        faults,
      );
    };

  const sourceOf = (stream: string): FrameSource | null => {
    let source = sources.get(stream);
    if (source === undefined) {
      source = findStream(stream, listings);
      sources.set(stream, source);
    }
    return source;
  };

  const tell = (): void => {
    const nowMs = clock.now();
    // A clock that was set back has nothing to tell about the past.
    const fromMs = Math.min(toldMs, nowMs);
    toldMs = nowMs;
    if (nowMs === fromMs) return;
    for (const stream of new Set([...subscribers].flatMap((subscriber) => [...subscriber.streams]))) {
      for (const frame of sourceOf(stream)?.(fromMs, nowMs) ?? []) publish(stream, frame);
    }
  };
  const publish = (stream: string, frame: object): void => {
    for (const subscriber of subscribers) if (subscriber.streams.has(stream)) subscriber.send(stream, frame);
  };

  const beforeSocket = (req: IncomingMessage, raw: Duplex): boolean => {
    const url = req.url ?? '/';
    connections.push(url);
    const struck = faults.strike('stream', url, ['refuse', 'status', 'hang']);
    if (struck.refuse) raw.destroy();
    if (struck.status) {
      const { status, headers, body } = statusReply(struck.status.status, struck.status.retryAfterSeconds);
      const lines = Object.entries({ ...headers, connection: 'close' }).map(([name, value]) => `${name}: ${value}\r\n`);
      raw.end(`HTTP/1.1 ${status} Refused\r\n${lines.join('')}\r\n${JSON.stringify(body)}`);
    }
    return !(struck.refuse || struck.status || struck.hang);
  };

  const accept: HostHandler['socket'] = (socket, req) => {
    const subscriber = acceptSubscriber(socket, req, faults, (gone) => subscribers.delete(gone));
    subscribers.add(subscriber);
    const { drop } = faults.strike('stream', subscriber.url, ['drop']);
    if (drop) setTimeout(() => subscriber.drop(), drop.afterMs ?? 0);
  };

  faults.onSet((fault) => {
    if (fault.kind !== 'drop') return;
    for (const subscriber of subscribers) if (concerns(fault, 'stream', subscriber.url)) subscriber.drop();
  });
  const timer = setInterval(tell, TICK_MS);
  const stopJumps = clock.onJump(tell);

  return {
    handlers: [
      { hosts: ['fapi.binance.com'], request: handle(answerApi, weightOf) },
      {
        hosts: ['fstream.binance.com'],
        request: handle(
          () => NOT_FOUND,
          () => 0,
        ),
        beforeSocket,
        socket: accept,
      },
      {
        hosts: ['www.binance.com'],
        accepts: (req) => (req.url ?? '').startsWith('/bapi/'),
        request: handle(answerWeb, () => 0),
      },
    ],
    requests,
    connections,
    openSockets: () => subscribers.size,
    subscriptions: () => [...new Set([...subscribers].flatMap((subscriber) => [...subscriber.streams]))].sort(),
    announceTiers(symbol) {
      const listing = listings.get(symbol);
      if (listing === undefined) throw new Error(`no contract ${symbol}`);
      publish(CONTRACT_INFO, contractInfoFrame(listing.instrument, listing.listedTimeMs, clock.now()));
    },
    resetLimits: () => limits.reset(),
    close() {
      clearInterval(timer);
      stopJumps();
    },
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

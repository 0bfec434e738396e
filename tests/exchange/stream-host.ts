import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

import type { RawData, WebSocket } from 'ws';

import { concerns } from './faults';
import { createFrameSender } from './frame-sender';
import type { StatusReply } from './reply';
import type { HostHandler } from './server';
import type { VenueContext } from './venue-part';

/** A frame of a stream. */
export type Frame = object;

/** What a stream has to say about the venue time in (fromMs, toMs]. */
export type FrameSource = (fromMs: number, toMs: number) => readonly Frame[];

/** A venue's way of speaking over its socket. */
export interface StreamDialect {
  /** Where a stream's frames come from; null where the venue has none: it stays silent. */
  findStream(name: string): FrameSource | null;
  /** Carries out a client's message on what it has subscribed to; the answers go out whatever faults hold frames back. */
  answer(text: string, streams: Set<string>, isDenied: (stream: string) => boolean): readonly (object | string)[];
  /** What a new subscriber of a stream is told at once. */
  greet?(stream: string, nowMs: number): readonly Frame[];
  /** Streams that the handshake's address names. */
  initialStreams?(url: URL): readonly string[];
  /** A frame as it goes over a socket of this address; null for one that delivers nothing. */
  wrap?(frame: Frame, stream: string, url: URL): Frame | null;
  /** Messages a client may send per second before it is cut off. */
  readonly inboundPerSecond: number;
  /** How often the venue sends a ping of its own; null for never. */
  readonly pingMs: number | null;
  readonly clockKeys: ReadonlySet<string>;
}

export interface StreamHostOptions {
  readonly hosts: readonly string[];
  /** Declines other paths of the host. */
  readonly accepts?: (req: IncomingMessage) => boolean;
  readonly dialect: StreamDialect;
  /** Instead of the handshake. */
  readonly statusReply: StatusReply;
}

export interface StreamHost {
  readonly handler: HostHandler;
  openSockets(): number;
  /** Names that some open socket has subscribed to. */
  subscriptions(): string[];
  /** To everyone who has subscribed; all frames leave together. */
  publish(stream: string, ...frames: readonly Frame[]): void;
  /** What a stream has to say about the venue time in (fromMs, toMs]; nothing where the host has no such stream. */
  frames(stream: string, fromMs: number, toMs: number): readonly Frame[];
  /** Drops subscriptions without a word, as if they had never been. */
  forget(match: RegExp): void;
  close(): void;
}

interface Subscriber {
  readonly streams: Set<string>;
  readonly address: string;
  send(stream: string, frame: Frame): void;
  together(send: () => void): void;
  drop(): void;
}

/** Streams are looked at this often: at most twenty frames a second each, at any speed of the venue's clock. */
const TICK_MS = 50;
const INBOUND_WINDOW_MS = 1000;
const POLICY_VIOLATION = 1008;

/** A WebSocket host that tells what happens in the venue's time, as the faults in force let it. */
export const createStreamHost = (options: StreamHostOptions, context: VenueContext): StreamHost => {
  const { dialect } = options;
  const { clock, faults } = context;
  const subscribers = new Set<Subscriber>();
  const sources = new Map<string, FrameSource | null>();
  let toldMs = clock.now();

  const sourceOf = (stream: string): FrameSource | null => {
    let source = sources.get(stream);
    if (source === undefined) {
      source = dialect.findStream(stream);
      sources.set(stream, source);
    }
    return source;
  };
  const subscriptions = (): string[] => [...new Set([...subscribers].flatMap(({ streams }) => [...streams]))].sort();
  const publish = (stream: string, ...frames: readonly Frame[]): void => {
    for (const subscriber of subscribers) {
      if (!subscriber.streams.has(stream)) continue;
      subscriber.together(() => {
        for (const frame of frames) subscriber.send(stream, frame);
      });
    }
  };
  const tell = (): void => {
    const nowMs = clock.now();
    // A clock that was set back has nothing to tell about the past.
    const fromMs = Math.min(toldMs, nowMs);
    toldMs = nowMs;
    if (nowMs === fromMs) return;
    for (const stream of subscriptions()) {
      publish(stream, ...(sourceOf(stream)?.(fromMs, nowMs) ?? []));
    }
  };

  const beforeSocket = (req: IncomingMessage, raw: Duplex): boolean => {
    const url = req.url ?? '/';
    context.handshakes.push({ venue: context.id, url });
    const struck = faults.strike('stream', url, ['refuse', 'status', 'hang']);
    if (struck.refuse) raw.destroy();
    if (struck.status) {
      const { status, headers, body } = options.statusReply(struck.status.status, struck.status.retryAfterSeconds);
      const lines = Object.entries({ ...headers, connection: 'close' }).map(([name, value]) => `${name}: ${value}\r\n`);
      raw.end(`HTTP/1.1 ${status} Refused\r\n${lines.join('')}\r\n${JSON.stringify(body)}`);
    }
    return !(struck.refuse || struck.status || struck.hang);
  };

  const accept = (socket: WebSocket, req: IncomingMessage): void => {
    const url = new URL(req.url ?? '/', `wss://${req.headers.host ?? options.hosts[0]}`);
    const streams = new Set(dialect.initialStreams?.(url));
    const sender = createFrameSender(socket, req.socket, faults, dialect.clockKeys);
    const subscriber: Subscriber = {
      streams,
      address: url.pathname + url.search,
      send(stream, frame) {
        const wrapped = dialect.wrap === undefined ? frame : dialect.wrap(frame, stream, url);
        if (wrapped !== null) sender.send(stream, wrapped);
      },
      together: (send) => sender.together(send),
      drop: () => socket.terminate(),
    };
    subscribers.add(subscriber);
    const isAllowed = countInbound(dialect.inboundPerSecond, context.machineNow);
    socket.on('message', (data) => {
      if (!isAllowed()) return socket.close(POLICY_VIOLATION, 'Too many requests');
      const before = new Set(streams);
      const isDenied = (stream: string) => faults.strike('stream', stream, ['deny']).deny !== undefined;
      for (const reply of dialect.answer(toText(data), streams, isDenied)) {
        socket.send(typeof reply === 'string' ? reply : JSON.stringify(reply));
      }
      for (const stream of streams) {
        if (before.has(stream)) continue;
        for (const frame of dialect.greet?.(stream, clock.now()) ?? []) subscriber.send(stream, frame);
      }
    });
    const ping = dialect.pingMs === null ? undefined : setInterval(() => socket.ping(), dialect.pingMs);
    socket.on('close', () => {
      clearInterval(ping);
      subscribers.delete(subscriber);
    });
    const { drop } = faults.strike('stream', subscriber.address, ['drop']);
    if (drop) setTimeout(() => subscriber.drop(), drop.afterMs ?? 0);
  };

  faults.onSet((fault) => {
    if (fault.kind !== 'drop') return;
    for (const subscriber of subscribers) if (concerns(fault, 'stream', subscriber.address)) subscriber.drop();
  });
  const timer = setInterval(tell, TICK_MS);
  const stopJumps = clock.onJump(tell);
  return {
    handler: {
      hosts: options.hosts,
      ...(options.accepts === undefined ? {} : { accepts: options.accepts }),
      request: (_req, res) => void res.writeHead(404).end('<html><body><h2>404 Not found</h2></body></html>'),
      beforeSocket,
      socket: accept,
    },
    openSockets: () => subscribers.size,
    subscriptions,
    publish,
    frames: (stream, fromMs, toMs) => sourceOf(stream)?.(fromMs, toMs) ?? [],
    forget(match) {
      for (const { streams } of subscribers)
        for (const stream of streams) if (match.test(stream)) streams.delete(stream);
    },
    close() {
      clearInterval(timer);
      stopJumps();
    },
  };
};

const countInbound = (mostPerSecond: number, machineNow: () => number): (() => boolean) => {
  let windowStartMs = 0;
  let count = 0;
  return () => {
    const nowMs = machineNow();
    if (nowMs - windowStartMs >= INBOUND_WINDOW_MS) [windowStartMs, count] = [nowMs, 0];
    return ++count <= mostPerSecond;
  };
};

const toText = (data: RawData): string =>
  (Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as ArrayBuffer)).toString();

/** A client's message, or null where it is no JSON object. */
export const parseMessage = (text: string): Readonly<Record<string, unknown>> | null => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' ? (value as Readonly<Record<string, unknown>> | null) : null;
  } catch {
    return null;
  }
};

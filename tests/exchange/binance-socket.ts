import type { IncomingMessage } from 'node:http';

import type { RawData, WebSocket } from 'ws';

import type { FaultBook } from './faults';
import { createFrameSender } from './frame-sender';

/** One client's connection to the stream host. */
export interface Subscriber {
  readonly streams: ReadonlySet<string>;
  /** Path and query of the handshake. */
  readonly url: string;
  send(stream: string, frame: object): void;
  drop(): void;
}

const MOST_STREAMS = 1024;
/** Messages a client may send per second. */
const INBOUND_PER_SECOND = 10;
const INBOUND_WINDOW_MS = 1000;
const PING_MS = 180_000;
const POLICY_VIOLATION = 1008;

/**
 * `/market/stream` wraps frames as { stream, data }, `/market/ws` sends them bare. The legacy `/stream` and `/ws`, and
 * `/public`, accept connections and acknowledge subscriptions but deliver none of the market's streams.
 */
export const acceptSubscriber = (
  socket: WebSocket,
  req: IncomingMessage,
  faults: FaultBook,
  onClose: (subscriber: Subscriber) => void,
): Subscriber => {
  const url = new URL(req.url ?? '/', 'wss://fstream.binance.com');
  const isDelivering = url.pathname.startsWith('/market/');
  const isCombined = url.pathname.endsWith('/stream');
  const streams = new Set(initialStreams(url));
  const sender = createFrameSender(socket, faults);
  const subscriber: Subscriber = {
    streams,
    url: url.pathname + url.search,
    send(stream, frame) {
      if (isDelivering) sender.send(stream, isCombined ? { stream, data: frame } : frame);
    },
    drop: () => socket.terminate(),
  };
  let windowStartMs = 0;
  let inbound = 0;
  socket.on('message', (data) => {
    const nowMs = Date.now();
    if (nowMs - windowStartMs >= INBOUND_WINDOW_MS) {
      windowStartMs = nowMs;
      inbound = 0;
    }
    inbound++;
    if (inbound > INBOUND_PER_SECOND) socket.close(POLICY_VIOLATION, 'Too many requests');
    else socket.send(JSON.stringify(acknowledge(toText(data), streams)));
  });
  const ping = setInterval(() => socket.ping(), PING_MS);
  socket.on('close', () => {
    clearInterval(ping);
    onClose(subscriber);
  });
  return subscriber;
};

const initialStreams = (url: URL): string[] => {
  const inPath = url.pathname.match(/\/ws\/(.+)$/)?.[1] ?? '';
  const listed = url.searchParams.get('streams') ?? inPath;
  return listed.split('/').filter((name) => name !== '');
};

/** Carries out a client's message; the reply goes out whatever faults hold frames back. */
const acknowledge = (text: string, streams: Set<string>): object => {
  const message = parse(text);
  if (message === null) return { error: { code: 3, msg: 'Invalid JSON: expected value at line 1 column 1' } };
  const { method, params, id } = message;
  if (method === 'LIST_SUBSCRIPTIONS') return { result: [...streams], id };
  const names = Array.isArray(params) ? params.filter((name) => typeof name === 'string') : null;
  if ((method !== 'SUBSCRIBE' && method !== 'UNSUBSCRIBE') || names === null) {
    return { error: { code: 2, msg: `Invalid request: unknown variant ${JSON.stringify(method)}` }, id };
  }
  if (method === 'SUBSCRIBE' && streams.size + names.length > MOST_STREAMS) {
    return { error: { code: 2, msg: 'Invalid request: too many streams' }, id };
  }
  for (const name of names) {
    if (method === 'SUBSCRIBE') streams.add(name);
    else streams.delete(name);
  }
  return { result: null, id };
};

const toText = (data: RawData): string =>
  (Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as ArrayBuffer)).toString();

const parse = (text: string): { method?: unknown; params?: unknown; id?: unknown } | null => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
};

import { createSubscriptionWatch, type SubscriptionSource, type SubscriptionWatch } from './subscription-watch';

/** Venues take only so many names in one message. */
const PARAMS_PER_MESSAGE = 50;

/** A venue's way of speaking over its socket. */
export interface SocketProtocol {
  readonly url: string;
  /** Another address of the same: each is left for the other after a connection on which no control was heard. */
  readonly fallbackUrl?: string;
  /** Streams whose silence means that the connection is dead, whatever its state says. */
  readonly controls: readonly string[];
  /** Only params of the same group share a message; where it is missing all do. */
  groupOf?(param: string): string;
  /** What a subscription tells of a single contract; null where it is one for many, or where its silence says nothing. */
  sourceOf(param: string): SubscriptionSource | null;
  subscribe(params: readonly string[], id: number): string;
  unsubscribe(params: readonly string[], id: number): string;
  keepAlive(id: number): string;
}

/** One attempt's own state, so that nothing of an earlier one can leak into it. */
export interface Connection {
  socket: WebSocket | null;
  readonly startedMs: number;
  openedMs: number | null;
  /** Params that were subscribed on this connection. */
  readonly asked: Set<string>;
  /** Those of them that are to be unsubscribed and asked for again. */
  readonly stale: Set<string>;
  readonly watch: SubscriptionWatch;
  /** Contracts of which nothing comes though they were asked for again. */
  mute: readonly string[];
  /** What each message subscribed to. */
  readonly subscribed: Map<number, readonly string[]>;
  /** Params that were in a message which was refused. */
  readonly alone: Set<string>;
  /** When more was last subscribed. */
  askedMs: number;
  readonly heardMs: Map<string, number>;
  keptAliveMs: number;
  isKeepAliveDue: boolean;
  sentMs: number;
  messageId: number;
  cancelTick: () => void;
  cancelSend: () => void;
}

/** A try that began at `startedMs`, machine time: nothing asked for, nothing heard. */
export const createConnection = (startedMs: number): Connection => ({
  socket: null,
  startedMs,
  openedMs: null,
  asked: new Set(),
  stale: new Set(),
  watch: createSubscriptionWatch(),
  mute: [],
  subscribed: new Map(),
  alone: new Set(),
  askedMs: startedMs,
  heardMs: new Map(),
  keptAliveMs: startedMs,
  isKeepAliveDue: false,
  sentMs: -Infinity,
  messageId: 0,
  cancelTick: () => {},
  cancelSend: () => {},
});

/** From then on what was subscribed so has to be asked for again, each by itself. */
export function forgetAsked({ asked, alone }: Connection, params: readonly string[]): void {
  for (const param of params) {
    asked.delete(param);
    alone.add(param);
  }
}

/** What has been silent for too long is to be asked for again, unless it was refused. */
export function noteSilent(connection: Connection, isRefused: (param: string) => boolean, nowMs: number): void {
  const { asked, stale, watch } = connection;
  const { due, mute } = watch.look((param) => asked.has(param) && !stale.has(param) && !isRefused(param), nowMs);
  for (const param of due) stale.add(param);
  if (mute.join() !== connection.mute.join()) connection.mute = mute;
}

/** The next message that is due on a connection, which is then taken to be sent; null where none is. */
export function nextMessage(
  connection: Connection,
  wanted: ReadonlySet<string>,
  protocol: SocketProtocol,
  nowMs: number,
): string | null {
  const { asked, stale, watch } = connection;
  const gone = firstBatch(
    [...asked].filter((param) => !wanted.has(param) || stale.has(param)),
    protocol,
  );
  if (gone.length > 0) {
    for (const param of gone) {
      asked.delete(param);
      stale.delete(param);
      if (!wanted.has(param)) watch.forget(param);
    }
    return protocol.unsubscribe(gone, ++connection.messageId);
  }
  const waiting = [...wanted].filter((param) => !asked.has(param));
  const together = firstBatch(
    waiting.filter((param) => !connection.alone.has(param)),
    protocol,
  );
  const added = together.length > 0 ? together : waiting.slice(0, 1);
  if (added.length > 0) {
    for (const param of added) {
      asked.add(param);
      watch.asked(param, protocol.sourceOf(param), nowMs);
    }
    connection.askedMs = nowMs;
    connection.subscribed.set(++connection.messageId, added);
    return protocol.subscribe(added, connection.messageId);
  }
  if (!connection.isKeepAliveDue) return null;
  connection.isKeepAliveDue = false;
  return protocol.keepAlive(++connection.messageId);
}

/** What of these goes into one message. */
function firstBatch(params: readonly string[], protocol: SocketProtocol): readonly string[] {
  const group = params.length === 0 ? undefined : protocol.groupOf?.(params[0]);
  return params.filter((param) => protocol.groupOf?.(param) === group).slice(0, PARAMS_PER_MESSAGE);
}

import { MINUTE_MS, SECOND_MS } from '@/lib/core/time';

import {
  createConnection,
  forgetAsked,
  nextMessage,
  noteSilent,
  type Connection,
  type SocketProtocol,
} from './connection';
import type { ReconnectingSocket, Refused, SocketEvents } from './reconnecting-socket';
import { createRefusals } from './refusals';
import type { VenueEnvironment } from './venue';

const TICK_MS = 5 * SECOND_MS;
const HANDSHAKE_MS = 15 * SECOND_MS;
/** Also what keeps an extension's service worker alive: it dies after 30 s without socket traffic. */
const KEEP_ALIVE_MS = 20 * SECOND_MS;
const SILENCE_MS = 30 * SECOND_MS;
const MAX_SILENCE_MS = 10 * MINUTE_MS;
const MAX_BACKOFF_MS = MINUTE_MS;
/** Four messages a second: venues cut the connection at five. */
const SEND_GAP_MS = 250;

/** `random` in [0, 1) spreads the reconnects of many clients. */
export function createSocket(
  environment: Pick<VenueEnvironment, 'createSocket' | 'now' | 'setTimer'>,
  protocol: SocketProtocol,
  events: SocketEvents,
  random: () => number,
): ReconnectingSocket {
  const { now, setTimer } = environment;
  let wanted = new Set<string>();
  let current: Connection | null = null;
  let isFirst = true;
  let failures = 0;
  /** Silent connections in a row: a quiet market must not be reconnected every half minute. */
  let silences = 0;
  let cancelRetry: (() => void) | null = null;
  let isOnFallback = false;

  const silenceMs = () => Math.min(MAX_SILENCE_MS, SILENCE_MS * 2 ** silences);

  const drop = (): void => {
    const dropped = current;
    current = null;
    if (dropped === null) return;
    dropped.cancelTick();
    dropped.cancelSend();
    refusals.cancel();
    dropped.socket?.close();
  };

  const scheduleConnect = (failed: Connection): number => {
    if (failed.heardMs.size === 0) isOnFallback = protocol.fallbackUrl !== undefined && !isOnFallback;
    const backoffMs = Math.min(MAX_BACKOFF_MS, SECOND_MS * 2 ** failures) * (0.5 + 0.5 * random());
    failures += 1;
    cancelRetry = setTimer(connect, backoffMs);
    return now() + backoffMs;
  };

  const lose = (connection: Connection): void => {
    if (connection !== current) return;
    drop();
    events.onStatus({ kind: 'lost', retryAtMs: scheduleConnect(connection) });
  };

  const tick = (connection: Connection): void => {
    // First of all: whatever fails below, the connection goes on being watched.
    connection.cancelTick = setTimer(() => tick(connection), TICK_MS);
    const nowMs = now();
    if (connection.openedMs === null) {
      if (nowMs - connection.startedMs >= HANDSHAKE_MS) return lose(connection);
    } else {
      const sinceMs = Math.max(connection.openedMs, connection.askedMs);
      const silent = protocol.controls.filter(
        (control) => nowMs - (connection.heardMs.get(control) ?? sinceMs) >= silenceMs(),
      );
      if (silent.length > 0) {
        silences += 1;
        drop();
        events.onStatus({ kind: 'silent', controls: silent, retryAtMs: scheduleConnect(connection) });
        return;
      }
      if (nowMs - connection.keptAliveMs >= KEEP_ALIVE_MS) {
        connection.keptAliveMs = nowMs;
        connection.isKeepAliveDue = true;
        sendNext(connection);
      }
      renewSilent(connection, nowMs);
    }
  };

  const renewSilent = (connection: Connection, nowMs: number): void => {
    const before = connection.mute;
    noteSilent(connection, (param) => refusals.has(param), nowMs);
    if (connection.stale.size > 0) sendNext(connection);
    if (connection.mute !== before) events.onStatus({ kind: 'mute', symbols: connection.mute });
  };

  const sendNext = (connection: Connection): void => {
    if (connection !== current || connection.openedMs === null) return;
    connection.cancelSend();
    const waitMs = connection.sentMs + SEND_GAP_MS - now();
    if (waitMs <= 0) {
      const message = nextMessage(connection, wanted, protocol, now());
      if (message === null) return;
      connection.sentMs = now();
      connection.socket?.send(message);
    }
    connection.cancelSend = setTimer(() => sendNext(connection), Math.max(waitMs, SEND_GAP_MS));
  };

  const askAgain = (params: readonly string[]): void => {
    if (current === null) return;
    forgetAsked(current, params);
    sendNext(current);
  };
  const newRefusals = () =>
    createRefusals({
      now,
      setTimer,
      isWanted: (param) => wanted.has(param),
      askAgain,
      onAccepted: (params, isAll) => events.onStatus({ kind: 'accepted', params, isAll }),
    });
  let refusals = newRefusals();
  const refuse = (params: readonly string[]): Refused => ({
    params,
    retryAtMs: params.length === 0 ? null : refusals.add(params),
  });

  const connect = (): void => {
    cancelRetry = null;
    const connection = createConnection(now());
    current = connection;
    connection.cancelTick = setTimer(() => tick(connection), TICK_MS);
    refusals = newRefusals();
    const isReplacement = !isFirst;
    isFirst = false;
    events.onStatus({ kind: 'connecting' });
    try {
      connection.socket = environment.createSocket(
        isOnFallback ? (protocol.fallbackUrl ?? protocol.url) : protocol.url,
      );
    } catch {
      // The browser may refuse at once, e.g. while offline policies apply.
      return lose(connection);
    }
    const { socket } = connection;
    let hasSpoken = false;
    socket.onopen = () => {
      if (connection !== current) return;
      connection.openedMs = now();
      connection.keptAliveMs = now();
      sendNext(connection);
    };
    socket.onmessage = (event: MessageEvent<unknown>) => {
      if (connection !== current) return;
      if (!hasSpoken && isReplacement) events.onReconnect();
      hasSpoken = true;
      if (typeof event.data === 'string') events.onMessage(event.data);
    };
    socket.onclose = () => lose(connection);
    socket.onerror = () => lose(connection);
  };

  const stop = (): void => {
    cancelRetry?.();
    cancelRetry = null;
    drop();
    isFirst = true;
    failures = 0;
    silences = 0;
    events.onStatus({ kind: 'idle' });
  };

  return {
    want(params) {
      wanted = new Set(params);
      if (wanted.size === 0) stop();
      else if (current !== null) sendNext(current);
      else if (cancelRetry === null) connect();
    },
    heard(control, symbol) {
      if (current === null) return;
      const nowMs = now();
      current.heardMs.set(control, nowMs);
      if (symbol !== undefined) current.watch.heard(control, symbol, nowMs);
      failures = 0;
      const { heardMs } = current;
      if (protocol.controls.every((each) => heardMs.has(each))) silences = 0;
    },
    refused(messageId) {
      const params = current?.subscribed.get(messageId) ?? [];
      if (params.length < 2) return refuse(params);
      askAgain(params);
      return { params: [], retryAtMs: null };
    },
    refusedWhere: (isRefused) => refuse([...(current?.asked ?? [])].filter(isRefused)),
    renew(symbols) {
      if (current === null) return;
      for (const param of current.asked)
        if (symbols.includes(protocol.sourceOf(param)?.symbol ?? '')) current.stale.add(param);
      sendNext(current);
    },
    retry() {
      refusals.retry();
      if (cancelRetry === null) return;
      cancelRetry();
      connect();
    },
    close() {
      wanted = new Set();
      stop();
    },
  };
}

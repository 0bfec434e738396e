import type { Port } from './feed-port';
import { createHello, decodeServerMessage } from './feed-wire';
import type { ClientMessage, ServerMessage } from './protocol';

/** Port from a page of ours or a content script to the background, reconnecting when the background's worker dies. */
export interface FeedClient {
  /** Sends now, and again after every reconnect for `watch*` messages until `unwatch` with the same key. */
  send(message: ClientMessage): void;
  /** Called for every message of the background. */
  onMessage(listener: (message: ServerMessage) => void): void;
  /** Called with false when the port is lost, true when it is back. */
  onConnection(listener: (isConnected: boolean) => void): void;
}

export interface FeedClientOptions {
  /** Ends the feed for good. */
  readonly signal: AbortSignal;
  readonly setTimer?: (callback: () => void, delayMs: number) => () => void;
  /** Where `pageshow` is heard: a page taken back from the browser's cache has lost its port without being told. */
  readonly page?: Pick<EventTarget, 'addEventListener'>;
}

const FIRST_DELAY_MS = 100;
const LONGEST_DELAY_MS = 5_000;

/**
 * Connects at once and again whenever the port is lost: immediately the first time, then with doubling delays until
 * the background answers. Once the extension is gone (updated, removed) connecting throws, and the feed ends silently.
 */
export function createFeedClient(connect: () => Port, options: FeedClientOptions): FeedClient {
  const { signal, setTimer = setTimeoutTimer, page = globalThis } = options;
  const watches = new Map<string, ClientMessage>();
  const messageListeners: ((message: ServerMessage) => void)[] = [];
  const connectionListeners: ((isConnected: boolean) => void)[] = [];
  let port: Port | null = null;
  let unsent: ClientMessage[] = [];
  let delayMs = 0;
  let cancelTimer = () => {};
  let hasEnded = false;

  const tell = (isConnected: boolean) => {
    for (const listener of connectionListeners) listener(isConnected);
  };

  const open = () => {
    if (hasEnded) return;
    let opened: Port;
    try {
      opened = connect();
    } catch {
      hasEnded = true;
      return;
    }
    port = opened;
    opened.onMessage.addListener((wire) => {
      if (port !== opened) return;
      delayMs = 0;
      const message = decodeServerMessage(wire);
      if (message !== null) for (const listener of messageListeners) listener(message);
    });
    opened.onDisconnect.addListener(() => lose(opened));
    if (![createHello(), ...watches.values(), ...unsent].every((message) => post(opened, message))) return;
    unsent = [];
    tell(true);
  };

  const lose = (lost: Port) => {
    if (port !== lost) return;
    port = null;
    if (hasEnded) return;
    cancelTimer = setTimer(open, delayMs);
    delayMs = delayMs === 0 ? FIRST_DELAY_MS : Math.min(2 * delayMs, LONGEST_DELAY_MS);
    tell(false);
  };

  /** False when the port turns out to be lost. */
  const post = (to: Port, message: unknown): boolean => {
    try {
      to.postMessage(message);
      return true;
    } catch {
      lose(to);
      return false;
    }
  };

  const end = () => {
    hasEnded = true;
    cancelTimer();
    unsent = [];
    const last = port;
    port = null;
    last?.disconnect();
  };

  const reconnect = (event: Event) => {
    if (!(event as PageTransitionEvent).persisted || port === null) return;
    const stale = port;
    delayMs = 0;
    lose(stale);
    stale.disconnect();
  };

  if (signal.aborted) hasEnded = true;
  signal.addEventListener('abort', end);
  page.addEventListener('pageshow', reconnect, { signal });
  open();

  return {
    send(message) {
      if (hasEnded) return;
      const isSent = port !== null && post(port, message);
      if (message.type === 'unwatch') watches.delete(message.key);
      else if ('key' in message) watches.set(message.key, message);
      else if (!isSent) unsent.push(message);
    },
    onMessage: (listener) => void messageListeners.push(listener),
    onConnection: (listener) => void connectionListeners.push(listener),
  };
}

function setTimeoutTimer(callback: () => void, delayMs: number): () => void {
  const timer = setTimeout(callback, delayMs);
  return () => clearTimeout(timer);
}

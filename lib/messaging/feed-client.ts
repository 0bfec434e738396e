import { MINUTE_MS } from '@/lib/core/time';

import type { Port } from './feed-port';
import { messageFromWire, TAKEN } from './feed-wire';
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
  /**
   * Where `pageshow` is heard: a page taken back from the browser's cache has lost its port without being told; and whether anybody
   * sees it.
   */
  readonly page?: Pick<EventTarget, 'addEventListener'> & { readonly document: Pick<Document, 'hidden'> };
}

const FIRST_DELAY_MS = 100;
const LONGEST_DELAY_MS = 5_000;
/** Who looks at a chart every quarter of an hour loses nothing of what is recorded only while somebody watches. */
const REST_MS = 15 * MINUTE_MS;

/**
 * Connects at once and again whenever the port is lost while anything is wanted: immediately the first time, then with doubling
 * delays until the background answers. A page that nobody saw for a while rests: it gives its port up until it is seen again.
 * Once the extension is gone (updated, removed) connecting throws, and the feed ends silently.
 */
export function createFeedClient(connect: () => Port, options: FeedClientOptions): FeedClient {
  const { signal, setTimer = setTimeoutTimer, page = globalThis } = options;
  const watches = new Map<string, ClientMessage>();
  const messageListeners: ((message: ServerMessage) => void)[] = [];
  const connectionListeners: ((isConnected: boolean) => void)[] = [];
  let port: Port | null = null;
  let unsent: ClientMessage[] = [];
  let delayMs = 0;
  let cancelOpening: (() => void) | null = null;
  let cancelRest = () => {};
  let isResting = false;
  let hasEnded = false;

  const tell = (isConnected: boolean) => {
    for (const listener of connectionListeners) listener(isConnected);
  };

  const open = () => {
    cancelOpening = null;
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
      // First, so that a listener that throws does not silence the feed.
      post(opened, TAKEN);
      const message = messageFromWire(wire);
      for (const listener of messageListeners) listener(message);
    });
    opened.onDisconnect.addListener(() => lose(opened));
    if (![...watches.values(), ...unsent].every((message) => post(opened, message))) return;
    unsent = [];
    tell(true);
  };

  const lose = (lost: Port) => {
    if (port !== lost) return;
    port = null;
    if (hasEnded) return;
    tell(false);
    openLater();
  };

  /** A worker that went because nobody wants anything stays away until somebody does. */
  const openLater = () => {
    if (port || cancelOpening || isResting || watches.size + unsent.length === 0) return;
    cancelOpening = setTimer(open, delayMs);
    delayMs = delayMs === 0 ? FIRST_DELAY_MS : Math.min(2 * delayMs, LONGEST_DELAY_MS);
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

  const disconnect = () => {
    cancelOpening?.();
    cancelOpening = null;
    const last = port;
    port = null;
    last?.disconnect();
  };

  const end = () => {
    hasEnded = true;
    cancelRest();
    unsent = [];
    disconnect();
  };

  const onVisibility = () => {
    cancelRest();
    if (page.document.hidden) {
      cancelRest = setTimer(() => {
        isResting = true;
        disconnect();
      }, REST_MS);
    } else if (isResting) {
      isResting = false;
      openLater();
    }
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
  page.addEventListener('visibilitychange', onVisibility, { signal });
  open();
  onVisibility();

  return {
    send(message) {
      if (hasEnded) return;
      if (message.type === 'unwatch') watches.delete(message.key);
      else if ('key' in message) watches.set(message.key, message);
      if (port !== null && post(port, message)) return;
      if (!('key' in message)) unsent.push(message);
      openLater();
    },
    onMessage: (listener) => void messageListeners.push(listener),
    onConnection: (listener) => void connectionListeners.push(listener),
  };
}

function setTimeoutTimer(callback: () => void, delayMs: number): () => void {
  const timer = setTimeout(callback, delayMs);
  return () => clearTimeout(timer);
}

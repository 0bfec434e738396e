import type { LogLine, VenueLimits } from '@/lib/market/request-limit';
import type { FeedClient } from '@/lib/messaging/feed-client';

/** What the background tells of itself; null before it did. */
export type BackgroundState = { readonly limits: readonly VenueLimits[]; readonly log: readonly LogLine[] } | null;

export interface DiagnosticsModel {
  state(): BackgroundState;
  subscribe(listener: () => void): () => void;
  /** Until the returned function is called. */
  watch(): () => void;
}

const KEY = 'diagnostics';

export function createDiagnosticsModel(feed: FeedClient): DiagnosticsModel {
  const listeners = new Set<() => void>();
  let state: BackgroundState = null;

  feed.onMessage((message) => {
    if (message.type !== 'diagnostics') return;
    const { limits, log } = message;
    state = { limits, log };
    for (const listener of listeners) listener();
  });

  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    watch() {
      feed.send({ type: 'watch-diagnostics', key: KEY });
      return () => feed.send({ type: 'unwatch', key: KEY });
    },
  };
}

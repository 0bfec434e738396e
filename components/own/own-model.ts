import type { OwnPosition, OwnPositionRow } from '@/lib/market/own-position';
import type { FeedClient } from '@/lib/messaging/feed-client';

/** What the user keeps on this device, as the background tells it; null before it did. */
export interface OwnState {
  readonly positions: readonly OwnPositionRow[] | null;
}

export interface OwnModel {
  state(): OwnState;
  /** Calls back after every change; the returned function ends it. */
  subscribe(listener: () => void): () => void;
  /** Until the returned function is called. */
  watchPositions(): () => void;
  savePosition(position: OwnPosition): void;
  removePosition(positionId: string): void;
}

const POSITIONS_KEY = 'positions';

/** All state of the pages about the user's own: messages in, rows out. */
export function createOwnModel(feed: FeedClient): OwnModel {
  const listeners = new Set<() => void>();
  let state: OwnState = { positions: null };

  feed.onMessage((message) => {
    if (message.type === 'positions') state = { ...state, positions: message.rows };
    else return;
    for (const listener of listeners) listener();
  });

  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    watchPositions() {
      feed.send({ type: 'watch-positions', key: POSITIONS_KEY });
      return () => feed.send({ type: 'unwatch', key: POSITIONS_KEY });
    },
    savePosition: (position) => feed.send({ type: 'save-position', position }),
    removePosition: (positionId) => feed.send({ type: 'remove-position', positionId }),
  };
}

import type { AlertFiring, AlertRule, QuietHours } from '@/lib/market/alert';
import type { OwnPosition, OwnPositionRow } from '@/lib/market/own-position';
import type { FeedClient } from '@/lib/messaging/feed-client';

/** What the user keeps on this device, as the background tells it; null before it did. */
export interface OwnState {
  readonly positions: readonly OwnPositionRow[] | null;
  readonly alerts: {
    readonly rules: readonly AlertRule[];
    readonly quiet: QuietHours | null;
    /** Newest first. */
    readonly log: readonly AlertFiring[];
  } | null;
}

export interface OwnModel {
  state(): OwnState;
  /** Calls back after every change; the returned function ends it. */
  subscribe(listener: () => void): () => void;
  /** Until the returned function is called. */
  watchPositions(): () => void;
  watchAlerts(): () => void;
  savePosition(position: OwnPosition): void;
  removePosition(positionId: string): void;
  saveRule(rule: AlertRule): void;
  removeRule(ruleId: string): void;
  setQuiet(quiet: QuietHours | null): void;
}

const POSITIONS_KEY = 'positions';
const ALERTS_KEY = 'alerts';

/** All state of the pages about the user's own: messages in, rows out. */
export function createOwnModel(feed: FeedClient): OwnModel {
  const listeners = new Set<() => void>();
  let state: OwnState = { positions: null, alerts: null };

  feed.onMessage((message) => {
    if (message.type === 'positions') state = { ...state, positions: message.rows };
    else if (message.type === 'alerts') {
      const { rules, quiet, log } = message;
      state = { ...state, alerts: { rules, quiet, log } };
    } else return;
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
    watchAlerts() {
      feed.send({ type: 'watch-alerts', key: ALERTS_KEY });
      return () => feed.send({ type: 'unwatch', key: ALERTS_KEY });
    },
    savePosition: (position) => feed.send({ type: 'save-position', position }),
    removePosition: (positionId) => feed.send({ type: 'remove-position', positionId }),
    saveRule: (rule) => feed.send({ type: 'save-rule', rule }),
    removeRule: (ruleId) => feed.send({ type: 'remove-rule', ruleId }),
    setQuiet: (quiet) => feed.send({ type: 'set-quiet', quiet }),
  };
}

import { createFeedModel, type Model, watchUntil } from '@/components/panel/feed-model';
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

export interface OwnModel extends Model<OwnState> {
  /** Until the returned function is called. */
  watchPositions(): () => void;
  watchAlerts(): () => void;
  savePosition(position: OwnPosition): void;
  removePosition(positionId: string): void;
  saveRule(rule: AlertRule): void;
  removeRule(ruleId: string): void;
  setQuiet(quiet: QuietHours | null): void;
}

/** All state of the pages about the user's own: messages in, rows out. */
export function createOwnModel(feed: FeedClient): OwnModel {
  return {
    ...createFeedModel<OwnState>(feed, { positions: null, alerts: null }, (state, message) =>
      message.type === 'positions'
        ? { ...state, positions: message.rows }
        : message.type === 'alerts'
          ? { ...state, alerts: message }
          : state,
    ),
    watchPositions: () => watchUntil(feed, { type: 'watch-positions', key: 'positions' }),
    watchAlerts: () => watchUntil(feed, { type: 'watch-alerts', key: 'alerts' }),
    savePosition: (position) => feed.send({ type: 'save-position', position }),
    removePosition: (positionId) => feed.send({ type: 'remove-position', positionId }),
    saveRule: (rule) => feed.send({ type: 'save-rule', rule }),
    removeRule: (ruleId) => feed.send({ type: 'remove-rule', ruleId }),
    setQuiet: (quiet) => feed.send({ type: 'set-quiet', quiet }),
  };
}

import { createFeedModel, type Model, watchUntil } from '@/components/panel/feed-model';
import type { LogLine, VenueLimits } from '@/lib/market/request-limit';
import type { FeedClient } from '@/lib/messaging/feed-client';

/** What the background tells of itself; null before it did. */
export type BackgroundState = { readonly limits: readonly VenueLimits[]; readonly log: readonly LogLine[] } | null;

export interface DiagnosticsModel extends Model<BackgroundState> {
  /** Until the returned function is called. */
  watch(): () => void;
}

export const createDiagnosticsModel = (feed: FeedClient): DiagnosticsModel => ({
  ...createFeedModel<BackgroundState>(feed, null, (state, message) =>
    message.type === 'diagnostics' ? message : state,
  ),
  watch: () => watchUntil(feed, { type: 'watch-diagnostics', key: 'diagnostics' }),
});

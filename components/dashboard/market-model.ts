import type { LiquidationBoard } from '@/lib/market/realised';
import type { MarketReport } from '@/lib/market/report';
import type { FeedClient } from '@/lib/messaging/feed-client';

/** What the background told of the whole market; null before it did. */
export interface MarketState {
  readonly board: LiquidationBoard | null;
  readonly report: MarketReport | null;
}

export interface MarketModel {
  state(): MarketState;
  /** Calls back after every change; the returned function ends it. */
  subscribe(listener: () => void): () => void;
  /** The tape shows single liquidations of at least so much. */
  watchLiquidations(minUsd: number): void;
  /** Until the returned function is called. */
  watchReport(): () => void;
}

const BOARD_KEY = 'board';
const REPORT_KEY = 'report';

/** All data state of the market beside the one contract: messages in, board and report out. */
export function createMarketModel(feed: FeedClient): MarketModel {
  const listeners = new Set<() => void>();
  let state: MarketState = { board: null, report: null };

  feed.onMessage((message) => {
    if (message.type === 'liquidations') state = { ...state, board: message.board };
    else if (message.type === 'report') state = { ...state, report: message.report };
    else return;
    for (const listener of listeners) listener();
  });

  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    watchLiquidations: (minUsd) => feed.send({ type: 'watch-liquidations', key: BOARD_KEY, minUsd }),
    watchReport() {
      feed.send({ type: 'watch-report', key: REPORT_KEY, marketIds: null });
      return () => feed.send({ type: 'unwatch', key: REPORT_KEY });
    },
  };
}

import type { ContractId } from '@/lib/market/contract';
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
  /** The tape shows single liquidations of at least so much, until the returned function is called. */
  watchLiquidations(minUsd: number): () => void;
  /** With the maps of these contracts' markets, until the returned function is called. */
  watchReport(mapped: readonly ContractId[]): () => void;
}

const BOARD_KEY = 'board';
const REPORT_KEY = 'report';
/** A map is a market at every venue: more at once would strain their limits. */
const MOST_MAPPED = 10;

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
    watchLiquidations(minUsd) {
      feed.send({ type: 'watch-liquidations', key: BOARD_KEY, minUsd });
      return () => feed.send({ type: 'unwatch', key: BOARD_KEY });
    },
    watchReport(mapped) {
      const keys = mapped.slice(0, MOST_MAPPED).map((contractId) => {
        const key = `${REPORT_KEY}-${contractId}`;
        feed.send({ type: 'watch-contract', key, contractId, detail: 'quiet' });
        return key;
      });
      feed.send({ type: 'watch-report', key: REPORT_KEY, marketIds: null });
      return () => {
        for (const key of [...keys, REPORT_KEY]) feed.send({ type: 'unwatch', key });
      };
    },
  };
}

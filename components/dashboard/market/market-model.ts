import { createFeedModel, type Model, watchUntil } from '@/components/panel/feed-model';
import type { ContractId } from '@/lib/market/contract';
import type { LiquidationBoard } from '@/lib/market/realised';
import type { MarketReport } from '@/lib/market/report';
import type { FeedClient } from '@/lib/messaging/feed-client';

/** What the background told of the whole market; null before it did. */
export interface MarketState {
  readonly board: LiquidationBoard | null;
  readonly report: MarketReport | null;
}

export interface MarketModel extends Model<MarketState> {
  /** The tape shows single liquidations of at least so much, until the returned function is called. */
  watchLiquidations(minUsd: number): () => void;
  /** Until the returned function is called. */
  watchReport(): () => void;
  /** The report has the maps of these contracts' markets, until the returned function is called. */
  watchMaps(contractIds: readonly ContractId[]): () => void;
}

const BOARD_KEY = 'board';
const REPORT_KEY = 'report';
/** A map is a market at every venue: more at once would strain their limits. */
const MOST_MAPPED = 10;

/** All data state of the market beside the one contract: messages in, board and report out. */
export function createMarketModel(feed: FeedClient): MarketModel {
  return {
    ...createFeedModel<MarketState>(feed, { board: null, report: null }, (state, message) =>
      message.type === 'liquidations'
        ? { ...state, board: message.board }
        : message.type === 'report'
          ? { ...state, report: message.report }
          : state,
    ),
    watchLiquidations: (minUsd) => watchUntil(feed, { type: 'watch-liquidations', key: BOARD_KEY, minUsd }),
    watchReport: () => watchUntil(feed, { type: 'watch-report', key: REPORT_KEY, marketIds: null }),
    watchMaps(contractIds) {
      const ends = [...new Set(contractIds)].slice(0, MOST_MAPPED).map((contractId) =>
        watchUntil(feed, {
          type: 'watch-contract',
          key: `${REPORT_KEY}-${contractId}`,
          contractId,
          detail: 'quiet',
        }),
      );
      return () => {
        for (const end of ends) end();
      };
    },
  };
}

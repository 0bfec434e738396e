import type { VenueId } from '@/lib/market/contract';
import type { BoardRequest, FeedWatch } from '@/lib/messaging/feed-server';
import { createMarketFeed, type MarketFeedOptions } from '@/lib/services/liquidations/market-feed';
import type { VenueSession } from '@/lib/services/venue/venue-session';

import { createBoardWatches } from './board-watches';
import { createMarketReporter, type MarketReporterOptions } from './market-report';
import { LINGER_MS } from './watched-markets';

export type WholeMarketOptions = Omit<MarketFeedOptions, 'venues'> &
  Pick<MarketReporterOptions, 'summaryOf' | 'openInterest'> & {
    readonly venues: readonly VenueSession[];
    /** Whether anything but a page about the whole market wants its liquidations. */
    readonly isWanted: () => boolean;
  };

/** The market as a whole: its liquidations and its report, followed while anything is watched. */
export interface WholeMarket {
  addBoard(watch: FeedWatch<BoardRequest>): void;
  removeBoard(watch: FeedWatch<BoardRequest>): void;
  /** These venues were switched on or off. */
  switched(venueIds: readonly VenueId[]): void;
  /** Something began or ceased to be watched. */
  update(): void;
}

export function createWholeMarket(options: WholeMarketOptions): WholeMarket {
  const { environment, record } = options;
  let cancelStop = () => {};
  const feed = createMarketFeed(options);
  const boards = createBoardWatches(record, () => reporter, environment);
  const reporter = createMarketReporter({ ...options, onChange: () => boards.touchReport() });

  /** As long after the last watch as a session. */
  const update = (): void => {
    cancelStop();
    if (boards.size > 0 || options.isWanted()) feed.start();
    else cancelStop = environment.setTimer(() => feed.stop(), LINGER_MS);
  };

  return {
    addBoard(watch) {
      boards.add(watch);
      update();
    },
    removeBoard(watch) {
      boards.remove(watch);
      update();
    },
    switched: (venueIds) => feed.switched(venueIds),
    update,
  };
}

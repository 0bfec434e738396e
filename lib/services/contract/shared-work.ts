import type { PriorName } from '@/lib/market/prior';
import { createSharedBooks, type SharedBooks } from '@/lib/model/shared-books';
import { createTurns, type Turns } from '@/lib/services/scheduling/turns';

import { PAGES_AT_ONCE } from './series-filler';

/** What the contracts share, as each holding its own at the same time would fill the memory. */
export interface SharedWork {
  /** Folds of a month. */
  readonly folds: Turns;
  /** Columns of a stretch: they take seconds, so that no fold may stand behind them. */
  readonly columns: Turns;
  /** Where bars that are still open are folded. */
  readonly liveBooks: SharedBooks;
  /** What all of them assume of leverage where nothing was learned. */
  readonly prior: () => PriorName;
}

/** What the contracts of one venue share while their history is fetched: as many pages as it answers at a time. */
export interface PageTurns {
  readonly bars: Turns;
  readonly openInterest: Turns;
}

export const createPageTurns = (): PageTurns => ({
  bars: createTurns(PAGES_AT_ONCE),
  openInterest: createTurns(PAGES_AT_ONCE),
});

export const createSharedWork = (prior: () => PriorName): SharedWork => ({
  prior,
  folds: createTurns(),
  columns: createTurns(),
  liveBooks: createSharedBooks(),
});

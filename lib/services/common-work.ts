import { createSharedBooks, type SharedBooks } from '@/lib/model/shared-books';

import { createTurns, type Turns } from './turns';

/** What the contracts share, as each holding its own at the same time would fill the memory. */
export interface CommonWork {
  /** Folds of a month. */
  readonly folds: Turns;
  /** Columns of a month: they take seconds, so that no fold may stand behind them. */
  readonly columns: Turns;
  /** Where bars that are still open are folded. */
  readonly liveBooks: SharedBooks;
}

export const createCommonWork = (): CommonWork => ({
  folds: createTurns(),
  columns: createTurns(),
  liveBooks: createSharedBooks(),
});

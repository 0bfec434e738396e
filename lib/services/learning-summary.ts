import type { LearningSummary } from '@/lib/market/summary';
import { ENOUGH_EVENTS } from '@/lib/model/leverage-learning';

import type { Estimator } from './estimator';
import type { Scoreboard } from './scoreboard';

/** What was learned and how true the map was, in the popup's terms. */
export const learningSummary = (
  { mixInForce, eventCount }: Pick<Estimator, 'mixInForce' | 'eventCount'>,
  { lastDay, month, liquidatedShare }: Pick<Scoreboard, 'lastDay' | 'month' | 'liquidatedShare'>,
  openInterestUsd: number,
): LearningSummary => ({
  source: mixInForce?.source ?? 'prior',
  learnedThroughMs: mixInForce?.throughMs ?? null,
  eventCount,
  enoughEvents: ENOUGH_EVENTS,
  liquidatedShare: liquidatedShare(openInterestUsd),
  lastDay,
  month,
});

import type { PositionSide } from '@/lib/market/liquidation';
import { usdBetween, type Profile } from '@/lib/market/profile';
import type { ExpectedLiquidation } from '@/lib/market/score';
import type { LearningSummary } from '@/lib/market/summary';
import { ENOUGH_EVENTS } from '@/lib/model/leverage-learning';

import type { Estimator } from './estimator';
import type { Scoreboard } from './scoreboard';

const DISTANCES = [0.01, 0.02, 0.05] as const;

/** What was learned and how true the map was, in the popup's terms; `profile` is the contract's own. */
export function learningSummary(
  { mixInForce, eventCount }: Pick<Estimator, 'mixInForce' | 'eventCount'>,
  { lastDay, month, liquidatedShare, expectedInterval }: Omit<Scoreboard, 'freeze' | 'settle' | 'sumUp'>,
  profile: Profile,
): LearningSummary {
  const { markPrice } = profile;
  const share = liquidatedShare(profile.openInterestUsd);
  const expectedOf = (side: PositionSide, distance: number): ExpectedLiquidation => {
    const far = markPrice * (side === 'long' ? 1 - distance : 1 + distance);
    const atRisk = usdBetween(profile, Math.min(far, markPrice), Math.max(far, markPrice))[side];
    const usd = share[side] * atRisk;
    const interval = expectedInterval(side, usd);
    return { usd, lowUsd: interval?.low ?? null, highUsd: interval?.high ?? null };
  };
  return {
    source: mixInForce?.source ?? 'prior',
    learnedThroughMs: mixInForce?.throughMs ?? null,
    eventCount,
    enoughEvents: ENOUGH_EVENTS,
    liquidatedShare: share,
    expected: DISTANCES.map((distance) => ({
      distance,
      long: expectedOf('long', distance),
      short: expectedOf('short', distance),
    })),
    lastDay,
    month,
  };
}

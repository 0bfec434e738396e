import type { PositionSide } from '@/lib/market/liquidation';
import type { UsdInterval } from '@/lib/model/uncertainty';
import type { CountedMember } from '@/lib/services/market/market-members';

/** 80 % interval of the USD between two prices on one side. */
export type ReadInterval = (side: PositionSide, fromPrice: number, toPrice: number) => UsdInterval;

/**
 * Interval of the sum of maps, in prices of a contract whose mark is `markPrice`: each map is read at the same distances from
 * its own mark. Ends are added up, as what is not learned (churn, lifetimes, margin) errs alike at every venue.
 */
export const marketInterval =
  (members: readonly CountedMember[], markPrice: number): ReadInterval =>
  (side, fromPrice, toPrice) =>
    members
      .map(({ session, profile }) => {
        const factor = profile.markPrice / markPrice;
        return session.interval(side, fromPrice * factor, toPrice * factor);
      })
      .reduce((sum, each) => ({
        usd: sum.usd + each.usd,
        lowUsd: sum.lowUsd + each.lowUsd,
        highUsd: sum.highUsd + each.highUsd,
      }));

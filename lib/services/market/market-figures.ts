import type { Contract } from '@/lib/market/contract';
import type { OwnLevel, OwnLiquidation } from '@/lib/market/own-position';
import type { Profile } from '@/lib/market/profile';
import { profileFromSum, type ProfileSum } from '@/lib/market/profile-sum';
import type { Summary } from '@/lib/market/summary';
import type { MarketHours } from '@/lib/market/trading-hours';
import { marketInterval } from '@/lib/services/contract/market-interval';
import { ownLevelsIn } from '@/lib/services/positions/own-levels';

import type { MarketMembers } from './market-members';
import { liquidatedOf, membersOf, observedShareOf, openInterestChange, type MarketVenue } from './market-view';
import type { OpenInterestBook } from './open-interest-book';

export interface MarketFiguresOptions {
  readonly members: Pick<MarketMembers, 'counted' | 'sessionOf' | 'hasFailed'>;
  readonly venues: () => readonly MarketVenue[];
  readonly openInterest: OpenInterestBook;
  readonly hours: () => MarketHours | null;
  readonly ownLiquidations: () => readonly OwnLiquidation[];
}

/** What a market's sum says in the prices of one of its contracts, the frame; null while that one has no map. */
export interface MarketFigures {
  profile(total: ProfileSum, frame: Contract): Profile | null;
  ownLevels(total: ProfileSum, frame: Contract): OwnLevel[] | null;
  summary(total: ProfileSum, frame: Contract): Summary | null;
}

export function createMarketFigures(options: MarketFiguresOptions): MarketFigures {
  const { members, openInterest } = options;

  const profileIn = (total: ProfileSum, frame: Contract): Profile | null => {
    const shown = members.counted().find(({ contract }) => contract.id === frame.id);
    return shown === undefined ? null : profileFromSum(total, shown.profile);
  };

  const ownLevelsOf = (profile: Profile, frame: Contract): OwnLevel[] => {
    const counted = members.counted();
    const interval = marketInterval(counted, profile.markPrice);
    return ownLevelsIn(options.ownLiquidations(), profile, frame.multiplier, counted, interval);
  };

  return {
    profile: profileIn,
    ownLevels(total, frame) {
      const profile = profileIn(total, frame);
      return profile === null ? null : ownLevelsOf(profile, frame);
    },
    summary(total, frame) {
      const profile = profileIn(total, frame);
      if (profile === null) return null;
      const counted = members.counted();
      const own = members.sessionOf(frame.id)?.summary(profile, marketInterval(counted, profile.markPrice));
      if (!own) return null;
      const hours = options.hours();
      const observed = counted.flatMap(({ session }) => session.observed() ?? []);
      return {
        ...own,
        liquidated: liquidatedOf(counted),
        openInterestChange24h: openInterestChange(counted),
        ownLevels: ownLevelsOf(profile, frame),
        hours,
        members: membersOf(options.venues(), members, openInterest, hours?.isClosed === true),
        observed,
        observedShare: observedShareOf(counted, observed),
      };
    },
  };
}

import { priceBin, type Profile } from '@/lib/market/profile';

import { runningSum } from './profile-sums';

/** Running sums, as of the sides, of every group of leverage, lowest first. */
export interface GroupSums {
  /** Both sides in one. */
  readonly running: readonly Float64Array[];
  /** The bin that parts them, may lie outside: longs are below it, shorts from it on. */
  readonly markBin: number;
}

/** Null where the profile was told without its groups. */
export const groupSumsFromProfile = (profile: Profile): GroupSums | null =>
  profile.groups === undefined
    ? null
    : { running: profile.groups.map(runningSum), markBin: priceBin(profile, profile.markPrice) };

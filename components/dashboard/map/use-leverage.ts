import { useMemo } from 'preact/hooks';

import type { Profile } from '@/lib/market/profile';
import { wantedProfile } from '@/lib/model/leverage-split';

import type { MapDay } from './map-day';
import { createWantedDays, isUnsplit } from './wanted-days';

export const ALL_GROUPS: readonly boolean[] = [true, true, true, true];

/** The map of the wanted groups of leverage: its days, and the live one, null until it is told by groups where some are not wanted. */
export function useLeverage(
  groups: readonly boolean[],
  days: ReadonlyMap<number, MapDay> | null,
  profile: Profile | null,
) {
  const isAll = groups.every(Boolean);
  const toWanted = useMemo(() => createWantedDays(groups), [groups]);
  const wantedDays = useMemo(() => (days === null ? null : toWanted(days)), [days, toWanted]);
  return {
    days: wantedDays,
    /** Whether some columns that are shown otherwise are not, as they are of before columns were split. */
    hasUnsplit: useMemo(
      () => !isAll && [...(days?.values() ?? [])].some(({ slots }) => slots.some(isUnsplit)),
      [isAll, days],
    ),
    profile: useMemo(
      () => (isAll || profile === null ? profile : wantedProfile(profile, groups)),
      [isAll, profile, groups],
    ),
  };
}

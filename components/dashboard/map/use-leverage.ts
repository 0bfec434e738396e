import { useEffect, useMemo, useState } from 'preact/hooks';

import type { Contract } from '@/lib/market/contract';
import type { Profile } from '@/lib/market/profile';
import { wantedProfile } from '@/lib/model/leverage-split';

import type { GroupsFeed } from './groups-feed';
import type { MapDay } from './map-day';
import { createWantedDays } from './wanted-days';

export const ALL_GROUPS: readonly boolean[] = [true, true, true, true];

/** The map of the wanted groups of leverage: its days, and the live one, which is told by groups only while some are not wanted. */
export function useLeverage(
  groups: readonly boolean[],
  contract: Contract | null,
  days: ReadonlyMap<number, MapDay> | null,
  profile: Profile | null,
  feed: GroupsFeed,
) {
  const [told, setTold] = useState<Profile | null>(null);
  const isAll = groups.every(Boolean);
  const id = contract?.id ?? null;
  useEffect(() => {
    setTold(null);
    return isAll || id === null ? undefined : feed.follow(id, setTold);
  }, [isAll, id, feed]);
  const toWanted = useMemo(() => createWantedDays(groups), [groups]);
  const wantedDays = useMemo(() => (days === null ? null : toWanted(days)), [days, toWanted]);
  return {
    days: wantedDays,
    /** Whether some columns that are shown otherwise are not, as they are of before columns were split. */
    hasUnsplit: useMemo(() => !isAll && countColumns(days) > countColumns(wantedDays), [isAll, days, wantedDays]),
    profile: useMemo(
      () => (isAll ? profile : told === null ? null : wantedProfile(told, groups)),
      [isAll, isAll ? profile : told, groups],
    ),
  };
}

const countColumns = (days: ReadonlyMap<number, MapDay> | null): number =>
  [...(days?.values() ?? [])].reduce((sum, { slots }) => sum + slots.filter(([shown]) => shown).length, 0);

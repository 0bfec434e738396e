import type { Profile } from '@/lib/market/profile';
import { usdBetween } from '@/lib/market/profile';
import { profileOfSlot } from '@/lib/model/column-slot';

import type { MapDay } from './map-day';
import { slotAt } from './map-reading';

const STEP = 0.01;
const STEPS_PER_SIDE = 10;
/** Moments of the past, evenly over the range. */
const MOMENTS = 4;

/** A map in figures: USD by distance from the price of each moment. */
export interface MapTable {
  /** Times of the columns that are read; the newest is now where there is a live map. */
  readonly timesMs: readonly number[];
  readonly rows: readonly {
    /** Signed fractions from the moment's mark; shorts lie above, longs below. */
    readonly from: number;
    readonly to: number;
    /** As many as times. */
    readonly usd: readonly number[];
    /** Of the live map's, by group of leverage, lowest first; empty where they are not told apart. */
    readonly liveByGroup: readonly number[];
  }[];
}

/** The live map and some of the columns before it, per cent by per cent, highest first; null where neither is known. */
export function mapTable(
  days: ReadonlyMap<number, MapDay>,
  live: Profile | null,
  nowMs: number,
  rangeMs: number,
): MapTable | null {
  const past = Array.from({ length: MOMENTS }, (_, i) => slotAt(days, nowMs - ((i + 1) * rangeMs) / MOMENTS));
  const profiles = [live, ...past.map((slot) => (slot === undefined ? null : profileOfSlot(slot)))].filter(
    (profile) => profile !== null,
  );
  if (profiles.length === 0) return null;
  const rows = Array.from({ length: 2 * STEPS_PER_SIDE }, (_, i) => {
    const to = (STEPS_PER_SIDE - i) * STEP;
    const from = to - STEP;
    const usd = profiles.map((profile) => {
      const { long, short } = usdBetween(profile, profile.markPrice * (1 + from), profile.markPrice * (1 + to));
      return to > 0 ? short : long;
    });
    return { from, to, usd, liveByGroup: byGroup(live, from, to) };
  });
  return { timesMs: profiles.map(({ asOfMs }) => asOfMs), rows };
}

/** A group's bins hold longs and shorts alike, as no bin holds both. */
const byGroup = (live: Profile | null, from: number, to: number): number[] =>
  live === null
    ? []
    : (live.groups ?? []).map(
        (bins) => usdBetween({ ...live, long: bins }, live.markPrice * (1 + from), live.markPrice * (1 + to)).long,
      );

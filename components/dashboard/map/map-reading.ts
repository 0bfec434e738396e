import { xToTime, yToPrice, type MapArea, type MapWindow } from '@/lib/chart/map-window';
import { DAY_MS, floorToStep } from '@/lib/core/time';
import { type Profile, usdAround, usdBetween } from '@/lib/market/profile';
import { profileOfSlot } from '@/lib/model/column-slot';
import { COLUMN_MS } from '@/lib/model/history';

import { dayOf, type MapDay } from './map-day';

/** How far "at this price" reaches to both sides, as a fraction. */
export const READING_REACH = 0.001;

/** What the map says at a point of it. */
export interface MapReading {
  readonly timeMs: number;
  readonly price: number;
  /** Signed fraction from the mark of that time. */
  readonly distance: number;
  /** USD within `READING_REACH`. */
  readonly longUsd: number;
  readonly shortUsd: number;
  /** USD that a move from the mark of that time to the price would have closed. */
  readonly toHereUsd: number;
  /** When the map was as it is read: the column's time, or now. */
  readonly asOfMs: number;
  readonly isLive: boolean;
}

/** Null where there is no column: nothing is known of that time. */
export function readMap(
  days: ReadonlyMap<number, MapDay>,
  live: Profile | null,
  lastBarMs: number,
  window: MapWindow,
  area: MapArea,
  x: number,
  y: number,
): MapReading | null {
  const timeMs = xToTime(window, area, x);
  const price = yToPrice(window, area, y);
  const isLive = timeMs >= lastBarMs;
  const profile = isLive ? live : columnProfile(days, timeMs);
  if (profile === null) return null;
  const near = usdAround(profile, price, READING_REACH);
  const way = usdBetween(profile, profile.markPrice, price);
  return {
    timeMs,
    price,
    distance: price / profile.markPrice - 1,
    longUsd: near.long,
    shortUsd: near.short,
    toHereUsd: price < profile.markPrice ? way.long : way.short,
    asOfMs: profile.asOfMs,
    isLive,
  };
}

/** The columns as of the quarter of an hour that holds a time. */
export function slotAt(days: ReadonlyMap<number, MapDay>, timeMs: number): MapDay['slots'][number] | undefined {
  const slotMs = floorToStep(timeMs, COLUMN_MS);
  return days.get(dayOf(slotMs))?.slots[(slotMs % DAY_MS) / COLUMN_MS];
}

let read: { readonly slot: unknown; readonly profile: Profile | null } = { slot: null, profile: null };

/** The pointer stays in a column for many frames: the last one read is kept. */
function columnProfile(days: ReadonlyMap<number, MapDay>, timeMs: number): Profile | null {
  const slot = slotAt(days, timeMs);
  if (slot === undefined) return null;
  if (read.slot !== slot) read = { slot, profile: profileOfSlot(slot) };
  return read.profile;
}

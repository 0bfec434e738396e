import type { MapArea } from '@/lib/chart/map-window';

export const TIME_AXIS_HEIGHT = 24;
const PRICE_AXIS_WIDTH = 66;
const PROFILE_WIDTH = 212;
/** A narrower map has no room for the profile. */
const NARROW = 620;

/** Where the parts of the map lie, CSS pixels from the left: heat, axis, profile. */
export interface MapLayout {
  readonly area: MapArea;
  readonly axisLeft: number;
  readonly axisWidth: number;
  readonly profileLeft: number;
  /** Zero where there is no room. */
  readonly profileWidth: number;
}

export function mapLayout(width: number, height: number): MapLayout {
  const profileWidth = width < NARROW ? 0 : PROFILE_WIDTH;
  const axisLeft = Math.max(1, width - profileWidth - PRICE_AXIS_WIDTH);
  return {
    area: { width: axisLeft, height: Math.max(1, height - TIME_AXIS_HEIGHT) },
    axisLeft,
    axisWidth: PRICE_AXIS_WIDTH,
    profileLeft: axisLeft + PRICE_AXIS_WIDTH,
    profileWidth,
  };
}

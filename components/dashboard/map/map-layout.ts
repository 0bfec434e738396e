import type { MapArea } from '@/lib/chart/map-window';

export const TIME_AXIS_HEIGHT = 24;
const PRICE_AXIS_WIDTH = 66;
const PROFILE_WIDTH = 212;
/** On a narrower map the profile has a share of it, and no labels. */
const NARROW = 620;
const NARROW_SHARE = 0.3;

/** Where the parts of the map lie, CSS pixels from the left: heat, axis, profile. */
export interface MapLayout {
  readonly area: MapArea;
  readonly axisLeft: number;
  readonly axisWidth: number;
  readonly profileLeft: number;
  readonly profileWidth: number;
  /** Whether clusters are named in the profile. */
  readonly hasLabels: boolean;
}

export function mapLayout(width: number, height: number): MapLayout {
  const hasLabels = width >= NARROW;
  const profileWidth = hasLabels ? PROFILE_WIDTH : Math.round(width * NARROW_SHARE);
  const axisLeft = Math.max(1, width - profileWidth - PRICE_AXIS_WIDTH);
  return {
    area: { width: axisLeft, height: Math.max(1, height - TIME_AXIS_HEIGHT) },
    axisLeft,
    axisWidth: PRICE_AXIS_WIDTH,
    profileLeft: axisLeft + PRICE_AXIS_WIDTH,
    profileWidth,
    hasLabels,
  };
}

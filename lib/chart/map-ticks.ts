import { formatClock, formatDay } from '@/lib/core/format-time';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '@/lib/core/time';

import type { MapArea, MapWindow } from './map-window';

/** A line of the grid with its label. */
export interface MapTick {
  readonly at: number;
  readonly text: string;
  /** A new day, or a new month. */
  readonly isStrong: boolean;
}

const TIME_STEPS_MS = [15 * MINUTE_MS, 30 * MINUTE_MS, HOUR_MS, 2 * HOUR_MS, 4 * HOUR_MS, 6 * HOUR_MS, 12 * HOUR_MS];
const DAY_STEPS = [1, 2, 5, 10];
const LABEL_WIDTH_PX = 84;
const LABEL_HEIGHT_PX = 44;

/** Round UTC times in a window, far enough apart for their labels. */
export function timeTicks({ fromMs, toMs }: MapWindow, { width }: MapArea): MapTick[] {
  const leastMs = ((toMs - fromMs) / width) * LABEL_WIDTH_PX;
  const steps = [...TIME_STEPS_MS, ...DAY_STEPS.map((days) => days * DAY_MS)];
  const stepMs = steps.find((each) => each >= leastMs) ?? 30 * DAY_MS;
  const first = Math.ceil(fromMs / stepMs) * stepMs;
  return Array.from({ length: Math.max(0, Math.floor((toMs - first) / stepMs) + 1) }, (_, i) => {
    const at = first + i * stepMs;
    const isDay = at % DAY_MS === 0;
    return { at, text: isDay ? formatDay(at) : formatClock(at), isStrong: isDay };
  });
}

/** Round prices in a window, far enough apart for their labels. */
export function priceTicks({ lowLn, highLn }: MapWindow, { height }: MapArea): number[] {
  const low = Math.exp(lowLn);
  const high = Math.exp(highLn);
  const least = ((high - low) / height) * LABEL_HEIGHT_PX;
  const decade = 10 ** Math.floor(Math.log10(least));
  const step = ([1, 2, 5].find((each) => each * decade >= least) ?? 10) * decade;
  const first = Math.ceil(low / step);
  return Array.from({ length: Math.max(0, Math.floor(high / step) - first + 1) }, (_, i) =>
    Number(((first + i) * step).toPrecision(12)),
  );
}

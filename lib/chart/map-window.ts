import { clamp } from '@/lib/core/num';
import { DAY_MS, HOUR_MS } from '@/lib/core/time';

/** What part of time and price a map shows: time runs evenly to the right, ln(price) evenly upwards. */
export interface MapWindow {
  readonly fromMs: number;
  readonly toMs: number;
  readonly lowLn: number;
  readonly highLn: number;
}

/** CSS pixels. */
export interface MapArea {
  readonly width: number;
  readonly height: number;
}

const LEAST_MS = 2 * HOUR_MS;
const LONGEST_MS = 34 * DAY_MS;
const LEAST_LN = 0.004;
const WIDEST_LN = 2;

/** Time to CSS pixels from the area's left edge; beyond it outside the window. The inverse of `xToTime`. */
export const timeToX = ({ fromMs, toMs }: MapWindow, { width }: MapArea, timeMs: number): number =>
  ((timeMs - fromMs) / (toMs - fromMs)) * width;

/** CSS pixels from the left edge to venue time. */
export const xToTime = ({ fromMs, toMs }: MapWindow, { width }: MapArea, x: number): number =>
  fromMs + (x / width) * (toMs - fromMs);

/** ln(price) to CSS pixels from the area's top: the dearer, the higher. */
export const lnToY = ({ lowLn, highLn }: MapWindow, { height }: MapArea, ln: number): number =>
  ((highLn - ln) / (highLn - lowLn)) * height;

/** The same of a price; the inverse of `yToPrice`. */
export const priceToY = (window: MapWindow, area: MapArea, price: number): number =>
  lnToY(window, area, Math.log(price));

/** CSS pixels from the top to a price in quote. */
export const yToPrice = ({ lowLn, highLn }: MapWindow, { height }: MapArea, y: number): number =>
  Math.exp(highLn - (y / height) * (highLn - lowLn));

/** Makes the window's time `factor` times as long; `anchorMs` stays where it is. */
export function zoomTime(window: MapWindow, factor: number, anchorMs: number): MapWindow {
  const spanMs = window.toMs - window.fromMs;
  const longer = clamp(spanMs * factor, LEAST_MS, LONGEST_MS) / spanMs;
  return {
    ...window,
    fromMs: anchorMs + (window.fromMs - anchorMs) * longer,
    toMs: anchorMs + (window.toMs - anchorMs) * longer,
  };
}

/** Makes the window's price range `factor` times as wide; `anchorLn` stays where it is. */
export function zoomPrice(window: MapWindow, factor: number, anchorLn: number): MapWindow {
  const span = window.highLn - window.lowLn;
  const wider = clamp(span * factor, LEAST_LN, WIDEST_LN) / span;
  return {
    ...window,
    lowLn: anchorLn + (window.lowLn - anchorLn) * wider,
    highLn: anchorLn + (window.highLn - anchorLn) * wider,
  };
}

/** Moves the window later and dearer by so much, its spans unchanged. */
export const pan = (window: MapWindow, byMs: number, byLn: number): MapWindow => ({
  fromMs: window.fromMs + byMs,
  toMs: window.toMs + byMs,
  lowLn: window.lowLn + byLn,
  highLn: window.highLn + byLn,
});

/** Moves the window so that it always shows some of what lies between these times. */
export function keepInSight(window: MapWindow, firstMs: number, lastMs: number): MapWindow {
  const margin = (window.toMs - window.fromMs) / 4;
  const byMs = Math.max(0, firstMs + margin - window.toMs) - Math.max(0, window.fromMs - (lastMs - margin));
  return byMs === 0 ? window : pan(window, byMs, 0);
}

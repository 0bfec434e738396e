import type { MapWindow } from '@/lib/chart/map-window';
import type { Bar } from '@/lib/market/bar';

/** Room right of the last bar, where the map of now stands; a share of the range. */
const FUTURE_SHARE = 0.06;
/** Levels beyond what price has reached are what the map is for; a share of its range, and a least distance in ln(price). */
const HEADROOM = 0.45;
const LEAST_ROOM_LN = 0.012;

/** A range of time up to now, with all prices of its bars and room on both sides; null without bars or a mark. */
export function fitWindow(bars: readonly Bar[], markPrice: number, nowMs: number, rangeMs: number): MapWindow | null {
  const fromMs = nowMs - rangeMs;
  let low = markPrice > 0 ? markPrice : Infinity;
  let high = markPrice > 0 ? markPrice : 0;
  for (const bar of bars) {
    if (bar.openTimeMs < fromMs) continue;
    low = Math.min(low, bar.low);
    high = Math.max(high, bar.high);
  }
  if (!(high > 0)) return null;
  const room = Math.max(LEAST_ROOM_LN, HEADROOM * Math.log(high / low));
  return {
    fromMs,
    toMs: nowMs + FUTURE_SHARE * rangeMs,
    lowLn: Math.log(low) - room,
    highLn: Math.log(high) + room,
  };
}

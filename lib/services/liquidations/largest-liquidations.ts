import { MINUTE_MS } from '@/lib/core/time';
import { LIQUIDATION_WINDOWS_MS, type ByWindow, type RealisedLiquidation } from '@/lib/market/realised';

/** The largest liquidation of each minute, from which that of a window follows. */
export interface LargestLiquidations {
  add(event: RealisedLiquidation): void;
  read(nowMs: number): ByWindow<RealisedLiquidation | null>;
}

const LONGEST_MS = Math.max(...LIQUIDATION_WINDOWS_MS);
/** Nobody may read for months; a window holds each minute that it touches. */
const MOST_MINUTES = LONGEST_MS / MINUTE_MS + 1;

export function createLargestLiquidations(): LargestLiquidations {
  const ofMinute = new Map<number, RealisedLiquidation>();

  return {
    add(event) {
      const minute = Math.floor(event.timeMs / MINUTE_MS);
      const largest = ofMinute.get(minute);
      if (largest === undefined || event.usd > largest.usd) ofMinute.set(minute, event);
      if (ofMinute.size > MOST_MINUTES) ofMinute.delete(Math.min(...ofMinute.keys()));
    },
    read(nowMs) {
      const largest = LIQUIDATION_WINDOWS_MS.map((): RealisedLiquidation | null => null);
      for (const [minute, event] of ofMinute) {
        if (event.timeMs < nowMs - LONGEST_MS) ofMinute.delete(minute);
        for (const [window, windowMs] of LIQUIDATION_WINDOWS_MS.entries()) {
          // To the minute, as sums are.
          if ((minute + 1) * MINUTE_MS > nowMs - windowMs && event.usd > (largest[window]?.usd ?? 0))
            largest[window] = event;
        }
      }
      return largest;
    },
  };
}

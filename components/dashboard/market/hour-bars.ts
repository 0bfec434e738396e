import { HOUR_MS } from '@/lib/core/time';
import type { LiquidatedHour } from '@/lib/market/realised';

/** What was liquidated in a stretch of time. */
export interface TimeBar {
  readonly startMs: number;
  readonly longUsd: number;
  readonly shortUsd: number;
  /** Whether anything of it was recorded: else its sums are no zeros. */
  readonly isKnown: boolean;
}

/**
 * `count` bars of so many whole hours, the last of which ends with the hour of now. Hours are those that were told, in
 * any number; of one that is missing nothing is known.
 */
export function barsFromHours(
  hours: readonly LiquidatedHour[],
  nowMs: number,
  hoursPerBar: number,
  count: number,
): TimeBar[] {
  const endMs = (Math.floor(nowMs / HOUR_MS) + 1) * HOUR_MS;
  const barMs = hoursPerBar * HOUR_MS;
  const bars = Array.from({ length: count }, (_, i) => ({
    startMs: endMs - (count - i) * barMs,
    longUsd: 0,
    shortUsd: 0,
    isKnown: false,
  }));
  for (const { startMs, longUsd, shortUsd } of hours) {
    const bar = bars[Math.floor((startMs - bars[0].startMs) / barMs)];
    if (bar === undefined) continue;
    bar.longUsd += longUsd;
    bar.shortUsd += shortUsd;
    bar.isKnown = true;
  }
  return bars;
}

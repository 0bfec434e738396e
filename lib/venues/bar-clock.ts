import type { TimeSpan } from '@/lib/core/ranges';
import type { Clock } from '@/lib/core/time';
import { BAR_MS, type Bar } from '@/lib/market/bar';

import { ascending } from './wire';

/** Knows how far a venue's clock is ahead of ours, and by it which of its bars have closed. */
export interface BarClock {
  /** The venue stated its time. */
  readonly observe: (venueTimeMs: number) => void;
  /** The venue's time now; ours before it stated one. */
  now(): number;
  /**
   * Of an answer's bars those that lie in the range and have closed, oldest first. Closed means that the venue's clock
   * and the asked range are both past its end. While only the machine's clock is known, the newest bar waits: bars are
   * stored for good.
   */
  closed(bars: readonly Bar[], span: TimeSpan, stepMs: number): Bar[];
}

export function createBarClock(now: Clock): BarClock {
  /** By the last time it stated; null before the first. */
  let leadMs: number | null = null;
  return {
    observe(venueTimeMs) {
      leadMs = venueTimeMs - now();
    },
    now: () => now() + (leadMs ?? 0),
    closed(bars, span, stepMs) {
      const closedMs = Math.min(span.endMs, now() + (leadMs ?? -BAR_MS));
      return ascending(bars, (bar) => bar.openTimeMs).filter(
        (bar) => bar.openTimeMs >= span.startMs && bar.openTimeMs + stepMs <= closedMs,
      );
    },
  };
}

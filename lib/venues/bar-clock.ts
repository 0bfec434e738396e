import type { TimeSpan } from '@/lib/core/ranges';
import { SECOND_MS, type Clock } from '@/lib/core/time';
import { BAR_MS, type Bar } from '@/lib/market/bar';

import { ascending } from './wire';

/** Knows how far a venue's clock is ahead of ours, and by it which of its bars have closed. */
export interface BarClock {
  /** The venue stated its time. */
  readonly observe: (venueTimeMs: number) => void;
  /** The venue's time now; ours before it stated one. */
  now(): number;
  /** The same, but no more than half a minute later than it last stated: somebody may set the machine's clock. */
  trusted(): number;
  /**
   * Of an answer's bars those that lie in the range and have closed, oldest first. Closed is what a later bar follows, or
   * what the trusted time is past: bars are stored for good.
   */
  closed(bars: readonly Bar[], span: TimeSpan, stepMs: number): Bar[];
}

const TRUSTED_MS = 30 * SECOND_MS;

/** `now`: the machine's time, which may be wrong; a venue's statement counts from then on. */
export function createBarClock(now: Clock): BarClock {
  /** When it last stated a time, and which; null before the first. */
  let stated: { readonly venueMs: number; readonly machineMs: number } | null = null;
  const trusted = (): number =>
    stated === null ? now() : stated.venueMs + Math.min(now() - stated.machineMs, TRUSTED_MS);
  return {
    observe(venueTimeMs) {
      stated = { venueMs: venueTimeMs, machineMs: now() };
    },
    now: () => (stated === null ? now() : stated.venueMs + (now() - stated.machineMs)),
    trusted,
    closed(bars, span, stepMs) {
      const ordered = ascending(bars, (bar) => bar.openTimeMs);
      // While only the machine's clock is known, the newest bar waits.
      const knownMs = stated === null ? now() - BAR_MS : trusted();
      const closedMs = Math.min(span.endMs, Math.max(knownMs, ordered.at(-1)?.openTimeMs ?? 0));
      return ordered.filter((bar) => bar.openTimeMs >= span.startMs && bar.openTimeMs + stepMs <= closedMs);
    },
  };
}

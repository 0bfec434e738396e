import type { Clock } from '@/lib/core/time';

/** The venue's own time: the newest time it told us, carried on by the machine's clock in between. */
export interface VenueClock {
  now(): number;
  /** A time the venue stated just now; an older one than known is ignored. */
  observe(venueTimeMs: number): void;
  readonly isKnown: boolean;
}

/**
 * Bars close by the venue's clock, not the machine's, which may be wrong by hours; a replay may also run faster than real time.
 * The first observation may move the clock anywhere, later ones only forward.
 */
export function createVenueClock(machineNow: Clock): VenueClock {
  let anchor: { venueMs: number; machineMs: number } | null = null;
  const now = () => {
    const machineMs = machineNow();
    return anchor === null ? machineMs : anchor.venueMs + (machineMs - anchor.machineMs);
  };
  return {
    now,
    observe(venueTimeMs) {
      if (anchor === null || venueTimeMs > now()) anchor = { venueMs: venueTimeMs, machineMs: machineNow() };
    },
    get isKnown() {
      return anchor !== null;
    },
  };
}

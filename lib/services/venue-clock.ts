import { MINUTE_MS, type Clock } from '@/lib/core/time';

/** Later than this no frame comes. */
const BACK_JUMP_MS = 5 * MINUTE_MS;

/** The venue's own time: the newest time it told us, carried on by the machine's clock in between. */
export interface VenueClock {
  now(): number;
  /** A time the venue stated just now; one that is a little older than known came late and is ignored. */
  observe(venueTimeMs: number): void;
  /** False while it is still the machine's. */
  readonly isKnown: boolean;
}

/**
 * Bars close by the venue's clock, not the machine's, which may be wrong by hours; a replay may also run faster than real time.
 * Later observations move the clock forward, and back only by a jump: then the machine's own clock was set.
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
      const isJump = now() - venueTimeMs > BACK_JUMP_MS;
      if (anchor === null || isJump || venueTimeMs > now()) anchor = { venueMs: venueTimeMs, machineMs: machineNow() };
    },
    get isKnown() {
      return anchor !== null;
    },
  };
}

/** The time of the market: what most venues agree on, so that one with a wrong clock moves nothing; null before any is known. */
export function marketNow(clocks: readonly VenueClock[]): number | null {
  const known = clocks.filter(({ isKnown }) => isKnown).map((clock) => clock.now());
  return known.length === 0 ? null : known.sort((a, b) => a - b)[(known.length - 1) >> 1];
}

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
  /** The newest that the venue said, which no machine's clock carried on; null before the first. */
  readonly toldMs: number | null;
}

/**
 * Bars close by the venue's clock, not the machine's, which may be wrong by hours; a replay may also run faster than real time.
 * Later observations move the clock forward, and back only by a jump: then the machine's own clock was set.
 */
export function createVenueClock(machineNow: Clock): VenueClock {
  let anchor: { venueMs: number; machineMs: number } | null = null;
  let toldMs: number | null = null;
  const now = () => {
    const machineMs = machineNow();
    return anchor === null ? machineMs : anchor.venueMs + (machineMs - anchor.machineMs);
  };
  return {
    now,
    observe(venueTimeMs) {
      const isJump = now() - venueTimeMs > BACK_JUMP_MS;
      toldMs = isJump ? venueTimeMs : Math.max(toldMs ?? venueTimeMs, venueTimeMs);
      if (anchor === null || isJump || venueTimeMs > now()) anchor = { venueMs: venueTimeMs, machineMs: machineNow() };
    },
    get isKnown() {
      return anchor !== null;
    },
    get toldMs() {
      return toldMs;
    },
  };
}

/** The time of the market: what most venues agree on, so that one with a wrong clock moves nothing; null before any is known. */
export const marketNow = (clocks: readonly VenueClock[]): number | null =>
  middleOf(clocks.filter(({ isKnown }) => isKnown).map((clock) => clock.now()));

/** The same as venues said last themselves, for what cannot be undone: the machine's clock may have been set since. */
export const marketTold = (clocks: readonly VenueClock[]): number | null =>
  middleOf(clocks.flatMap(({ toldMs }) => toldMs ?? []));

const middleOf = (times: readonly number[]): number | null =>
  times.length === 0 ? null : times.toSorted((a, b) => a - b)[(times.length - 1) >> 1];

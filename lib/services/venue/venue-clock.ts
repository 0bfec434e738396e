import { MINUTE_MS, SECOND_MS, type Clock } from '@/lib/core/time';

/** Later than this no frame comes. */
const BACK_JUMP_MS = 5 * MINUTE_MS;
/** Single frames are late; where all of so long are behind, the machine's clock was set forward. */
const WINDOW_MS = 30 * SECOND_MS;

/** The venue's own time: the newest time it told us of late, carried on by the machine's clock in between. */
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
 * Later observations move the clock forward, and back only by a jump, or where none keeps up any more: then the machine's own
 * clock was set.
 */
export function createVenueClock(machineNow: Clock): VenueClock {
  /** By how much the venue was ahead of the machine at most, of late and in the stretch before. */
  let recent: { readonly sinceMs: number; leadMs: number } | null = null;
  let formerLeadMs = -Infinity;
  let toldMs: number | null = null;
  const leadMs = () => (recent === null ? 0 : Math.max(recent.leadMs, formerLeadMs));
  const now = () => machineNow() + leadMs();
  return {
    now,
    observe(venueTimeMs) {
      const machineMs = machineNow();
      const isJump = now() - venueTimeMs > BACK_JUMP_MS;
      toldMs = isJump ? venueTimeMs : Math.max(toldMs ?? venueTimeMs, venueTimeMs);
      const toldLeadMs = venueTimeMs - machineMs;
      const isSame = recent !== null && !isJump && Math.abs(machineMs - recent.sinceMs) < WINDOW_MS;
      if (recent !== null && isSame) {
        recent.leadMs = Math.max(recent.leadMs, toldLeadMs);
      } else {
        formerLeadMs = isJump ? -Infinity : (recent?.leadMs ?? -Infinity);
        recent = { sinceMs: machineMs, leadMs: toldLeadMs };
      }
    },
    get isKnown() {
      return recent !== null;
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

import type { VenueId } from './contract';

/** What is known of one of a venue's request limits, as of now. */
export interface LimitUse {
  readonly name: string;
  /** Weight spent within the last `windowMs`, of what Liqband allows itself. */
  readonly used: number;
  readonly capacity: number;
  readonly windowMs: number;
  /** Requests that wait for room. */
  readonly waiting: number;
  /** Machine time at which the first of them has room; null while none waits. */
  readonly roomAtMs: number | null;
  /** What the venue itself last counted for this address, other programs' requests included; null where it tells nothing. */
  readonly told: { readonly used: number; readonly atMs: number } | null;
}

export interface VenueLimits {
  readonly venueId: VenueId;
  readonly limits: readonly LimitUse[];
  /** Machine time before which the venue wants no request; null where it asked for no wait. */
  readonly waitUntilMs: number | null;
}

/** One thing that happened in the background, in English, without addresses. */
export interface LogLine {
  readonly timeMs: number;
  readonly text: string;
}

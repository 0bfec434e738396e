import type { VenueId } from './contract';

/**
 * - `idle` not asked for, `connecting` asked for and nothing received yet, `backfilling` history is loading
 * - `live` data arrives, `silent` connected but nothing arrives, `limited` the venue asked to wait
 * - `blocked` refused for the user's location (451/403), `withheld` the browser lacks host access, `down` unreachable or broken
 */
export type HealthState =
  | 'idle'
  | 'connecting'
  | 'backfilling'
  | 'live'
  | 'silent'
  | 'limited'
  | 'blocked'
  | 'withheld'
  | 'down';

export const STREAM_NAMES = ['trades', 'mark', 'bars', 'openInterest', 'liquidations', 'history'] as const;
export type StreamName = (typeof STREAM_NAMES)[number];

export interface StreamHealth {
  readonly stream: StreamName;
  readonly state: HealthState;
  /** Machine time since when the state holds. */
  readonly sinceMs: number;
  /** Machine time of the last good data; null before the first. */
  readonly lastDataMs: number | null;
  /** Frames or answers that failed their schema since start. */
  readonly brokenCount: number;
  /** For the user: what failed. Empty while live. */
  readonly detail: string;
  /** Machine time of the next try where one is scheduled. */
  readonly retryAtMs: number | null;
}

export interface VenueHealth {
  readonly venueId: VenueId;
  readonly streams: readonly StreamHealth[];
}

import type { VenueId } from './contract';

/**
 * - `idle` not asked for, `connecting` asked for and nothing received yet, `backfilling` history is loading
 * - `live` data arrives, `silent` connected but nothing arrives, `closed` the same while the market is closed, `limited` the venue asked to wait
 * - `blocked` refused for the user's location (451/403), `withheld` the browser lacks host access, `down` unreachable or broken
 */
export type HealthState =
  | 'idle'
  | 'connecting'
  | 'backfilling'
  | 'live'
  | 'silent'
  | 'closed'
  | 'limited'
  | 'blocked'
  | 'withheld'
  | 'down';

export const STREAM_NAMES = ['trades', 'mark', 'bars', 'openInterest', 'liquidations', 'history'] as const;
export type StreamName = (typeof STREAM_NAMES)[number];

export interface StreamHealth {
  readonly stream: StreamName;
  readonly state: HealthState;
  /** Machine time since when the state holds; of a trouble since it began, whatever was tried in between. */
  readonly sinceMs: number;
  /** Machine time of the last good data; null before the first. */
  readonly lastDataMs: number | null;
  /** Frames or answers that failed their schema since start. */
  readonly brokenCount: number;
  /** For the user, as `cause` writes it: what failed. Empty while live, or what it lacks. */
  readonly detail: string;
  /** Machine time of the next try where one is scheduled. */
  readonly retryAtMs: number | null;
}

export interface VenueHealth {
  readonly venueId: VenueId;
  readonly streams: readonly StreamHealth[];
}

/** Worst first: what keeps a venue's data away, then what only says that they are not there yet. */
const MISSING_STATES = [
  'withheld',
  'blocked',
  'limited',
  'down',
  'silent',
  'closed',
  'backfilling',
  'connecting',
] as const;
const TROUBLES: ReadonlySet<HealthState> = new Set(['withheld', 'blocked', 'limited', 'down', 'silent']);

/** Why a venue gives no map: the worst that its streams tell; `backfilling` where all of them are well. */
export function missingState({ streams }: VenueHealth): HealthState {
  const state = MISSING_STATES.find((each) => streams.some((stream) => stream.state === each));
  return state ?? (streams.every((stream) => stream.state === 'idle') ? 'idle' : 'backfilling');
}

/** The same while the market is closed: nothing to hear is nothing wrong. */
export const closedHealth = ({ venueId, streams }: VenueHealth): VenueHealth => ({
  venueId,
  streams: streams.map((stream) =>
    stream.state === 'silent' ? { ...stream, state: 'closed', detail: '', retryAtMs: null } : stream,
  ),
});

/** Whether the state keeps data away, rather than being on the way to them or at rest. */
export const isTrouble = (state: HealthState): boolean => TROUBLES.has(state);

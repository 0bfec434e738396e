import { SECOND_MS, type Clock } from '@/lib/core/time';
import { isTrouble, STREAM_NAMES, type HealthState, type StreamHealth, type StreamName } from '@/lib/market/health';

/** Keeps the state of a venue's streams and tells when one changes. */
export interface HealthBook {
  set(stream: StreamName, state: HealthState, detail?: string, retryAtMs?: number | null): void;
  /** Good data came. */
  received(stream: StreamName, state?: 'live' | 'backfilling'): void;
  /** A frame or an answer failed its schema. */
  broken(stream: StreamName): void;
  stateOf(stream: StreamName): HealthState;
  list(): readonly StreamHealth[];
}

type Entry = { -readonly [Key in keyof StreamHealth]: StreamHealth[Key] };

/**
 * Every stream begins idle. `now`: machine time; `onChange`: after each change of a state, for broken frames once a
 * second at most.
 */
export function createHealthBook(now: Clock, onChange: () => void): HealthBook {
  const entries = new Map<StreamName, Entry>();
  /** A try to connect anew ends no trouble: it goes on from its first failure until data come. */
  const failedMs = new Map<StreamName, number>();
  let brokenNoticeMs = -Infinity;
  for (const stream of STREAM_NAMES) {
    entries.set(stream, {
      stream,
      state: 'idle',
      sinceMs: now(),
      lastDataMs: null,
      brokenCount: 0,
      detail: '',
      retryAtMs: null,
    });
  }
  const entryOf = (stream: StreamName): Entry => entries.get(stream)!;

  const set: HealthBook['set'] = (stream, state, detail = '', retryAtMs = null) => {
    const entry = entryOf(stream);
    if (entry.state === state && entry.detail === detail && entry.retryAtMs === retryAtMs) return;
    if (entry.state !== state) entry.sinceMs = isTrouble(state) ? (failedMs.get(stream) ?? now()) : now();
    if (isTrouble(state)) failedMs.set(stream, entry.sinceMs);
    else if (state !== 'connecting') failedMs.delete(stream);
    Object.assign(entry, { state, detail, retryAtMs });
    onChange();
  };

  return {
    set,
    received(stream, state = 'live') {
      entryOf(stream).lastDataMs = now();
      if (entryOf(stream).state !== state) set(stream, state);
    },
    broken(stream) {
      entryOf(stream).brokenCount += 1;
      // A stream that is broken throughout must not tell so thousands of times a second.
      if (now() - brokenNoticeMs < SECOND_MS) return;
      brokenNoticeMs = now();
      onChange();
    },
    stateOf: (stream) => entryOf(stream).state,
    list: () => [...entries.values()].map((entry) => ({ ...entry })),
  };
}

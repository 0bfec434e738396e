import type { Result } from '@/lib/core/result';
import { HOUR_MS, SECOND_MS, type Clock } from '@/lib/core/time';

import type { VenueError } from './venue';

/** After a failure so long passes before the venue is asked again, each time twice as long. */
const FIRST_RETRY_MS = 10 * SECOND_MS;
const MOST_RETRY_MS = HOUR_MS;

/** Something a venue tells about all contracts in one answer. */
export interface ListCache<T> {
  /** Null where the venue gave none. */
  read(): Promise<T | null>;
  /** Ask the venue again after a failure. */
  retry(): void;
}

/** `freshMs`: how long an answer holds, where it is not for the session; where no other comes then, it goes on. */
export function createListCache<T>(
  fetchAll: () => Promise<Result<T, VenueError>>,
  now: Clock,
  freshMs = Infinity,
): ListCache<T> {
  let listed: Promise<T | null> | null = null;
  let retryAtMs = Infinity;
  let failures = 0;
  let last: T | null = null;
  const ask = async (): Promise<T | null> => {
    const result = await fetchAll();
    retryAtMs = now() + (result.ok ? freshMs : Math.min(MOST_RETRY_MS, FIRST_RETRY_MS * 2 ** failures));
    failures = result.ok ? 0 : failures + 1;
    if (result.ok) last = result.value;
    return last;
  };
  return {
    read() {
      if (now() >= retryAtMs) {
        listed = null;
        retryAtMs = Infinity;
      }
      listed ??= ask().catch((error: unknown) => {
        listed = null;
        throw error;
      });
      return listed;
    },
    retry() {
      failures = 0;
      if (retryAtMs !== Infinity) retryAtMs = 0;
    },
  };
}

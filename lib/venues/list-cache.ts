import type { Result } from '@/lib/core/result';
import { HOUR_MS, type Clock } from '@/lib/core/time';

import type { VenueError } from './venue';

/** After a failure this long passes before the venue is asked again. */
const RETRY_MS = HOUR_MS;

/** Something a venue tells about all contracts in one answer, asked once a session. */
export interface ListCache<T> {
  /** Null where the venue gave none. */
  read(): Promise<T | null>;
  /** Ask the venue again after a failure. */
  retry(): void;
}

export function createListCache<T>(fetchAll: () => Promise<Result<T, VenueError>>, now: Clock): ListCache<T> {
  let listed: Promise<T | null> | null = null;
  let retryAtMs = Infinity;
  return {
    read() {
      if (now() >= retryAtMs) listed = null;
      listed ??= fetchAll().then((result) => {
        retryAtMs = result.ok ? Infinity : now() + RETRY_MS;
        return result.ok ? result.value : null;
      });
      return listed;
    },
    retry() {
      if (retryAtMs !== Infinity) retryAtMs = 0;
    },
  };
}

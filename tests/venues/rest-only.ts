import type { Result } from '@/lib/core/result';
import type { VenueEnvironment, VenueError } from '@/lib/venues/venue';

import type { VirtualTime } from './virtual-time';

/** A machine in virtual time whose requests `fetch` answers, and that opens no sockets. */
export const restOnly = ({ now, setTimer }: VirtualTime, fetch: VenueEnvironment['fetch']): VenueEnvironment => ({
  fetch,
  createSocket: () => {
    throw new Error('no sockets here');
  },
  now,
  setTimer,
  hasHostAccess: () => Promise.resolve(true),
});

/** What a request gave; throws where it failed. */
export function valueOf<T>(result: Result<T, VenueError>): T {
  if (!result.ok) throw new Error(`${result.error.kind}: ${result.error.detail}`);
  return result.value;
}

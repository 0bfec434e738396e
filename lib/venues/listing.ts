import { cause } from '@/lib/core/cause';
import { err, ok, type Result } from '@/lib/core/result';

import type { VenueError } from './venue';

/** A listing of which not one contract can be read is no listing: stored, it would hide all contracts for a day. */
export const someListed = <T>(venueName: string, listed: readonly T[]): Result<readonly T[], VenueError> =>
  listed.length > 0
    ? ok(listed)
    : err({
        kind: 'schema',
        message: cause('unreadable', { venue: venueName }),
        detail: 'lists no contract that can be read',
        retryAtMs: null,
      });

import { SECOND_MS } from '@/lib/core/time';
import type { VenueLimits } from '@/lib/market/request-limit';
import type { DiagnosticsRequest } from '@/lib/messaging/feed-server';
import type { ServiceEnvironment } from '@/lib/services/environment';
import { createPolledWatches, type PolledWatches } from '@/lib/services/scheduling/polled-watches';
import type { Venue } from '@/lib/venues/venue';

import type { ActivityLog } from './activity-log';

const PUSH_MS = 2 * SECOND_MS;

/** Pages that show what requests have used of their limits, and the log. */
export function createDiagnosticsWatches(
  venues: readonly Pick<Venue, 'id' | 'limits' | 'health'>[],
  activity: Pick<ActivityLog, 'lines'>,
  environment: ServiceEnvironment,
): PolledWatches<DiagnosticsRequest> {
  return createPolledWatches('diagnostics', PUSH_MS, environment, async (watches) => {
    const log = await activity.lines();
    const limits = venues.map(limitsOf);
    for (const watch of watches) watch.push({ type: 'diagnostics', limits, log });
  });
}

function limitsOf(venue: Pick<Venue, 'id' | 'limits' | 'health'>): VenueLimits {
  const waits = venue.health().streams.filter(({ state, retryAtMs }) => state === 'limited' && retryAtMs !== null);
  return {
    venueId: venue.id,
    limits: venue.limits(),
    waitUntilMs: waits.length === 0 ? null : Math.max(...waits.map(({ retryAtMs }) => retryAtMs!)),
  };
}

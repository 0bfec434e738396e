import { SECOND_MS } from '@/lib/core/time';
import type { OwnLevel } from '@/lib/market/own-position';
import type { PositionsRequest } from '@/lib/messaging/feed-server';
import type { ServiceEnvironment } from '@/lib/services/environment';
import { createPolledWatches, type PolledWatches } from '@/lib/services/scheduling/polled-watches';

import type { OwnPositions } from './own-positions';

const PUSH_MS = 2 * SECOND_MS;

/** Pages that list the user's own positions. */
export function createPositionWatches(
  positions: () => OwnPositions,
  levelsOf: (marketId: string) => readonly OwnLevel[],
  environment: ServiceEnvironment,
): PolledWatches<PositionsRequest> {
  return createPolledWatches('own positions', PUSH_MS, environment, async (watches) => {
    const rows = await positions().rows(levelsOf);
    for (const watch of watches) watch.push({ type: 'positions', rows });
  });
}

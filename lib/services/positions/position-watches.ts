import { SECOND_MS } from '@/lib/core/time';
import type { OwnLevel } from '@/lib/market/own-position';
import type { FeedWatch, PositionsRequest } from '@/lib/messaging/feed-server';
import type { ServiceEnvironment } from '@/lib/services/environment';
import { poll } from '@/lib/services/poller';

import type { OwnPositions } from './own-positions';

const PUSH_MS = 2 * SECOND_MS;

/** Pages that list the user's own positions. */
export interface PositionWatches {
  add(watch: FeedWatch<PositionsRequest>): void;
  remove(watch: FeedWatch<PositionsRequest>): void;
  /** Positions are other ones: tells at once. */
  touch(): void;
}

export function createPositionWatches(
  positions: () => OwnPositions,
  levelsOf: (marketId: string) => readonly OwnLevel[],
  environment: ServiceEnvironment,
): PositionWatches {
  const watches = new Set<FeedWatch<PositionsRequest>>();
  let abort = new AbortController();

  const push = async (): Promise<void> => {
    if (watches.size === 0) return;
    const rows = await positions().rows(levelsOf);
    for (const watch of watches) watch.push({ type: 'positions', rows });
  };
  const failed = (cause: unknown) => environment.log(`own positions: ${String(cause)}`);

  return {
    add(watch) {
      watches.add(watch);
      if (watches.size === 1) {
        abort = new AbortController();
        poll(push, PUSH_MS, environment, abort.signal, failed);
      } else void push().catch(failed);
    },
    remove(watch) {
      watches.delete(watch);
      if (watches.size === 0) abort.abort();
    },
    touch: () => void push().catch(failed),
  };
}

import type { Result } from '@/lib/core/result';
import type { HealthState, StreamName } from '@/lib/market/health';

import type { HealthBook } from './health-book';
import type { VenueError } from './venue';

export const STATE_OF_ERROR: Readonly<Record<Exclude<VenueError['kind'], 'aborted'>, HealthState>> = {
  network: 'down',
  limited: 'limited',
  blocked: 'blocked',
  withheld: 'withheld',
  http: 'down',
  schema: 'down',
};

/** Does requests and records their outcome as a stream's health. */
export interface RequestHealth {
  /** `isBackfill`: a long span, during which the stream is back-filling whatever else succeeds. */
  track<T>(
    stream: StreamName,
    work: () => Promise<Result<T, VenueError>>,
    isBackfill?: boolean,
  ): Promise<Result<T, VenueError>>;
}

/** An aborted request is no failure: a stream that only waited for it is idle again. */
export function createRequestHealth(health: HealthBook): RequestHealth {
  const backfills = new Map<StreamName, number>();
  const countOf = (stream: StreamName) => backfills.get(stream) ?? 0;

  return {
    async track(stream, work, isBackfill = false) {
      if (isBackfill) backfills.set(stream, countOf(stream) + 1);
      const before = health.stateOf(stream);
      // Trouble stays shown until an answer ends it.
      if (countOf(stream) > 0 && (before === 'idle' || before === 'connecting' || before === 'live'))
        health.set(stream, 'backfilling');
      else if (before === 'idle') health.set(stream, 'connecting');
      const result = await work();
      if (isBackfill) backfills.set(stream, countOf(stream) - 1);
      const isBackfilling = countOf(stream) > 0;
      const after = health.stateOf(stream);
      if (result.ok) {
        health.received(stream, isBackfilling ? 'backfilling' : 'live');
      } else if (result.error.kind === 'aborted') {
        if (!isBackfilling && (after === 'connecting' || after === 'backfilling')) health.set(stream, 'idle');
      } else {
        if (result.error.kind === 'schema') health.broken(stream);
        health.set(stream, STATE_OF_ERROR[result.error.kind], result.error.message, result.error.retryAtMs);
      }
      return result;
    },
  };
}

import type { Clock } from '@/lib/core/time';

import { createHealthBook, type HealthBook } from './health-book';
import type { StreamHandlers, VenueStream } from './venue';

/** A venue's open streams, and who is told when its health changes. */
export interface StreamSet {
  /** A book whose changes everybody hears of who opened a stream. */
  createHealth(): HealthBook;
  open(handlers: StreamHandlers, openOne: () => VenueStream): VenueStream;
  retry(): void;
}

/** `now`: machine time. */
export function createStreamSet(now: Clock): StreamSet {
  const listeners = new Set<StreamHandlers>();
  const streams = new Set<VenueStream>();
  return {
    createHealth: () =>
      createHealthBook(now, () => {
        for (const listener of listeners) listener.onHealth();
      }),
    open(handlers, openOne) {
      listeners.add(handlers);
      const stream = openOne();
      streams.add(stream);
      return {
        ...stream,
        close() {
          stream.close();
          streams.delete(stream);
          listeners.delete(handlers);
        },
      };
    },
    retry() {
      for (const stream of streams) stream.retry();
    },
  };
}

import type { FeedWatch } from '@/lib/messaging/feed-server';
import type { ServiceEnvironment } from '@/lib/services/environment';

import { poll } from './poller';

/** Pages that are told something anew every so often, for as long as there are any. */
export interface PolledWatches<Request> {
  add(watch: FeedWatch<Request>): void;
  remove(watch: FeedWatch<Request>): void;
  /** Tells at once. */
  touch(): void;
}

/** `tell` is given those that watch, at least one; `what` names it in the log when it fails. */
export function createPolledWatches<Request>(
  what: string,
  everyMs: number,
  environment: ServiceEnvironment,
  tell: (watches: ReadonlySet<FeedWatch<Request>>) => Promise<void>,
): PolledWatches<Request> {
  const watches = new Set<FeedWatch<Request>>();
  let abort = new AbortController();
  const push = async (): Promise<void> => {
    if (watches.size > 0) await tell(watches);
  };
  const failed = (cause: unknown) => environment.log(`${what}: ${String(cause)}`);
  const touch = () => void push().catch(failed);

  return {
    add(watch) {
      watches.add(watch);
      if (watches.size === 1) {
        abort = new AbortController();
        poll(push, everyMs, environment, abort.signal, failed);
      } else touch();
    },
    remove(watch) {
      watches.delete(watch);
      if (watches.size === 0) abort.abort();
    },
    touch,
  };
}

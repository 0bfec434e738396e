import type { Clock } from '@/lib/core/time';

/** Merges many triggers into few sends. */
export interface Coalescer {
  /** Sends at once when the last send is long enough ago, else once when it is. */
  trigger(): void;
  /** Sends now what is waiting for its turn. */
  flush(): void;
  /** Drops what is pending; a later trigger works again. */
  stop(): void;
}

/** Of the interval, after a try that found nothing to send. */
const IDLE_SHARE = 0.1;

/** Whoever sends reads the newest value at that moment, so the last one always wins and nothing is kept meanwhile. */
export function createCoalescer(options: {
  readonly minIntervalMs: number;
  readonly now: Clock;
  readonly setTimer: (callback: () => void, delayMs: number) => () => void;
  /** False where there was nothing to send yet: what comes soon after need not wait as long as after a send. */
  readonly send: () => boolean | void;
}): Coalescer {
  const { minIntervalMs, now, setTimer, send } = options;
  let sentMs = -Infinity;
  let cancel: (() => void) | null = null;

  const sendNow = () => {
    cancel = null;
    // Before, as sending may trigger.
    sentMs = now();
    if (send() === false) sentMs -= minIntervalMs * (1 - IDLE_SHARE);
  };

  return {
    trigger() {
      if (cancel !== null) return;
      // A clock set back must not hold sends up for longer than the interval.
      const waitMs = Math.min(minIntervalMs, sentMs + minIntervalMs - now());
      if (waitMs <= 0) sendNow();
      else cancel = setTimer(sendNow, waitMs);
    },
    flush() {
      if (cancel === null) return;
      cancel();
      sendNow();
    },
    stop() {
      cancel?.();
      cancel = null;
    },
  };
}

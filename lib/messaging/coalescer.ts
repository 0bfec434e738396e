import type { Clock } from '@/lib/core/time';

/** Merges many triggers into few sends. */
export interface Coalescer {
  /** Sends at once when the last send is long enough ago, else once when it is. */
  trigger(): void;
  /** Drops what is pending; a later trigger works again. */
  stop(): void;
}

/** Whoever sends reads the newest value at that moment, so the last one always wins and nothing is kept meanwhile. */
export function createCoalescer(options: {
  readonly minIntervalMs: number;
  readonly now: Clock;
  readonly setTimer: (callback: () => void, delayMs: number) => () => void;
  readonly send: () => void;
}): Coalescer {
  const { minIntervalMs, now, setTimer, send } = options;
  let sentMs = -Infinity;
  let cancel: (() => void) | null = null;

  const sendNow = () => {
    cancel = null;
    sentMs = now();
    send();
  };

  return {
    trigger() {
      if (cancel !== null) return;
      // A clock set back must not hold sends up for longer than the interval.
      const waitMs = Math.min(minIntervalMs, sentMs + minIntervalMs - now());
      if (waitMs <= 0) sendNow();
      else cancel = setTimer(sendNow, waitMs);
    },
    stop() {
      cancel?.();
      cancel = null;
    },
  };
}

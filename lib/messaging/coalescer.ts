import { SECOND_MS, type Clock } from '@/lib/core/time';

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
/** Where turns come late by more than this part of the interval, somebody is busy with more than can be done. */
const LATE_SHARE = 0.5;
/** The next turn is then so many times as far away as it was late, up to a second: what is told costs its hearers too. */
const LATE_FACTOR = 4;
const LONGEST_MS = SECOND_MS;

/**
 * Whoever sends reads the newest value at that moment, so the last one always wins and nothing is kept meanwhile. While turns come
 * late, be it that this process or the whole machine is busy, they are fewer.
 */
export function createCoalescer(options: {
  readonly minIntervalMs: number;
  readonly now: Clock;
  readonly setTimer: (callback: () => void, delayMs: number) => () => void;
  /** False where there was nothing to send yet: what comes soon after need not wait as long as after a send. */
  readonly send: () => boolean | void;
}): Coalescer {
  const { minIntervalMs, now, setTimer, send } = options;
  let sentMs = -Infinity;
  let intervalMs = minIntervalMs;
  let lastLateMs = 0;
  let cancel: (() => void) | null = null;

  /** One late turn may be a machine that slept. */
  const sendDue = (dueMs: number) => {
    const lateMs = now() - dueMs;
    const mostMs = Math.min(lateMs, lastLateMs);
    lastLateMs = lateMs;
    intervalMs =
      mostMs > minIntervalMs * LATE_SHARE
        ? Math.max(minIntervalMs, Math.min(LONGEST_MS, mostMs * LATE_FACTOR))
        : minIntervalMs;
    sendNow();
  };

  const sendNow = () => {
    cancel = null;
    // Before, as sending may trigger.
    sentMs = now();
    if (send() === false) sentMs -= intervalMs * (1 - IDLE_SHARE);
  };

  return {
    trigger() {
      if (cancel !== null) return;
      // A clock set back must not hold sends up for longer than the interval.
      const nowMs = now();
      const waitMs = Math.min(intervalMs, sentMs + intervalMs - nowMs);
      if (waitMs <= 0) sendNow();
      else cancel = setTimer(() => sendDue(nowMs + waitMs), waitMs);
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

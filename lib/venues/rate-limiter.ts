import type { Clock } from '@/lib/core/time';
import type { LimitUse } from '@/lib/market/request-limit';

import type { VenueEnvironment } from './venue';

export interface Budget {
  /** Weight that may be spent within any `windowMs`. */
  readonly capacity: number;
  readonly windowMs: number;
}

/** Spreads requests so that a venue's limits are never reached. `Name` names its budgets. */
export interface RateLimiter<Name extends string> {
  /** Waits for room, first come first served within a budget; false when the signal aborts first. Each true needs one `release`. */
  acquire(name: Name, weight: number, signal: AbortSignal): Promise<boolean>;
  release(): void;
  /** The venue's own count of what this address used lately: counts where it exceeds ours, as other programs spend too. */
  observeUsed(name: Name, used: number): void;
  /** All budgets as of now. */
  uses(): readonly LimitUse[];
}

interface Waiter<Name> {
  readonly name: Name;
  readonly weight: number;
  readonly grant: () => void;
}

/** `maxInFlight`: requests under way at a time, over all budgets. `now`: machine time. */
export function createRateLimiter<Name extends string>(
  budgets: Readonly<Record<Name, Budget>>,
  maxInFlight: number,
  now: Clock,
  setTimer: VenueEnvironment['setTimer'],
): RateLimiter<Name> {
  const spent = new Map<Name, { timeMs: number; weight: number }[]>();
  const told = new Map<Name, LimitUse['told']>();
  const queue: Waiter<Name>[] = [];
  let inFlight = 0;
  let cancelTimer = () => {};

  const entriesOf = (name: Name, nowMs: number) => {
    const sinceMs = nowMs - budgets[name].windowMs;
    const entries = (spent.get(name) ?? []).filter((entry) => entry.timeMs > sinceMs);
    spent.set(name, entries);
    return entries;
  };
  const usedOf = (name: Name, nowMs: number) => entriesOf(name, nowMs).reduce((sum, entry) => sum + entry.weight, 0);

  const pump = () => {
    cancelTimer();
    // One time for all of it: what fills a budget now must still be there when it is asked until when.
    const nowMs = now();
    const exhausted = new Set<Name>();
    for (const waiter of queue.slice()) {
      if (inFlight >= maxInFlight) return;
      if (exhausted.has(waiter.name)) continue;
      if (usedOf(waiter.name, nowMs) + waiter.weight > budgets[waiter.name].capacity) {
        exhausted.add(waiter.name);
        continue;
      }
      entriesOf(waiter.name, nowMs).push({ timeMs: nowMs, weight: waiter.weight });
      inFlight += 1;
      queue.splice(queue.indexOf(waiter), 1);
      waiter.grant();
    }
    const roomAtMs = [...exhausted].map((name) => entriesOf(name, nowMs)[0].timeMs + budgets[name].windowMs);
    if (roomAtMs.length > 0) cancelTimer = setTimer(pump, Math.max(1, Math.min(...roomAtMs) - nowMs));
  };

  return {
    acquire(name, weight, signal) {
      if (weight > budgets[name].capacity) throw new Error(`weight ${weight} exceeds the whole budget ${name}`);
      if (signal.aborted) return Promise.resolve(false);
      return new Promise((resolve) => {
        const onAbort = () => {
          queue.splice(queue.indexOf(waiter), 1);
          resolve(false);
          pump();
        };
        const waiter: Waiter<Name> = {
          name,
          weight,
          grant: () => {
            signal.removeEventListener('abort', onAbort);
            resolve(true);
          },
        };
        signal.addEventListener('abort', onAbort, { once: true });
        queue.push(waiter);
        pump();
      });
    },
    release() {
      inFlight -= 1;
      pump();
    },
    observeUsed(name, used) {
      const nowMs = now();
      if (used > 0) told.set(name, { used, atMs: nowMs });
      const unseen = used - usedOf(name, nowMs);
      if (unseen > 0) entriesOf(name, nowMs).push({ timeMs: nowMs, weight: unseen });
    },
    uses() {
      const nowMs = now();
      return (Object.keys(budgets) as Name[]).map((name) => {
        const waiters = queue.filter((waiter) => waiter.name === name);
        const [oldest] = entriesOf(name, nowMs);
        return {
          name,
          ...budgets[name],
          used: usedOf(name, nowMs),
          waiting: waiters.length,
          roomAtMs:
            waiters.length === 0 ? null : (oldest?.timeMs ?? nowMs - budgets[name].windowMs) + budgets[name].windowMs,
          told: told.get(name) ?? null,
        };
      });
    },
  };
}

/** A clock and timers that move only when told to. */
export interface FakeTime {
  readonly now: () => number;
  readonly setTimer: (callback: () => void, delayMs: number) => () => void;
  readonly pendingCount: number;
  advance(byMs: number): void;
  /** The machine's clock jumps; timers do not notice. */
  setBack(byMs: number): void;
}

export function createFakeTime(startMs: number): FakeTime {
  let elapsedMs = 0;
  let offsetMs = startMs;
  const timers = new Set<{ dueMs: number; callback: () => void }>();
  return {
    now: () => elapsedMs + offsetMs,
    setTimer(callback, delayMs) {
      const timer = { dueMs: elapsedMs + delayMs, callback };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    get pendingCount() {
      return timers.size;
    },
    advance(byMs) {
      const endMs = elapsedMs + byMs;
      for (;;) {
        const [next] = [...timers].filter(({ dueMs }) => dueMs <= endMs).sort((a, b) => a.dueMs - b.dueMs);
        if (next === undefined) break;
        timers.delete(next);
        elapsedMs = Math.max(elapsedMs, next.dueMs);
        next.callback();
      }
      elapsedMs = endMs;
    },
    setBack(byMs) {
      offsetMs -= byMs;
    },
  };
}

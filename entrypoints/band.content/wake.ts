/** A moment asked for again within this time is the same moment. */
const SLACK_MS = 20;

/**
 * The one timer of a band at rest, for what changes by time alone. While the chart moves the moment stays the same from
 * frame to frame, and the timer runs on.
 */
export function createWake(view: Window, now: () => number, onWake: () => void, signal: AbortSignal) {
  let timer: number | undefined;
  let dueMs: number | null = null;
  signal.addEventListener('abort', () => view.clearTimeout(timer));
  return (delayMs: number | null): void => {
    const nextMs = delayMs === null ? null : now() + delayMs;
    if (nextMs !== null && dueMs !== null && Math.abs(nextMs - dueMs) < SLACK_MS) return;
    view.clearTimeout(timer);
    dueMs = nextMs;
    if (delayMs === null || signal.aborted) return;
    timer = view.setTimeout(() => {
      dueMs = null;
      onWake();
    }, delayMs);
  };
}

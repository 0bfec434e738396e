/** One pending redraw at most: at once where the chart itself is drawing, else with the next frame. */
export interface Scheduler {
  now(): void;
  soon(): void;
}

export function createScheduler(
  requestFrame: (callback: () => void) => number,
  cancelFrame: (handle: number) => void,
  draw: () => void,
  signal: AbortSignal,
): Scheduler {
  let pending: number | null = null;
  const cancel = (): void => {
    if (pending !== null) cancelFrame(pending);
    pending = null;
  };
  const onFrame = (): void => {
    pending = null;
    draw();
  };
  signal.addEventListener('abort', cancel);
  return {
    now() {
      cancel();
      if (!signal.aborted) draw();
    },
    soon() {
      if (pending === null && !signal.aborted) pending = requestFrame(onFrame);
    },
  };
}

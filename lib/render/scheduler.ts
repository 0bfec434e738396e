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
  let isMoving = false;
  const cancel = (): void => {
    if (pending !== null) cancelFrame(pending);
    pending = null;
  };
  const onFrame = (): void => {
    pending = null;
    if (!isMoving) return draw();
    // A chart that moves asks behind its own drawing in this very frame: no second picture before that.
    isMoving = false;
    pending = requestFrame(onFrame);
  };
  signal.addEventListener('abort', cancel);
  return {
    now() {
      cancel();
      isMoving = true;
      if (!signal.aborted) draw();
    },
    soon() {
      if (pending === null && !signal.aborted) pending = requestFrame(onFrame);
    },
  };
}

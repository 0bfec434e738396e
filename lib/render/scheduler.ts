/** One pending redraw at most: at once where the chart itself is drawing, else with the next frame. */
export interface Scheduler {
  now(): void;
  soon(): void;
}

/** Of a layout's charts so many are drawn in one frame for new data; the others wait for the next, in turns. */
const DRAWN_A_FRAME = 2;

/** The frame that is going on, by its time, and how many charts have been drawn in it. */
const frame = { timeMs: 0, drawn: 0 };

export function createScheduler(
  requestFrame: (callback: FrameRequestCallback) => number,
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
  const onFrame = (timeMs: number): void => {
    pending = null;
    if (timeMs !== frame.timeMs) Object.assign(frame, { timeMs, drawn: 0 });
    // A chart that moves asks behind its own drawing in this very frame: no second picture before that.
    if (!isMoving && frame.drawn++ < DRAWN_A_FRAME) return draw();
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

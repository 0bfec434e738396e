/** One pending redraw at most: at once where the chart itself is drawing, else at the end of the next frame. */
export interface Scheduler {
  now(): void;
  soon(): void;
  /** A frame that was asked for is at its end, behind everything that the page does in it. */
  atEnd(): void;
}

/** Of a layout's charts so many are drawn in one frame for new data; the others wait for the next, in turns. */
const DRAWN_A_FRAME = 2;

/** The frame that is going on, by its time, and how many charts have been drawn in it. */
const frame = { timeMs: 0, drawn: 0 };

/** `askForEnd` has `atEnd` called at the end of the frame that is going on. */
export function createScheduler(
  view: Pick<Window, 'requestAnimationFrame' | 'cancelAnimationFrame'>,
  askForEnd: () => void,
  draw: () => void,
  signal: AbortSignal,
): Scheduler {
  let pending: number | null = null;
  let isDue = false;
  const cancel = (): void => {
    if (pending !== null) view.cancelAnimationFrame(pending);
    pending = null;
    isDue = false;
  };
  const onFrame = (timeMs: number): void => {
    pending = null;
    if (timeMs !== frame.timeMs) Object.assign(frame, { timeMs, drawn: 0 });
    if (frame.drawn++ >= DRAWN_A_FRAME) return soon();
    // A chart that moves has its band drawn behind its own drawing in this very frame: no second picture then.
    isDue = true;
    askForEnd();
  };
  const soon = (): void => {
    if (pending === null && !signal.aborted) pending = view.requestAnimationFrame(onFrame);
  };
  signal.addEventListener('abort', cancel);
  return {
    now() {
      cancel();
      if (!signal.aborted) draw();
    },
    soon,
    atEnd() {
      if (isDue) draw();
      isDue = false;
    },
  };
}

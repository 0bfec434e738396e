import { callPage, type View } from './page-call';

/** How long frames are still read after the last sign of movement: kinetic scrolling and late data follow a gesture. */
const LINGER_MS = 1_000;

const INPUTS = ['pointerdown', 'pointermove', 'click', 'wheel', 'keydown'];

/** Buttons, menus, a double click on an axis, a shortcut: unlike a drag or a click of the chart they may switch autoscale on. */
const isCommand = ({ type, altKey, detail, target }: MouseEvent): boolean =>
  altKey || (type === 'click' && (detail > 1 || (target as Node).nodeName !== 'CANVAS'));

/**
 * Calls `read` once per animation frame while the chart may be moving, and not at all otherwise. The charts have no
 * event for a changed price range, and they settle it while drawing, so the reading has to come behind their drawing
 * in the same frame. An observer that begins to observe reports in the frame's own resize step: behind every animation
 * callback, whoever asked first, and before paint. `read` is told whether it is one of many, and whether somebody gave the chart a command since the one before;
 * it tells of a change. `near` is an element deeper in the page than any whose size is watched.
 */
export function createFrameLoop(
  view: View,
  near: () => Element | null | undefined,
  read: (isMoving: boolean, isCommanded: boolean) => boolean,
  signal: AbortSignal,
) {
  let frame = 0;
  let isCommanded = false;
  let awakeUntilMs = 0;
  /**
   * The frame, by its time, in which nothing more is read, whoever asks: a chart may while it is read, and the observer would
   * complain. A timer that ends with the frame would cost more than all of this.
   */
  let doneIn: unknown = 0;
  const observer = new view.ResizeObserver(onDrawn);

  function onFrame(): void {
    frame = 0;
    doneIn = 0;
    observer.observe(view.document.documentElement);
  }

  function onDrawn(): void {
    observer.disconnect();
    // A waiting frame is left to find the signal: in a frame that navigated its number may be another's.
    if (signal.aborted) return;
    const isMoving = performance.now() < awakeUntilMs;
    if (isMoving) ask();
    if (doneIn === (doneIn = document.timeline.currentTime)) return;
    const wasCommanded = isCommanded;
    isCommanded = false;
    if (read(isMoving, wasCommanded)) stir();
  }

  /** Whoever sees the page again has it looked at anew. */
  function ask(): void {
    if (!frame && !view.document.hidden) frame = view.requestAnimationFrame(onFrame);
  }

  /** Reads on from the next frame. */
  function stir(): void {
    awakeUntilMs = performance.now() + LINGER_MS;
    ask();
  }

  /** Reads in the frame that is being drawn, if one is, because charts call while they draw; else in the next. */
  function glance(): void {
    const element = near();
    if (element && doneIn !== document.timeline.currentTime) observer.observe(element);
    ask();
  }

  function onInput(event: Event): void {
    isCommanded ||= isCommand(event as MouseEvent);
    // A pointer that only hovers moves nothing.
    if (event.type !== 'pointermove' || (event as PointerEvent).buttons) stir();
  }

  // The page around a frame has buttons, too.
  for (const target of [view, view.parent]) {
    for (const type of INPUTS) {
      callPage(target, 'addEventListener', type, onInput, { capture: true, passive: true, signal });
    }
  }
  /** The chart has moved: what no gesture explains is somebody's command. */
  function wake(): void {
    isCommanded ||= performance.now() >= awakeUntilMs;
    glance();
    stir();
  }

  /** Reads on in the next frame. */
  function skip(): void {
    doneIn = document.timeline.currentTime;
    stir();
  }

  return { glance, wake, skip };
}

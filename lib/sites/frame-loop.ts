import { callPage, type View } from './page-call';

/** How long frames are still read after the last sign of movement: kinetic scrolling and late data follow a gesture. */
const LINGER_MS = 1_000;

const INPUTS = ['pointerdown', 'pointermove', 'pointerup', 'click', 'wheel', 'keydown', 'touchmove'];

/** Buttons, menus, a double click on an axis, a shortcut: unlike a drag or a click of the chart they may switch autoscale on. */
const isCommand = ({ type, altKey, detail, target }: MouseEvent): boolean =>
  altKey || (type === 'click' && (detail > 1 || (target as Node).nodeName !== 'CANVAS'));

/**
 * Calls `read` once per animation frame while the chart may be moving, and not at all otherwise. The charts have no
 * event for a changed price range, and they settle it while drawing, so the reading has to come behind their drawing
 * in the same frame. An observer that begins to observe reports in the frame's own resize step: behind every animation
 * callback, whoever asked first, and before paint. `read` is told whether it is one of many, and whether somebody gave the chart a command since the one before;
 * it tells of a change.
 */
export function createFrameLoop(
  view: View,
  read: (isMoving: boolean, isCommanded: boolean) => boolean,
  signal: AbortSignal,
) {
  let frame = 0;
  let isCommanded = false;
  let awakeUntilMs = 0;
  const observer = new view.ResizeObserver(onDrawn);

  function onFrame(): void {
    frame = 0;
    if (signal.aborted) return;
    const { documentElement } = view.document;
    observer.unobserve(documentElement);
    observer.observe(documentElement);
  }

  function onDrawn(): void {
    const nowMs = view.performance.now();
    if (read(nowMs < awakeUntilMs, isCommanded)) awakeUntilMs = Math.max(awakeUntilMs, nowMs + LINGER_MS);
    isCommanded = false;
    if (nowMs < awakeUntilMs) glance();
  }

  /** Reads in the next frame, and on only if something has changed. Whoever sees the page again has it looked at anew. */
  function glance(): void {
    if (frame === 0 && !view.document.hidden) frame = view.requestAnimationFrame(onFrame);
  }

  function wake(): void {
    awakeUntilMs = view.performance.now() + LINGER_MS;
    glance();
  }

  function onInput(event: Event): void {
    isCommanded ||= isCommand(event as MouseEvent);
    // A pointer that only hovers moves nothing.
    if (event.type !== 'pointermove' || (event as PointerEvent).buttons) wake();
  }

  // The page around a frame has buttons, too.
  for (const target of [view, view.parent]) {
    for (const type of INPUTS) {
      callPage(target, 'addEventListener', type, onInput, { capture: true, passive: true, signal });
    }
  }
  // A waiting frame is left to find the signal: in a frame that navigated its number may be another's.
  signal.addEventListener('abort', () => observer.disconnect());
  return { wake, glance };
}

import type { View } from './page-call';

/** How long frames are still read after the last sign of movement: kinetic scrolling and late data follow a gesture. */
const LINGER_MS = 1_000;

const INPUTS = [
  'pointerdown',
  'pointermove',
  'pointerup',
  'mousedown',
  'mousemove',
  'mouseup',
  'wheel',
  'keydown',
  'touchstart',
  'touchmove',
  'touchend',
];

/**
 * Calls `read` once per animation frame while the chart may be moving, and not at all otherwise. The charts have no
 * event for a changed price range, and they settle it while drawing, so the reading has to come behind their drawing
 * in the same frame: the frame is asked for again after each input event was handled and after each frame.
 */
export function createFrameLoop(view: View, read: () => boolean, signal: AbortSignal) {
  let frame = 0;
  let awakeUntilMs = 0;
  const channel = new view.MessageChannel();

  function onFrame(timeMs: number): void {
    frame = 0;
    if (signal.aborted) return;
    if (read()) awakeUntilMs = Math.max(awakeUntilMs, timeMs + LINGER_MS);
    if (timeMs >= awakeUntilMs) return;
    frame = view.requestAnimationFrame(onFrame);
    channel.port2.postMessage(null);
  }

  /** Moves the reading behind the frames that the chart asked for meanwhile. Never within a frame: it would be missed. */
  function requeue(): void {
    if (frame === 0 || signal.aborted) return;
    view.cancelAnimationFrame(frame);
    frame = view.requestAnimationFrame(onFrame);
  }

  /** Reads in the next frame, and on only if something has changed. */
  function glance(): void {
    if (frame === 0 && !signal.aborted) frame = view.requestAnimationFrame(onFrame);
  }

  function wake(): void {
    awakeUntilMs = view.performance.now() + LINGER_MS;
    glance();
  }

  function onInput(event: Event): void {
    // A pointer that only hovers moves nothing.
    if (event.type.endsWith('move') && 'buttons' in event && event.buttons === 0) return;
    wake();
    // An event made by a script may arrive in the middle of a frame.
    if (event.isTrusted) requeue();
    // A chart that stops the event keeps the bubbling listener from running.
    if (event.eventPhase === Event.CAPTURING_PHASE) channel.port2.postMessage(null);
  }

  channel.port1.addEventListener('message', requeue);
  channel.port1.start();
  for (const type of INPUTS) {
    view.addEventListener(type, onInput, { capture: true, passive: true, signal });
    view.addEventListener(type, onInput, { passive: true, signal });
  }
  // A waiting frame is left to find the signal: in a frame that navigated its number may be another's.
  signal.addEventListener('abort', () => channel.port1.close());
  return { wake, glance };
}

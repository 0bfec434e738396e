/** Where the pointer is: CSS pixels from the band's right edge and top. */
export interface PointerPlace {
  readonly fromRight: number;
  readonly y: number;
  readonly isOverAxis: boolean;
}

/** The band's place on screen is asked for anew at most this often, and only while the pointer moves. */
const PLACE_MS = 500;

/**
 * Watches the pointer without taking an event and without asking for layout: an IntersectionObserver tells the band's
 * place after the browser has laid out anyway. Null while the pointer is elsewhere or a button is down.
 */
export function watchPointer(
  view: Window & typeof globalThis,
  pane: Element,
  band: HTMLElement,
  height: () => number,
  onPointer: (place: PointerPlace | null) => void,
  signal: AbortSignal,
): void {
  const { document } = view;
  let rect: DOMRectReadOnly | null = null;
  let askedAt = -Infinity;
  let wasInside = false;

  const observer = new view.IntersectionObserver((entries) => {
    rect = entries[entries.length - 1].boundingClientRect;
  });
  const ask = (timeMs: number): void => {
    if (timeMs - askedAt < PLACE_MS) return;
    askedAt = timeMs;
    observer.disconnect();
    observer.observe(band);
  };
  const leave = (): void => {
    if (wasInside) onPointer(null);
    wasInside = false;
  };
  const onMove = (event: PointerEvent): void => {
    if (event.buttons !== 0) return leave();
    ask(event.timeStamp);
    const place = rect && placeIn(rect, height() / rect.height, event, pane);
    if (place === null) return leave();
    wasInside = true;
    onPointer(place);
  };

  const options = { capture: true, passive: true, signal };
  document.addEventListener('pointermove', onMove, options);
  document.addEventListener('pointerdown', leave, options);
  document.documentElement.addEventListener('pointerleave', leave, { passive: true, signal });
  signal.addEventListener('abort', () => observer.disconnect());
}

/** `perPx`: of the band's own pixels, where the page shows the chart larger or smaller than it is. */
function placeIn(rect: DOMRectReadOnly, perPx: number, event: PointerEvent, pane: Element): PointerPlace | null {
  // Charts hear mouse events, whose places are whole pixels: the same one gives the same price as their crosshair.
  const y = Math.floor(event.clientY) - rect.top;
  if (y < 0 || y >= rect.height || event.clientX < rect.left) return null;
  const fromRight = rect.right - event.clientX;
  // The axis is the cell beside the pane's.
  const isOverAxis = fromRight < 0;
  if (isOverAxis && !pane.nextElementSibling?.contains(event.target as Node | null)) return null;
  return { fromRight: fromRight * perPx, y: y * perPx, isOverAxis };
}

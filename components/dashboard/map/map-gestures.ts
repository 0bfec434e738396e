import { keepInSight, type MapWindow, pan, xToTime, yToPrice, zoomPrice, zoomTime } from '@/lib/chart/map-window';

import { mapLayout, type MapLayout } from './map-layout';

const PER_WHEEL_PX = 0.0016;
const KEY_ZOOM = 0.8;
const KEY_PAN = 0.08;

/** What a gesture needs to know of the map, and whom it tells. */
export interface MapControl {
  readonly window: () => MapWindow | null;
  /** First and last time that may be shown. */
  readonly limits: () => readonly [firstMs: number, lastMs: number];
  readonly onWindow: (window: MapWindow) => void;
  readonly onReset: () => void;
  /** CSS pixels from the top left of the map; null once it left. */
  readonly onPointer: (at: { readonly x: number; readonly y: number } | null) => void;
}

/** Drag to pan (on the price axis: to stretch prices), wheel to zoom time (with Shift: prices), keys for both. */
export function listenForGestures(element: HTMLElement, control: MapControl, signal: AbortSignal): void {
  const { window: current, limits, onWindow, onReset, onPointer } = control;
  let drag: { x: number; y: number; readonly isAxis: boolean } | null = null;

  const layout = (): MapLayout => mapLayout(element.clientWidth, element.clientHeight);
  const change = (to: (window: MapWindow, layout: MapLayout) => MapWindow) => {
    const window = current();
    if (window !== null) onWindow(keepInSight(to(window, layout()), ...limits()));
  };
  const at = (event: MouseEvent) => ({ x: event.offsetX, y: event.offsetY });
  const lnAt = (window: MapWindow, { area }: MapLayout, y: number) => Math.log(yToPrice(window, area, y));

  const onMove = (event: PointerEvent) => {
    const { x, y } = at(event);
    const { area } = layout();
    onPointer(x < area.width && y < area.height ? { x, y } : null);
    if (drag === null) return;
    const { x: fromX, y: fromY, isAxis } = drag;
    drag = { x, y, isAxis };
    change((window) => {
      const perLn = (window.highLn - window.lowLn) / area.height;
      const perMs = (window.toMs - window.fromMs) / area.width;
      if (isAxis) return zoomPrice(window, Math.exp((y - fromY) / 150), (window.lowLn + window.highLn) / 2);
      return pan(window, (fromX - x) * perMs, (y - fromY) * perLn);
    });
  };
  const onDown = (event: PointerEvent) => {
    if (event.button !== 0) return;
    element.setPointerCapture(event.pointerId);
    drag = { ...at(event), isAxis: event.offsetX >= layout().axisLeft };
  };
  const onWheel = (event: WheelEvent) => {
    event.preventDefault();
    const { x, y } = at(event);
    const byPrice = event.shiftKey || x >= layout().axisLeft;
    const factor = Math.exp((event.deltaY || event.deltaX) * PER_WHEEL_PX * (event.deltaMode === 1 ? 30 : 1));
    change((window, places) =>
      byPrice
        ? zoomPrice(window, factor, lnAt(window, places, y))
        : zoomTime(window, factor, xToTime(window, places.area, x)),
    );
  };
  const onKey = (event: KeyboardEvent) => {
    const move = KEYS[event.key];
    if (event.key === '0') onReset();
    else if (move !== undefined) change((window) => move(window, event.shiftKey));
    else return;
    event.preventDefault();
  };
  const onUp = () => {
    drag = null;
  };

  element.addEventListener('pointermove', onMove, { signal });
  element.addEventListener('pointerdown', onDown, { signal });
  element.addEventListener('pointerup', onUp, { signal });
  element.addEventListener('pointercancel', onUp, { signal });
  element.addEventListener('pointerleave', () => onPointer(null), { signal });
  element.addEventListener('wheel', onWheel, { signal, passive: false });
  element.addEventListener('dblclick', onReset, { signal });
  element.addEventListener('keydown', onKey, { signal });
}

const panBy = (x: number, y: number) => (window: MapWindow) =>
  pan(window, x * (window.toMs - window.fromMs), y * (window.highLn - window.lowLn));
const zoomBy = (factor: number) => (window: MapWindow, isPrice: boolean) =>
  isPrice
    ? zoomPrice(window, factor, (window.lowLn + window.highLn) / 2)
    : zoomTime(window, factor, (window.fromMs + window.toMs) / 2);

const KEYS: Readonly<Record<string, (window: MapWindow, isPrice: boolean) => MapWindow>> = {
  ArrowLeft: panBy(-KEY_PAN, 0),
  ArrowRight: panBy(KEY_PAN, 0),
  ArrowUp: panBy(0, KEY_PAN),
  ArrowDown: panBy(0, -KEY_PAN),
  '+': zoomBy(KEY_ZOOM),
  '=': zoomBy(KEY_ZOOM),
  '-': zoomBy(1 / KEY_ZOOM),
  _: zoomBy(1 / KEY_ZOOM),
};

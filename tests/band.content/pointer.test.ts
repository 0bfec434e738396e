// @vitest-environment happy-dom
import { beforeEach, expect, it } from 'vitest';

import { type PointerPlace, watchPointer } from '@/entrypoints/band.content/pointer';

/** A pane of 300 x 400 px at 100, 50 with an axis beside it, shown `zoom` times as large. */
function watch(zoom: number) {
  document.body.innerHTML = '<div id="pane"><canvas></canvas></div><div id="axis"></div>';
  const [pane, axis] = document.body.children;
  const band = document.querySelector('canvas') as HTMLCanvasElement;
  Object.assign(window, {
    IntersectionObserver: class {
      readonly observe: () => void;
      constructor(onSeen: (entries: readonly object[]) => void) {
        this.observe = () => onSeen([{ boundingClientRect: new DOMRect(100, 50, 300 * zoom, 400 * zoom) }]);
      }
      disconnect(): void {}
    },
  });
  let place: PointerPlace | null = null;
  watchPointer(
    window,
    pane,
    band,
    () => 400,
    (next) => (place = next),
    controller.signal,
  );
  return {
    moveTo(
      clientX: number,
      clientY: number,
      { target = pane, buttons = 0 }: { target?: Element; buttons?: number } = {},
    ) {
      target.dispatchEvent(new PointerEvent('pointermove', { clientX, clientY, buttons, bubbles: true }));
      return place;
    },
    axis,
  };
}

let controller: AbortController;
beforeEach(() => {
  controller?.abort();
  controller = new AbortController();
});

it('tells the place from the band’s right edge and top, in whole pixels down', () => {
  expect(watch(1).moveTo(380, 150.7)).toEqual({ fromRight: 20, y: 100, isOverAxis: false });
});

it.each([0.5, 0.8, 1.25])(
  'tells it in the band’s own pixels on a page that shows the chart %s times as large',
  (zoom) => {
    const place = watch(zoom).moveTo(100 + 280 * zoom, 50 + 100 * zoom);
    expect(place?.fromRight).toBeCloseTo(20, 9);
    expect(place?.y).toBeCloseTo(100, 9);
  },
);

it('counts the axis beside the band, and nothing else beyond it', () => {
  const chart = watch(1);
  expect(chart.moveTo(410, 150, { target: chart.axis })).toEqual({ fromRight: -10, y: 100, isOverAxis: true });
  expect(chart.moveTo(410, 150)).toBeNull();
});

it('tells of no place outside, and of none while a button is down', () => {
  const chart = watch(1);
  chart.moveTo(380, 150);
  expect(chart.moveTo(380, 150, { buttons: 1 })).toBeNull();
  chart.moveTo(380, 150);
  expect(chart.moveTo(380, 451)).toBeNull();
});

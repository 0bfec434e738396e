import type { Frame, Page } from 'playwright-core';

import { runInExtensionWorld } from './extension-world';

/** How far the full pane's columns stood from the chart's own bars, frame by frame. */
export interface PaneErrors {
  /** CSS pixels between the edges of a bar and of its column. */
  readonly worstX: number;
  /** CSS pixels between what a column leaves clear and the bar's low and high. */
  readonly worstY: number;
  /** Most frames in a row in which something stood further off than a pixel, two down the axis. */
  readonly lagFrames: number;
  readonly shownFrames: number;
  /** In which the band was there and no column was. */
  readonly bareFrames: number;
}

const RECTS_EVENT = 'test-pane-rects';

/**
 * Writes down what the band takes out of its heat, which is one corridor a bar: in the world of the band's own script,
 * where its canvas is drawn. To be called once per page, before `recordPaneErrors`.
 */
export const watchCorridors = (page: Page): Promise<void> =>
  runInExtensionWorld(page, `(${watchHere.toString()})('${RECTS_EVENT}')`);

/** Runs in the extension's world. */
function watchHere(eventName: string): void {
  const { prototype } = CanvasRenderingContext2D;
  const clear: (...args: number[]) => void = Reflect.get(prototype, 'clearRect');
  let rects: number[][] = [];
  prototype.clearRect = function (x, y, width, height) {
    // A new picture begins with an empty canvas.
    if (x === 0 && y === 0 && width > 100) rects = [];
    else rects.push([x, y, width, height]);
    Reflect.apply(clear, this, [x, y, width, height]);
  };
  document.addEventListener(eventName, () => {
    document.documentElement.dataset['paneRects'] = JSON.stringify(rects);
  });
}

/** Measures behind every frame from now on, until the returned function is called. */
export async function recordPaneErrors(frame: Frame): Promise<() => Promise<PaneErrors>> {
  const recorder = await frame.evaluateHandle(
    `(() => {
      const measure = ${measureHere.toString()};
      const errors = { worstX: 0, worstY: 0, lagFrames: 0, shownFrames: 0, bareFrames: 0 };
      let lag = 0;
      let isOn = true;
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        const error = measure('${RECTS_EVENT}');
        if (error === null) return;
        errors.shownFrames++;
        if (error.columns === 0) errors.bareFrames++;
        errors.worstX = Math.max(errors.worstX, error.x);
        errors.worstY = Math.max(errors.worstY, error.y);
        lag = error.x > 1 || error.y > 2 ? lag + 1 : 0;
        errors.lagFrames = Math.max(errors.lagFrames, lag);
      };
      const onFrame = () => {
        if (!isOn) return;
        port2.postMessage(null);
        requestAnimationFrame(onFrame);
      };
      requestAnimationFrame(onFrame);
      return { stop: () => { isOn = false; return errors; } };
    })()`,
  );
  return () => recorder.evaluate((running: unknown) => (running as { stop(): PaneErrors }).stop());
}

/** Runs in the page: the bars left of the band against the corridors in the heat; null while the band is hidden. */
function measureHere(eventName: string): { x: number; y: number; columns: number } | null {
  const band = document.querySelector<HTMLElement>('liqband-band');
  const chart = window.__chart;
  if (band?.dataset['state'] !== 'ready' || chart?.bars === undefined) return null;
  document.dispatchEvent(new CustomEvent(eventName));
  const ratio = window.devicePixelRatio;
  const { top, height, width } = band.getBoundingClientRect();
  const offset = top - chart.paneRect().y;
  const rects = (JSON.parse(document.documentElement.dataset['paneRects'] ?? '[]') as number[][])
    .map((rect) => rect.map((value) => value / ratio))
    // What lies right of the newest bar is taken out over the whole height.
    .filter(([, y, , tall]) => y > 0 || tall < height - 1);
  let [worstX, worstY] = [0, 0];
  const clamp = (y: number): number => Math.max(-4, Math.min(height + 4, y));
  for (const { left, right, low, high } of rects.length === 0 ? [] : chart.bars()) {
    if (left < 0 || right > width - 72) continue;
    const ys = [low, high].map((price) => (chart.priceToY(price) ?? NaN) - offset);
    const [above, below] = [Math.min(...ys) - 2, Math.max(...ys) + 2].map(clamp);
    if (below < 0 || above > height) continue;
    const distances = rects.map(([x, y, wide, tall]) => ({
      x: Math.max(Math.abs(x - left), Math.abs(x + wide - right)),
      y: Math.max(Math.abs(clamp(y) - above), Math.abs(clamp(y + tall) - below)),
    }));
    const nearest = distances.reduce((best, each) => (each.x < best.x ? each : best));
    worstX = Math.max(worstX, nearest.x);
    worstY = Math.max(worstY, nearest.y);
  }
  return { x: worstX, y: worstY, columns: rects.length };
}

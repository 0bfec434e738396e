import type { Frame, Page } from 'playwright-core';

import { type BandReading, readBands } from '@/scripts/browser';
import type { ChartPointerState, ChartTruth } from '@/tests/pages/client/chart-truth';
import type { ChartMode } from '@/tests/pages/client/page-options';

/** Where a test waits for a state, this is how long it may take on a slow machine; never how long it takes. */
const PATIENCE_MS = 90_000;

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The frame of a page whose chart tells the truth about itself: the page itself or the frame inside it. */
export async function chartFrame(page: Page): Promise<Frame> {
  return until(async () => {
    for (const frame of page.frames()) {
      if (await frame.evaluate(() => window.__chart?.isReady() ?? false).catch(() => false)) return frame;
    }
    return null;
  }, 'a chart with candles');
}

/** Asks the condition again and again until it gives something. */
export async function until<T>(condition: () => Promise<T | null>, what: string, patienceMs = PATIENCE_MS): Promise<T> {
  const endMs = performance.now() + patienceMs;
  for (;;) {
    const found = await condition();
    if (found !== null) return found;
    if (performance.now() > endMs) throw new Error(`Waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** The page's band once it is in a state, for a reason where one is given. */
export async function waitForBand(page: Page, state: 'ready' | 'hidden', reason?: string): Promise<BandReading> {
  let last: readonly BandReading[] = [];
  const find = async (): Promise<BandReading | null> => {
    last = await readBands(page);
    return last.find((band) => band.state === state && (reason === undefined || band.reason === reason)) ?? null;
  };
  return until(find, `a ${state} band ${reason ?? ''}`).catch((error: unknown) => {
    const seen = last.map(({ state, reason, contract }) => `${state} ${reason} ${contract}`).join(', ');
    throw new Error(`${String(error)}; there was: ${seen || 'no band'}`, { cause: error });
  });
}

/** Calls the chart's own handle. */
export const withChart = <Result>(
  frame: Frame,
  act: (chart: ChartTruth, argument: string) => Result | Promise<Result>,
  argument = '',
): Promise<Result> => frame.evaluate<Result>(`(${act.toString()})(window.__chart, ${JSON.stringify(argument)})`);

export const chartState = (frame: Frame): Promise<ChartPointerState> => withChart(frame, (chart) => chart.state());

/** A scale that a gesture has moved comes back with autoscale, on the newest bars. */
export async function restore(frame: Frame, mode: ChartMode, isInverted: boolean): Promise<void> {
  await frame.evaluate(
    ([next, side]) => {
      window.__chart?.setMode(next);
      window.__chart?.setInverted(side);
      window.__chart?.setAutoScale(true);
      window.__chart?.resetTime();
    },
    [mode, isInverted] as const,
  );
  // What no gesture comes before is seen by the heartbeat; autoscale in a chart of 2020 is known by a command alone.
  await frame.page().keyboard.press('Alt');
}

/**
 * How far, in CSS pixels, the band's top and bottom price lie from where the chart itself draws them. Measured behind a
 * painted frame; null while the band is hidden.
 */
export async function bandScaleError(frame: Frame): Promise<number | null> {
  await afterFrame(frame);
  return frame.evaluate(scaleErrorHere);
}

/** Runs in the page. */
function scaleErrorHere(): number | null {
  // A page that lies has bands of its own making, too.
  const band = document.querySelector<HTMLElement>('liqband-band[data-state="ready"]');
  const chart = window.__chart;
  if (band === null || !chart) return null;
  const { top, height } = band.getBoundingClientRect();
  const offset = top - chart.paneRect().y;
  const distance = (price: string | undefined, y: number): number =>
    Math.abs((chart.priceToY(Number(price)) ?? NaN) - (y + offset));
  return Math.max(distance(band.dataset['topPrice'], 0), distance(band.dataset['bottomPrice'], height - 1));
}

export interface ScaleErrors {
  readonly worstPx: number;
  /** Most frames in a row in which the band stood further off than it may. */
  readonly lagFrames: number;
  readonly shownFrames: number;
}

/** Measures behind every frame from now on, until the returned function is called. */
export async function recordScaleErrors(frame: Frame, tolerancePx: number): Promise<() => Promise<ScaleErrors>> {
  const recorder = await frame.evaluateHandle(
    `(() => {
      const measure = ${scaleErrorHere.toString()};
      const errors = { worstPx: 0, lagFrames: 0, shownFrames: 0 };
      let lag = 0;
      let isOn = true;
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        const error = measure();
        if (error !== null) {
          errors.shownFrames++;
          errors.worstPx = Math.max(errors.worstPx, error);
          lag = error > ${tolerancePx} ? lag + 1 : 0;
          errors.lagFrames = Math.max(errors.lagFrames, lag);
        }
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
  return () => recorder.evaluate((running: unknown) => (running as { stop(): ScaleErrors }).stop());
}

/** Until the next frame has been painted. */
export const afterFrame = (frame: Frame): Promise<void> =>
  frame.evaluate(
    () =>
      new Promise<void>((resolve) =>
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.addEventListener('message', () => resolve());
          port1.start();
          port2.postMessage(null);
        }),
      ),
  );

/** The scale error once the chart has come to rest and the band is back. */
export const settledScaleError = (frame: Frame, patienceMs = PATIENCE_MS): Promise<number> =>
  until(
    async () => {
      const [first, second] = [await chartState(frame), await bandScaleError(frame)];
      const state = await chartState(frame);
      return JSON.stringify(first) === JSON.stringify(state) ? second : null;
    },
    'a band on a chart at rest',
    patienceMs,
  );

/** A point of the main pane in the page's coordinates; x and y are shares of the pane, or pixels from its right edge. */
export async function panePoint(page: Page, frame: Frame, fromRight: number, share: number): Promise<Point> {
  const rect = await withChart(frame, (chart) => chart.paneRect());
  const origin = await frameOrigin(page, frame);
  return { x: origin.x + rect.x + rect.width - fromRight, y: origin.y + rect.y + rect.height * share };
}

async function frameOrigin(page: Page, frame: Frame): Promise<Point> {
  if (frame === page.mainFrame()) return { x: 0, y: 0 };
  const box = await (await frame.frameElement()).boundingBox();
  return { x: box?.x ?? 0, y: box?.y ?? 0 };
}

import type { Page } from 'playwright-core';

import { quantile } from '../bench';

/** What one frame of a moving chart cost its page's main thread, in ms of the thread's own time. */
export interface FrameCost {
  /** Inside the extension's functions, and what they had the browser do at once. */
  readonly ours: number;
  /** Of it, what tracing adds: as much for each of our calls as an empty function of the page takes in the same trace. */
  readonly tracing: number;
  /** Everything: the page's scripts, ours, layout, paint. */
  readonly all: number;
  /** Since the frame before, ms of the clock. */
  readonly interval: number;
  /** Layouts and style recalculations that our functions forced. */
  readonly forcedLayouts: number;
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  /** Thread time: a busy machine does not add to it. */
  readonly tdur?: number;
  readonly args?: { readonly data?: { readonly url?: string; readonly functionName?: string } };
}

const EMPTY_CALLS = 40;

/** No more than needed: each event costs the thread that is measured. */
const CATEGORIES = ['devtools.timeline', 'toplevel'];
const LAYOUTS: ReadonlySet<string> = new Set(['Layout', 'UpdateLayoutTree']);

/** Traces the page while `act` moves its chart, and tells what each frame cost in which the chart's own script drew. */
export const traceFrames = async (page: Page, act: () => Promise<void>): Promise<readonly FrameCost[]> =>
  framesFromTrace(await trace(page, act));

/** Traces the page while `act` lasts, and tells how many ms of its main thread our functions took. */
export async function traceOurs(page: Page, act: () => Promise<void>): Promise<number> {
  let [ours, oursUntil] = [0, -Infinity];
  for (const { name, ts, dur = 0, tdur = 0, args } of await trace(page, act)) {
    if (name !== 'FunctionCall' || !isOurs(args?.data?.url) || ts < oursUntil) continue;
    ours += tdur / 1000;
    oursUntil = ts + dur;
  }
  return ours;
}

async function trace(page: Page, act: () => Promise<void>): Promise<readonly TraceEvent[]> {
  const browser = page.context().browser();
  if (browser === null) throw new Error('The page has no browser to trace');
  await browser.startTracing(page, { categories: CATEGORIES });
  await act();
  await page.evaluate(callEmpty, EMPTY_CALLS);
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  return traceEvents.toSorted((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0));
}

/** Runs in the page: an animation callback a frame that does nothing. What a trace says of it is the cost of tracing a call. */
const callEmpty = (count: number): Promise<void> =>
  new Promise((resolve) => {
    let left = count;
    const emptyCall = (): void => {};
    const next = (): void => {
      if (left-- === 0) return resolve();
      requestAnimationFrame(emptyCall);
      requestAnimationFrame(next);
    };
    next();
  });

function framesFromTrace(events: readonly TraceEvent[]): readonly FrameCost[] {
  const moved = events.find(({ name, args }) => name === 'FunctionCall' && isChart(args?.data?.url));
  if (moved === undefined) throw new Error('The trace holds no script of the chart');
  const onThread = events.filter(({ ph, pid, tid }) => ph === 'X' && pid === moved.pid && tid === moved.tid);
  const empty = onThread.filter(({ args }) => args?.data?.functionName === 'emptyCall');
  const perCall = quantile(
    empty.map(({ tdur = 0 }) => tdur / 1000),
    0.5,
  );
  const frames: FrameCost[] = [];
  let current = { ours: 0, tracing: 0, all: 0, forcedLayouts: 0 };
  let drawnAt = NaN;
  let hasDrawn = false;
  let frameUntil = -Infinity;
  let oursUntil = -Infinity;
  for (const { name, ts, dur = 0, tdur = 0, args } of onThread) {
    if (ts >= (empty[0]?.ts ?? Infinity)) break;
    if (name === 'ThreadControllerImpl::RunTask') current.all += tdur / 1000;
    else if (ts < oursUntil) current.forcedLayouts += LAYOUTS.has(name) ? 1 : 0;
    else if (name === 'FireAnimationFrame') frameUntil = ts + dur;
    else if (name === 'FunctionCall' && ts < frameUntil && isChart(args?.data?.url)) hasDrawn = true;
    else if (name === 'FunctionCall' && isOurs(args?.data?.url)) {
      current.ours += tdur / 1000;
      current.tracing += perCall;
      oursUntil = ts + dur;
    } else if (name === 'Layerize') {
      // What is left of a frame behind its scripts; its task counts as a whole, in the frame that it began in.
      if (hasDrawn && drawnAt > 0) frames.push({ ...current, interval: (ts - drawnAt) / 1000 });
      drawnAt = ts;
      current = { ours: 0, tracing: 0, all: 0, forcedLayouts: 0 };
      hasDrawn = false;
    }
  }
  return frames;
}

const isOurs = (url = ''): boolean => url.startsWith('chrome-extension://');
const isChart = (url = ''): boolean => url.endsWith('/-/chart.js');

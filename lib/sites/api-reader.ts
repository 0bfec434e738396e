import type { Announcer } from './announcer';
import { type ApiScale, chartsOf, type ChartState, findChartApi, readChartState, sampleApiScale } from './chart-api';
import { findPane } from './chart-dom';
import { createFrameLoop } from './frame-loop';
import { callPage, type View } from './page-call';

/** Callbacks of a chart behind which its scale may move. There is none for the price range itself. */
const CHART_EVENTS = ['onSymbolChanged', 'onIntervalChanged', 'onVisibleRangeChanged', 'onDataLoaded'] as const;

interface TrackedChart {
  chart: unknown;
  pane: Element | null;
  paneIndex: number | null;
  paneHeight: number | null;
  symbol: string;
  /** What was announced last; null when the next reading has to be announced whatever it is. */
  scale: ApiScale | null;
}

/**
 * Reads every chart of one window through the charting library's API, and announces what changed. `glance` has it look
 * once, for what moves without a gesture.
 */
export function createApiReader(view: View, announcer: Announcer, signal: AbortSignal) {
  let tracked: TrackedChart[] = [];
  const loop = createFrameLoop(view, read, signal);
  const observer = new view.ResizeObserver(onResize);
  signal.addEventListener('abort', () => observer.disconnect());

  function read(): boolean {
    const charts = chartsOf(findChartApi(view));
    for (const gone of tracked.splice(charts.length)) leave(gone);
    let hasChanged = false;
    charts.forEach((chart, i) => {
      tracked[i] ??= { chart: null, pane: null, paneIndex: null, paneHeight: null, symbol: '', scale: null };
      if (readChart(tracked[i], chart, i, charts.length)) hasChanged = true;
    });
    return hasChanged;
  }

  function readChart(track: TrackedChart, chart: unknown, index: number, count: number): boolean {
    const state = readChartState(chart);
    const pane = locate(track, chart, state, index, count);
    if (!pane) return false;
    const { symbol, scale } = state;
    const before = track.scale;
    if (scale && before && symbol === track.symbol && isSameScale(before, scale)) return false;
    track.symbol = symbol;
    track.scale = scale;
    if (!scale) {
      announcer.announce(pane, { state: 'absent', symbol, detail: state.problem });
      return before !== null;
    }
    if (before && hasJumped(before, scale)) {
      hide(track, pane);
      return true;
    }
    const sampled = sampleApiScale(scale);
    const { height, mode } = scale;
    announcer.announce(
      pane,
      sampled
        ? { state: 'ready', source: 'api', symbol, height, mode, ...sampled }
        : { state: 'absent', symbol, detail: 'not monotone' },
    );
    return true;
  }

  /** The API is a frame late after autoscale was switched and after a resize: nothing is shown for that frame. */
  function hide(track: TrackedChart, pane: Element): void {
    track.scale = null;
    announcer.announce(pane, { state: 'absent', symbol: track.symbol, detail: 'scale settling' });
    loop.wake();
  }

  function onResize(entries: readonly ResizeObserverEntry[]): void {
    for (const { target, contentRect } of entries) {
      const track = tracked.find(({ pane }) => pane === target);
      if (!track) continue;
      // An observer reports once at the start.
      if (track.paneHeight !== null && track.paneHeight !== contentRect.height) hide(track, target);
      track.paneHeight = contentRect.height;
    }
  }

  function locate(
    track: TrackedChart,
    chart: unknown,
    { paneIndex }: ChartState,
    index: number,
    count: number,
  ): Element | null {
    if (track.pane?.isConnected && (paneIndex === null || paneIndex === track.paneIndex)) return track.pane;
    const pane = findPane(view.document, index, count, paneIndex ?? 0);
    if (pane === track.pane) return pane;
    leave(track);
    Object.assign(track, { chart, pane, paneIndex, paneHeight: null, scale: null });
    if (pane) {
      observer.observe(pane);
      for (const event of CHART_EVENTS) callPage(callPage(chart, event), 'subscribe', null, loop.wake);
    }
    return pane;
  }

  function leave({ chart, pane }: TrackedChart): void {
    if (!pane) return;
    observer.unobserve(pane);
    announcer.withdraw(pane);
    for (const event of CHART_EVENTS) callPage(callPage(chart, event), 'unsubscribe', null, loop.wake);
  }

  signal.addEventListener('abort', () => {
    for (const track of tracked) leave(track);
    tracked = [];
  });

  return { glance: loop.glance };
}

const hasJumped = (a: ApiScale, b: ApiScale): boolean => a.height !== b.height || a.isAutoScale !== b.isAutoScale;

const isSameScale = (a: ApiScale, b: ApiScale): boolean =>
  a.from === b.from && a.to === b.to && a.mode === b.mode && !hasJumped(a, b);

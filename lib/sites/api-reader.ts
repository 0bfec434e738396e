import type { Announcer } from './announcer';
import { type ApiScale, chartsOf, type ChartState, findChartApi, readChartState, sampleApiScale } from './chart-api';
import { findPane } from './chart-dom';
import { createFrameLoop } from './frame-loop';
import { callPage, type View } from './page-call';

/** Callbacks of a chart behind which its scale may move. There is none for the price range itself. */
const CHART_EVENTS = ['onSymbolChanged', 'onIntervalChanged', 'onVisibleRangeChanged', 'onDataLoaded'] as const;

/** Pieces between 33 samples: 0.08 px at worst where measured on straight interpolation, and tens of microseconds. */
const ALL_PIECES = 32;
/** Top, middle and bottom tell a straight axis, a logarithm and its offset. */
const FEW_PIECES = 2;
const AGREEMENT_PX = 0.5;

interface TrackedChart {
  chart: unknown;
  pane: Element | null;
  paneIndex: number | null;
  paneHeight: number | null;
  symbol: string;
  /** What was announced last; null when the next reading has to be announced whatever it is. */
  scale: ApiScale | null;
  /** Whether both ways of reading were compared down the whole pane for it. */
  isChecked: boolean;
  /** Symbol and mode for which they agreed. */
  agreedOn: string;
}

/**
 * Reads every chart of one window through the charting library's API, and announces what changed. `glance` has it look
 * once, for what moves without a gesture.
 */
export function createApiReader(view: View, announcer: Announcer, signal: AbortSignal) {
  let tracked: TrackedChart[] = [];
  const loop = createFrameLoop(view, read, signal);
  const observer = new view.ResizeObserver(onResize);
  // A tick that moves the scale changes the legend's figures, too: the one sign of it, since the API has no event.
  const legends = new view.MutationObserver(loop.glance);

  function read(isMoving: boolean): boolean {
    const charts = chartsOf(findChartApi(view));
    for (const gone of tracked.splice(charts.length)) leave(gone);
    let hasChanged = false;
    charts.forEach((chart, i) => {
      tracked[i] ??= {
        chart: null,
        pane: null,
        paneIndex: null,
        paneHeight: null,
        symbol: '',
        scale: null,
        isChecked: false,
        agreedOn: '',
      };
      if (readChart(tracked[i], chart, i, charts.length, isMoving)) hasChanged = true;
    });
    return hasChanged;
  }

  function readChart(track: TrackedChart, chart: unknown, index: number, count: number, isMoving: boolean): boolean {
    const state = readChartState(chart);
    const pane = locate(track, chart, state, index, count);
    if (!pane) return false;
    const { symbol, scale } = state;
    const before = track.scale;
    const isSame = scale !== null && before !== null && symbol === track.symbol && isSameScale(before, scale);
    if (isSame && (isMoving || track.isChecked)) return false;
    // A shape on which both ways agreed holds while it moves; at rest they are compared again.
    const shape = `${symbol} ${scale?.mode}`;
    track.isChecked = !isMoving || track.agreedOn !== shape;
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
    const sampled = sampleApiScale(scale, track.isChecked ? ALL_PIECES : FEW_PIECES);
    if (track.isChecked) track.agreedOn = (sampled?.disagreementPx ?? 0) <= AGREEMENT_PX ? shape : '';
    const { height, mode } = scale;
    announcer.announce(
      pane,
      sampled
        ? { state: 'ready', source: 'api', symbol, height, mode, ...sampled, writtenPrices: [] }
        : { state: 'absent', symbol, detail: 'not monotone' },
    );
    return !isSame;
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
      legends.observe(pane, { subtree: true, childList: true, characterData: true });
      listen(chart, 'subscribe');
    }
    return pane;
  }

  function leave({ chart, pane }: TrackedChart): void {
    if (!pane) return;
    observer.unobserve(pane);
    announcer.withdraw(pane);
    listen(chart, 'unsubscribe');
  }

  function listen(chart: unknown, verb: 'subscribe' | 'unsubscribe'): void {
    for (const event of CHART_EVENTS) callPage(callPage(chart, event), verb, null, loop.wake);
  }

  signal.addEventListener('abort', () => {
    for (const track of tracked) leave(track);
    tracked = [];
    observer.disconnect();
    legends.disconnect();
  });

  return { glance: loop.glance };
}

const hasJumped = (a: ApiScale, b: ApiScale): boolean => a.height !== b.height || a.isAutoScale !== b.isAutoScale;

const isSameScale = (a: ApiScale, b: ApiScale): boolean =>
  a.from === b.from && a.to === b.to && a.mode === b.mode && !hasJumped(a, b);

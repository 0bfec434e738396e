import type { Announcer } from './announcer';
import { chartsOf, type ChartState, findChartApi, readChartState, sampleApiScale } from './chart-api';
import { CONTAINER, containersOf, findPane } from './chart-dom';
import { createFrameLoop } from './frame-loop';
import { callPage, type View } from './page-call';
import { readTimes } from './time-reader';

/** Callbacks of a chart behind which its scale may move. There is none for the price range itself. */
const CHART_EVENTS = ['onSymbolChanged', 'onIntervalChanged', 'onVisibleRangeChanged', 'onDataLoaded'] as const;

const TICK_EVENT = 'onTick';

/** Pieces between 33 samples: 0.08 px at worst where measured on straight interpolation, and tens of microseconds. */
const ALL_PIECES = 32;
/** Top, middle and bottom tell a straight axis, a logarithm and its offset. */
const FEW_PIECES = 2;

interface TrackedChart {
  chart?: unknown;
  pane?: Element | null;
  /** Whose sizes are watched: the pane, and the chart's container. */
  sized?: readonly Element[];
  paneIndex?: number | undefined;
  /** Whether its scale was the last thing announced; else the next reading has to be, whatever it is. */
  isRead?: boolean;
  /** Whether it was read down the whole pane. */
  isWhole?: boolean;
  /** What was read down the whole pane last: its symbol, and all that changes only by a command or a resize. */
  shape?: string;
  /** Its symbol, its range and where its bars stand. */
  said?: string;
}

/**
 * Reads every chart of one window through the charting library's API, and announces what changed. `glance` has it look
 * once, for what moves without a gesture.
 */
export function createApiReader(view: View, announcer: Announcer, signal: AbortSignal) {
  let tracked: TrackedChart[] = [];
  let api: unknown;
  let placeCount = 0;
  const sizes = new WeakMap<Element, string>();
  const loop = createFrameLoop(view, read, signal);
  const observer = new view.ResizeObserver(onResize);
  // A tick that moves the scale changes the legend's figures, too: the one sign of it, since the API has no event.
  const legends = new view.MutationObserver(() => (view.document.hidden ? legends.disconnect() : loop.glance()));

  function read(isMoving: boolean, isCommanded: boolean): boolean {
    if (!isMoving) placeCount = containersOf(view.document).length;
    follow(findChartApi(view));
    const charts = chartsOf(api, placeCount);
    for (const gone of tracked.splice(charts.length)) leave(gone);
    let hasChanged = false;
    charts.forEach((chart, i) => {
      tracked[i] ??= {};
      if (readChart(tracked[i], chart, i, charts.length, isMoving, isCommanded)) hasChanged = true;
    });
    return hasChanged;
  }

  function readChart(
    track: TrackedChart,
    chart: unknown,
    index: number,
    count: number,
    isMoving: boolean,
    isCommanded: boolean,
  ): boolean {
    const state = readChartState(chart);
    const pane = locate(track, chart, state, index, count, isMoving);
    if (!pane) return false;
    const { symbol, scale } = state;
    const wasRead = track.isRead;
    track.isRead = scale !== null;
    if (!scale) {
      announcer.announce(pane, { state: 'absent', symbol });
      return wasRead === true;
    }
    const { height, mode, from, to, isAutoScale } = scale;
    const shape = [symbol, mode, height, isAutoScale].join();
    const isOther = track.shape !== shape;
    // The charts of 2020 do not tell whether they autoscale: any command may have switched it on.
    if (wasRead && (isOther || (isCommanded && isAutoScale === undefined))) {
      hide(track, pane, symbol);
      return true;
    }
    const times = announcer.isTimed ? readTimes(chart, isMoving) : [];
    const said = [symbol, from, to, times].join();
    const isSame = wasRead && said === track.said;
    if (isSame && (isMoving || track.isWhole)) return false;
    // A shape that was read whole holds while it moves; at rest it is read whole again.
    track.isWhole = !isMoving || isOther;
    track.shape = shape;
    track.said = said;
    const sampled = sampleApiScale(scale, track.isWhole ? ALL_PIECES : FEW_PIECES);
    announcer.announce(pane, { state: 'ready', source: 'api', symbol, height, mode, ...sampled, times });
    return !isSame;
  }

  /** The API is a frame late after autoscale was switched and after a resize, and may be with another symbol or mode: nothing is shown for that frame. */
  function hide(track: TrackedChart, pane: Element, symbol = ''): void {
    track.isRead = false;
    announcer.announce(pane, { state: 'absent', symbol });
    loop.wake();
  }

  /** A chart's own size, and of its main pane the height: the pane's width follows the axis's labels, too. */
  function onResize(entries: readonly ResizeObserverEntry[]): void {
    for (const { target, contentRect } of entries) {
      const track = tracked.find(({ pane }) => target.contains(pane ?? null));
      const size = `${target === track?.pane || contentRect.width} ${contentRect.height}`;
      // An observer reports once at the start.
      if (track?.pane && sizes.has(target) && sizes.get(target) !== size) hide(track, track.pane);
      sizes.set(target, size);
    }
  }

  function locate(
    track: TrackedChart,
    chart: unknown,
    state: ChartState,
    index: number,
    count: number,
    isMoving: boolean,
  ): Element | null {
    const { paneIndex } = state;
    // Rows may be reordered behind the API's back, or behind ours: at rest they are looked at anew.
    const isKept = paneIndex < 0 || (isMoving && paneIndex === track.paneIndex);
    if (isKept && track.pane?.isConnected) return track.pane;
    const pane = findPane(containersOf(view.document), index, count, state);
    // Each time: in a page that nobody saw, the watch has ended.
    if (pane) legends.observe(pane, { subtree: true, childList: true, characterData: true });
    // Found twice before it is relied on: the elements may follow the API a frame later.
    track.paneIndex = pane === track.pane ? paneIndex : undefined;
    if (pane === track.pane) return pane;
    leave(track);
    const sized = pane ? [pane, pane.closest(CONTAINER) ?? pane] : [];
    Object.assign(track, { chart, pane, sized, isRead: false });
    if (pane) {
      for (const each of sized) observer.observe(each);
      listen(chart, 'subscribe');
    }
    return pane;
  }

  function leave({ chart, pane, sized = [] }: TrackedChart): void {
    if (!pane) return;
    for (const each of sized) observer.unobserve(each);
    announcer.withdraw(pane);
    listen(chart, 'unsubscribe');
  }

  function listen(chart: unknown, verb: 'subscribe' | 'unsubscribe'): void {
    for (const event of CHART_EVENTS) callPage(callPage(chart, event), verb, null, loop.wake);
  }

  /** A tick may move the scale; without a legend nothing else in the page tells of it. */
  function follow(next: unknown): void {
    if (next === api) return;
    callPage(api, 'unsubscribe', TICK_EVENT, loop.glance);
    callPage(next, 'subscribe', TICK_EVENT, loop.glance);
    api = next;
  }

  signal.addEventListener('abort', () => {
    for (const track of tracked) leave(track);
    tracked = [];
    follow(null);
    observer.disconnect();
    legends.disconnect();
  });

  return { glance: loop.glance };
}

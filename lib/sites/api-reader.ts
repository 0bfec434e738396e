import type { Announcer } from './announcer';
import { type ChartState, chartsOf, findChartApi, readChartState, sampleApiScale } from './chart-api';
import { CONTAINER, findPanes } from './chart-dom';
import { createFrameLoop } from './frame-loop';
import { callPage, type View } from './page-call';
import { readTimes } from './time-reader';

/** Callbacks of a chart behind which its scale may move. There is none for the price range itself. */
const CHART_EVENTS = ['SymbolChanged', 'IntervalChanged', 'VisibleRangeChanged', 'DataLoaded'] as const;

const TICK_EVENT = 'onTick';

/** Pieces between 33 samples: 0.08 px at worst where measured on straight interpolation, and tens of microseconds. */
const ALL_PIECES = 32;
/** Top, middle and bottom tell a straight axis, a logarithm and its offset. */
const FEW_PIECES = 2;

interface TrackedChart {
  chart?: unknown;
  pane?: Element | null;
  /** Of the size of its container. */
  observer?: ResizeObserver;
  paneIndex?: number | undefined;
  /** Whether its scale was the last thing announced; else the next reading has to be, whatever it is. */
  isRead?: boolean;
  /** Whether it was read down the whole pane. */
  isWhole?: boolean;
  /** Whether this reading at rest is looked at once more in the next frame. */
  isFirst?: boolean;
  /** Its symbol, and all that changes only by a command or a resize. */
  shape?: string;
  /** Its symbol, its range and where its bars stand. */
  said?: string;
}

/** The charts of a window, and where they stand, which is looked for only when it is asked. */
function lookAt(view: View, api: unknown) {
  // In every frame: by the class's own collection, which the browser keeps for as long as the page's tree does not change.
  const containers = [...view.document.getElementsByClassName(CONTAINER)];
  const states = chartsOf(api, containers.length).map(readChartState);
  let panes: ReturnType<typeof findPanes> | undefined;
  return { states, paneOf: (i: number) => (panes ??= findPanes(containers, states))[i] };
}

/** Whether the API of a window, if it has one, tells the scale of any chart that stands in it. */
export function doesApiTell(view: View): boolean {
  const { states, paneOf } = lookAt(view, findChartApi(view));
  return states.some(({ scale }, i) => scale && paneOf(i));
}

/**
 * Reads every chart of one window through the charting library's API, and announces what changed. What is returned has it
 * look once, for what moves without a gesture.
 */
export function createApiReader(view: View, announcer: Announcer, signal: AbortSignal) {
  const tracked: TrackedChart[] = [];
  let api: unknown;
  const loop = createFrameLoop(view, () => tracked[0]?.pane?.querySelector('canvas'), read, signal);
  // A tick that moves the scale changes the legend's figures, too: the one sign of it, since the API has no event.
  const legends = new view.MutationObserver(() => (view.document.hidden ? legends.disconnect() : loop.glance()));

  let isMoving = false;
  let isCommanded = false;

  function read(...how: readonly [isMoving: boolean, isCommanded: boolean]): boolean {
    [isMoving, isCommanded] = how;
    follow(findChartApi(view));
    const { states, paneOf } = lookAt(view, api);
    tracked.splice(states.length).forEach(leave);
    // All of them first: charts may have changed places.
    const panes = states.map(({ paneIndex }, i) => locate((tracked[i] ??= {}), paneIndex, () => paneOf(i)));
    tracked.forEach((track, i) => track.pane !== panes[i] && leave(track));
    return states.filter((state, i) => readChart(tracked[i], state, panes[i])).length > 0;
  }

  function readChart(track: TrackedChart, state: ChartState, pane: Element | null): boolean {
    if (!pane) return false;
    enter(track, state.chart, pane);
    const { chart, symbol, scale } = state;
    const wasRead = track.isRead;
    track.isRead = !!scale;
    if (!scale) {
      announcer.announce(pane, { state: 'absent', symbol });
      return !!wasRead;
    }
    const { height, mode, from, to, isAutoScale } = scale;
    const shape = [symbol, mode, height, isAutoScale].join();
    const isOther = (track.shape ??= shape) !== shape;
    track.shape = shape;
    // The API is a frame late after autoscale was switched and after a resize, and may be with another symbol or mode.
    // The charts of 2020 do not tell whether they autoscale: any command may have switched it on.
    if (isOther || (wasRead && isCommanded && isAutoScale === undefined)) {
      hide(track, pane);
      return true;
    }
    // And this frame may be the one for which their range is late.
    track.isFirst = !isMoving && !track.isFirst && isAutoScale === undefined;
    if (track.isFirst) loop.glance();
    const times = announcer.isTimed ? readTimes(chart, isMoving) : [];
    const said = [symbol, from, to, times].join();
    const isSame = wasRead && said === track.said;
    if (isSame && (isMoving || track.isWhole)) return false;
    // A shape that was read whole holds while it moves; at rest it is read whole again.
    track.isWhole = !isMoving || !wasRead;
    track.said = said;
    const sampled = sampleApiScale(scale, track.isWhole ? ALL_PIECES : FEW_PIECES);
    announcer.announce(pane, { state: 'ready', source: 'api', symbol, height, mode, ...sampled, times });
    return !isSame;
  }

  /** Nothing is shown in this frame. */
  function hide(track: TrackedChart, pane: Element): void {
    track.isRead = false;
    announcer.announce(pane, { state: 'absent', symbol: '' });
    loop.skip();
  }

  function locate(track: TrackedChart, paneIndex: number, findPane: () => Element | null): Element | null {
    // Rows may be reordered behind the API's back, or behind ours: at rest they are looked at anew.
    const isKept = paneIndex < 0 || (isMoving && paneIndex === track.paneIndex);
    if (isKept && track.pane?.isConnected) return track.pane;
    const pane = findPane();
    // Each time: in a page that nobody saw, the watch has ended.
    if (pane) legends.observe(pane, { subtree: true, childList: true, characterData: true });
    // Found twice before it is relied on: the elements may follow the API a frame later.
    track.paneIndex = pane === track.pane ? paneIndex : undefined;
    return pane;
  }

  function enter(track: TrackedChart, chart: unknown, pane: Element): void {
    if (pane === track.pane) return;
    let size = '';
    const observer = new view.ResizeObserver(([{ contentRect }]) => {
      const before = size;
      size = `${contentRect.width} ${contentRect.height}`;
      // An observer reports once at the start.
      if (before && before !== size) hide(track, pane);
    });
    Object.assign(track, { chart, pane, observer, isRead: false });
    observer.observe(pane.closest(`.${CONTAINER}`) ?? pane);
    listen(chart, 'subscribe');
  }

  function leave(track: TrackedChart): void {
    const { chart, pane, observer } = track;
    if (!pane) return;
    track.pane = null;
    observer?.disconnect();
    announcer.withdraw(pane);
    listen(chart, 'unsubscribe');
  }

  function listen(chart: unknown, verb: 'subscribe' | 'unsubscribe'): void {
    for (const event of CHART_EVENTS) callPage(callPage(chart, `on${event}`), verb, null, loop.wake);
  }

  /** A tick may move the scale; without a legend nothing else in the page tells of it. */
  function follow(next: unknown): void {
    if (next === api) return;
    callPage(api, 'unsubscribe', TICK_EVENT, loop.glance);
    callPage(next, 'subscribe', TICK_EVENT, loop.glance);
    api = next;
  }

  signal.addEventListener('abort', () => {
    tracked.forEach(leave);
    follow(null);
    legends.disconnect();
  });

  return loop.glance;
}

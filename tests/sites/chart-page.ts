/** A chart of the charting library as a page offers it: every part can be moved, and made to throw. */
export function createFakeChart() {
  const listeners = new Set<() => void>();
  const delegate = {
    subscribe: (_: unknown, listener: () => void) => void listeners.add(listener),
    unsubscribe: (_: unknown, listener: () => void) => void listeners.delete(listener),
  };
  const state = {
    symbol: 'BINANCE:BTCUSDT.P',
    mode: 0,
    range: { from: 60_000, to: 70_000 } as { from: number; to: number } | null,
    height: 401,
    isAutoScale: true as boolean | undefined,
    paneIndex: 1,
    /** Of the price scale; absent before v28. */
    coordinateToPrice: undefined as ((y: number) => unknown) | undefined,
  };
  const axis = {
    getMode: () => state.mode,
    isAutoScale: () => state.isAutoScale,
    getVisiblePriceRange: () => state.range,
    get coordinateToPrice() {
      return state.coordinateToPrice;
    },
  };
  const study = { hasMainSeries: () => false };
  const main = {
    hasMainSeries: () => true,
    getHeight: () => state.height,
    paneIndex: () => state.paneIndex,
    getMainSourcePriceScale: () => axis,
  };
  const chart = {
    symbol: () => state.symbol,
    getPanes: (): unknown => [study, main],
    onSymbolChanged: () => delegate,
    onVisibleRangeChanged: () => delegate,
  };
  return { state, chart, main, listeners, api: { activeChart: () => chart } };
}

/** The price axis the fake chart draws. */
export const linearPrice =
  ({ range, height }: ReturnType<typeof createFakeChart>['state']) =>
  (y: number): number =>
    range ? range.to + ((range.from - range.to) * y) / (height - 1) : NaN;

/** The charting library's markup: a study's pane above the main one. */
export const CHART_MARKUP = `
  <div class="chart-container active"><div class="chart-markup-table">
    <div><div class="price-axis-container"></div><div class="pane" id="study"></div><div class="price-axis-container"></div></div>
    <div><div class="price-axis-container" id="left"></div><div class="pane" id="main"></div>
      <div class="price-axis-container" id="right"><div class="price-axis"><canvas id="axis"></canvas></div></div></div>
    <div><div class="time-axis"><canvas id="time"></canvas></div></div>
  </div></div>`;

/** happy-dom lays nothing out, so its observers never report: this one does at the start, behind the frame's callbacks. */
export class FakeResizeObserver {
  /** What any of them observes. */
  static readonly observed = new Set<Element>();
  readonly #onResize: (entries: readonly object[]) => void;
  readonly #targets = new Set<Element>();
  constructor(onResize: (entries: readonly object[]) => void) {
    this.#onResize = onResize;
  }
  observe(target: Element): void {
    this.#targets.add(target);
    FakeResizeObserver.observed.add(target);
    queueMicrotask(() => {
      if (this.#targets.has(target)) this.#onResize([{ target, contentRect: { height: 0 } }]);
    });
  }
  unobserve(target: Element): void {
    this.#targets.delete(target);
    FakeResizeObserver.observed.delete(target);
  }
  disconnect(): void {
    for (const target of this.#targets) this.unobserve(target);
  }
}

export const CHART_MODES = ['normal', 'log', 'percent', 'indexed'] as const;
export type ChartMode = (typeof CHART_MODES)[number];

/** Minutes, as TradingView's `resolution()` spells them. */
export const INTERVALS = ['5', '15', '60', '240'] as const;

/** How a charting library gets into its frame: about:blank is written at once or later. */
export const FRAME_KINDS = ['blob', 'written', 'written-late', 'html'] as const;

/** Builds of the charting library whose APIs differ. */
export const BUILDS = ['2020', '28', '31'] as const;

/** How an axis is labelled: as it comes, with labels drawn elsewhere and copied, or in whole numbers grouped by a point. */
export const LABEL_KINDS = ['plain', 'copied', 'grouped'] as const;

/** What stands in place of the charting library on binance.com: all on one canvas, the axis on one beside it, or KLineChart. */
export const ORIGINALS = ['one', 'beside', 'klinecharts'] as const;

export interface PageOptions {
  readonly original: (typeof ORIGINALS)[number] | null;
  readonly theme: 'dark' | 'light';
  readonly mode: ChartMode;
  readonly isInverted: boolean;
  readonly interval: string;
  /** Width of the chart in CSS pixels, or null for all there is. */
  readonly width: number | null;
  /** Where a pane with an indicator stands: above the main pane it takes index 0. */
  readonly indicator: 'top' | 'bottom' | null;
  readonly frame: (typeof FRAME_KINDS)[number];
  readonly build: (typeof BUILDS)[number];
  readonly labels: (typeof LABEL_KINDS)[number];
  readonly hasLegend: boolean;
  /** Whether a chart runs on after a flick and waits by the clock: what comes of it depends on the machine's speed. */
  readonly isKinetic: boolean;
}

/** From a page's query: `?theme=light&mode=log&inverted=1&interval=5&w=480&indicator=top`. */
export function readPageOptions(search: string): PageOptions {
  const query = new URLSearchParams(search);
  const indicator = query.get('indicator');
  return {
    theme: query.get('theme') === 'light' ? 'light' : 'dark',
    mode: CHART_MODES.find((mode) => mode === query.get('mode')) ?? 'normal',
    isInverted: query.has('inverted'),
    original: ORIGINALS.find((kind) => kind === query.get('original')) ?? null,
    interval: INTERVALS.find((interval) => interval === query.get('interval')) ?? '15',
    width: Number(query.get('w')) || null,
    indicator: indicator === 'top' || indicator === 'bottom' ? indicator : null,
    frame: FRAME_KINDS.find((kind) => kind === query.get('frame')) ?? 'blob',
    build: BUILDS.find((build) => build === query.get('build')) ?? '28',
    labels: LABEL_KINDS.find((kind) => kind === query.get('labels')) ?? 'plain',
    isKinetic: query.get('kinetic') !== 'off',
    hasLegend: query.get('legend') !== 'off',
  };
}

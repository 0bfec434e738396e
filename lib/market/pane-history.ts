/** Cells of one side, from the first that holds anything: a byte each as base64, because not every port carries bytes. */
export interface PaneCells {
  readonly firstCell: number;
  readonly bytes: string;
}

/** The map of a market as it was at one moment, in the chart's prices. Cell i covers [exp(i w), exp((i + 1) w)). */
export interface PaneColumn {
  readonly timeMs: number;
  readonly cellWidth: number;
  /** USD of byte 1; further bytes are on the logarithmic scale of all stored columns. */
  readonly lowUsd: number;
  readonly long: PaneCells;
  readonly short: PaneCells;
}

/** A part of what a chart's full pane shows. */
export interface PaneHistory {
  readonly fromMs: number;
  readonly toMs: number;
  readonly columns: readonly PaneColumn[];
  /** Start, low and high of stored five-minute bars, and of the one still open: three numbers each. */
  readonly bars: readonly number[];
  /** Of whose columns these are sums, and of which all are made: another text once the same moment may look different. */
  readonly madeOf: string;
  /** Since when none of the columns is still to be made; not above 0 where none is. */
  readonly filledFromMs: number;
  /** Whether this part ends what was asked for. */
  readonly isLast: boolean;
}

/** Columns as of every bar of `stepMs` from `fromMs`, when one opens, up to `toMs`. */
export interface PaneRequest {
  readonly fromMs: number;
  readonly toMs: number;
  readonly stepMs: number;
}

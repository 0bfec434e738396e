/**
 * The element of a chart's main pane in the charting library's markup: the `paneIndex`-th `.pane` of the chart's
 * container. The class names held from 2020 to 2026. A lone API chart of a page with several containers is the active.
 */
export function findPane(document: Document, chart: number, chartCount: number, paneIndex: number): Element | null {
  const containers = document.querySelectorAll('.chart-container');
  const container =
    chartCount === 1 && containers.length > 1
      ? (document.querySelector('.chart-container.active') ?? containers[0])
      : containers[chart];
  return container?.querySelectorAll('.pane')[paneIndex] ?? null;
}

/** Canvases of axes, price or time, in the markup of lightweight-charts and of the charting library. */
export const AXIS_CANVASES = 'td canvas, .price-axis-container canvas';
/** Canvases of panes, where the pointer's events go. */
export const PANE_CANVASES = 'td canvas, .pane canvas';

/** A price axis in the page: the pane it belongs to and what tells it from the other axes of the same chart. */
export interface AxisPlace {
  readonly pane: Element;
  /** The chart's whole table of panes. */
  readonly table: Element;
  readonly side: 'left' | 'right';
}

/**
 * The pane beside the axis that a canvas draws: in lightweight-charts the middle of a table row's three cells, in the
 * charting library the row's `.pane`. Null for a canvas that lies in no axis.
 */
export function placeOfAxis(canvas: Element): AxisPlace | null {
  const cell = canvas.closest('td, .price-axis-container');
  const row = cell?.parentElement;
  const table = row?.closest('table, .chart-markup-table');
  if (!cell || !row || !table) return null;
  const cells = Array.from(row.children);
  const pane = cells.find(({ classList }) => classList.contains('pane')) ?? (cells.length === 3 ? cells[1] : null);
  if (!pane || pane === cell) return null;
  return { pane, table, side: cells.indexOf(cell) < cells.indexOf(pane) ? 'left' : 'right' };
}

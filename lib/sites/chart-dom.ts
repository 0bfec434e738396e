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

/** Canvases of charts: every library stacks two, one for what stands and one for what follows the pointer. */
export const CHART_CANVASES = 'canvas + canvas';
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
 * charting library the row's `.pane`, in KLineChart the widest of a row of nameless boxes with two canvases each. Null
 * for a canvas that lies in no axis.
 */
export function placeOfAxis(canvas: Element): AxisPlace | null {
  const cell = canvas.closest('td, .price-axis-container') ?? canvas.parentElement;
  const row = cell?.parentElement;
  const table = row?.closest('table, .chart-markup-table') ?? row?.parentElement;
  if (!cell || !row || !table) return null;
  const cells = Array.from(row.children);
  const pane =
    cells.find(({ classList }) => classList.contains('pane')) ??
    (cell.tagName === 'TD' ? (cells.length === 3 ? cells[1] : null) : widestOf(cells));
  if (!pane || pane === cell) return null;
  return { pane, table, side: cells.indexOf(cell) < cells.indexOf(pane) ? 'left' : 'right' };
}

/** Bitmap widths cost no layout. Null unless every cell is made of two canvases. */
function widestOf(cells: readonly Element[]): Element | null {
  let [widest, width]: [Element | null, number] = [null, 0];
  for (const cell of cells) {
    const [canvas, other] = cell.children;
    if (canvas?.tagName !== 'CANVAS' || other?.tagName !== 'CANVAS') return null;
    const bitmap = (canvas as HTMLCanvasElement).width;
    if (bitmap > width) [widest, width] = [cell, bitmap];
  }
  return widest;
}

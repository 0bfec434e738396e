import type { ChartState } from './chart-api';

/** Each holds one chart of the charting library, in the layout's order. The class names held from 2020 to 2026. */
export const CONTAINER = '.chart-container';
export const containersOf = (document: Document): readonly Element[] =>
  Array.from(document.querySelectorAll(CONTAINER));

/**
 * The element of a chart's main pane in the charting library's markup: the `.pane` of the row that its API names. Where
 * rows and API differ in number, as with one pane maximised, the only pane of the right height. A lone API chart of a
 * page with several containers is the active. Null while a layout has other charts than its API.
 */
export function findPane(
  containers: readonly Element[],
  chart: number,
  chartCount: number,
  { paneIndex, paneCount, scale }: Pick<ChartState, 'paneIndex' | 'paneCount' | 'scale'>,
): Element | null {
  const active = containers.find(({ classList }) => classList.contains('active'));
  const ofLayout = containers.length === chartCount ? containers[chart] : undefined;
  const container = chartCount === 1 ? (active ?? containers[0]) : ofLayout;
  const panes = Array.from(container?.querySelectorAll('.pane') ?? []);
  if (scale === null || panes.length === paneCount) return panes[Math.max(0, paneIndex)] ?? null;
  const fitting = panes.filter((pane) => {
    const canvas = pane.querySelector('canvas');
    return canvas && Math.abs(heightOf(canvas) - scale.height) < 2;
  });
  return fitting.length === 1 ? fitting[0] : null;
}

/** Every library stacks two canvases, one for what stands and one for what follows the pointer. */
export const UPPER_CANVASES = 'canvas + canvas';
/** What Binance's own chart has its canvases in: pane and axes on one, or side by side. */
export const SHARED = '.kline-container';
/** Canvases of charts. */
export const CHART_CANVASES = `${UPPER_CANVASES}, ${SHARED} > canvas`;
/** Canvases of panes, where the pointer's events go; a visit to an axis would leave it another cursor. */
export const PANE_CANVASES = 'tr:not(:last-child) > td:nth-child(2) canvas, .pane canvas';

/** Both libraries write the canvas's size into its style; reading the layout is left for a chart that does not. */
export const heightOf = (canvas: HTMLCanvasElement): number => pxIn(canvas.style.height) || canvas.clientHeight;

/** The length in a declaration; 0 without one. */
export const pxIn = (style: string): number => Number(/[\d.]+(?=px)/.exec(style));

/** A price axis in the page: the pane it belongs to, and the chart's whole table of panes. */
export interface AxisPlace {
  readonly pane: Element;
  readonly table: Element;
}

/**
 * The pane beside the axis that a canvas draws: in lightweight-charts the middle of a table row's three cells, in the
 * charting library the row's `.pane`, in KLineChart the widest of a row of nameless boxes with two canvases each. The
 * box that holds them all where pane and axis share one. Null for a canvas that lies in no axis.
 */
export function placeOfAxis(canvas: Element): AxisPlace | null {
  const cell = canvas.closest('td, .price-axis-container') ?? canvas.parentElement;
  const row = cell?.parentElement;
  const around = row?.parentElement;
  const table = around?.closest('table, .chart-markup-table') ?? around;
  if (!cell || !row || !table) return null;
  if (cell.matches(SHARED)) return { pane: cell, table: cell };
  const cells = Array.from(row.children);
  const pane =
    cells.find(({ classList }) => classList.contains('pane')) ??
    (cell.tagName === 'TD' ? (cells.length === 3 ? cells[1] : null) : widestOf(cells));
  if (!pane || pane === cell) return null;
  return { pane, table };
}

/** Bitmap widths cost no layout. Null unless every cell is made of stacked canvases. */
function widestOf(cells: readonly Element[]): Element | null {
  const canvases = cells.flatMap((cell) => cell.querySelector<HTMLCanvasElement>(UPPER_CANVASES) ?? []);
  if (canvases.length < cells.length) return null;
  return canvases.reduce((widest, canvas) => (canvas.width > widest.width ? canvas : widest)).parentElement;
}

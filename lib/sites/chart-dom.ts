import type { ChartState } from './chart-api';

/** Each holds one chart of the charting library, in the layout's order. The class names held from 2020 to 2026. */
export const CONTAINER = 'chart-container';

/**
 * The elements of the charts' main panes in the charting library's markup: the `.pane` of the row that the API names.
 * Where rows and API differ in number, as with one pane maximised, the only pane of the right height. A lone chart of
 * several containers is the active.
 *
 * Charts of a layout stand in the API's order, unless their heights or the symbols written on their canvases deny it: such
 * a chart is in the only other place that fits it and no other chart, or its place is not known.
 */
export function findPanes(containers: readonly Element[], states: readonly PlacedState[]): readonly (Element | null)[] {
  if (states.length < 2)
    return [
      paneIn(
        containers.find((each, _, { length }) => length < 2 || each.matches('.active')),
        states[0],
      ),
    ];
  // What newer libraries say for readers of screens: `Chart for BINANCE:BTCUSDT.P, 1 day`.
  const said = containers.map((each) => each.querySelector('canvas[aria-label]')?.ariaLabel ?? '');
  const fitting = (state: PlacedState, place: number): HTMLElement | null => {
    const isNamed = (text: string): boolean => text.includes(state.symbol);
    const pane = paneIn(containers[place], state);
    return pane && hasHeight(pane, state) && (isNamed(said[place]) || !said.some(isNamed)) ? pane : null;
  };
  const own = states.map(fitting);
  const found = states.map(
    (state, i) => own[i] ?? only(own.flatMap((taken, place) => (taken ? [] : (fitting(state, place) ?? [])))),
  );
  return found.map((pane) => only(found.filter((each) => each === pane)));
}

type PlacedState = Pick<ChartState, 'symbol' | 'paneIndex' | 'paneCount' | 'scale'>;

function paneIn(container: Element | undefined, state: PlacedState): HTMLElement | null {
  const panes = [...(container?.querySelectorAll<HTMLElement>('.pane') ?? [])];
  if (!state.scale || panes.length === state.paneCount) return panes[state.paneIndex] ?? null;
  return only(panes.filter((pane) => hasHeight(pane, state)));
}

const only = (panes: readonly (HTMLElement | null)[]): HTMLElement | null => (panes.length === 1 ? panes[0] : null);

const hasHeight = (pane: HTMLElement, { scale }: PlacedState): boolean =>
  !scale || Math.abs(heightOf(pane.querySelector('canvas') ?? pane) - scale.height) < 2;

/** Every library stacks two canvases, one for what stands and one for what follows the pointer. */
export const UPPER_CANVASES = 'canvas + canvas';
/** What Binance's own chart has its canvases in: pane and axes on one, or side by side. */
export const SHARED = '.kline-container';
/** Canvases of charts. */
export const CHART_CANVASES = `${UPPER_CANVASES}, ${SHARED} > canvas`;
/** Canvases of panes, where the pointer's events go; a visit to an axis would leave it another cursor. */
export const PANE_CANVASES = 'tr:not(:last-child) > td:nth-child(2) canvas, .pane canvas';

/** Both libraries write the canvas's size into its style; reading the layout is left for a chart that does not. */
export const heightOf = (canvas: HTMLElement): number => pxIn(canvas.style.height) || canvas.clientHeight;

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
  const cells = [...row.children];
  const pane =
    cells.find((each) => each.matches('.pane')) ??
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

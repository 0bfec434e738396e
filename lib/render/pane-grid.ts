import type { PriceScale } from '@/lib/chart/price-scale';

/** Rows of a pane's pictures, counted upwards in price: row i covers `cellsPerRow` cells from `firstCell + i * cellsPerRow`. */
export interface PaneGrid {
  /** ln(price). */
  readonly cellWidth: number;
  readonly cellsPerRow: number;
  readonly firstCell: number;
  readonly rowCount: number;
}

/** Rows are nowhere lower than this in device pixels, so that none is ever skipped when a picture is scaled. */
const MIN_ROW_PX = 2;
/** Prices this many times below the top of the view are left out: a linear axis may reach below zero. */
const LOWEST_SHARE = 20;
/** Within a slice, rows may lie this far from where they belong, in device pixels. */
const SLICE_ERROR_PX = 0.25;

const priceOfCell = (cell: number, cellWidth: number): number => Math.exp(cell * cellWidth);

/** A cell's height in device pixels. */
function cellPx(scale: PriceScale, cell: number, cellWidth: number, ratioY: number): number {
  const y = (of: number): number => scale.priceToY(priceOfCell(of, cellWidth));
  return Math.abs(y(cell + 1) - y(cell)) * ratioY;
}

/** Cells in view: from, and one past the last. */
function cellsInView({ topPrice, bottomPrice }: PriceScale, cellWidth: number): readonly [number, number] {
  const high = Math.max(topPrice, bottomPrice);
  const low = Math.max(Math.min(topPrice, bottomPrice), high / LOWEST_SHARE);
  return [Math.floor(Math.log(low) / cellWidth), Math.ceil(Math.log(high) / cellWidth)];
}

/**
 * The grid for a view: the current one while it covers the view at the right grain, else one with room on both sides.
 * Cells per row are a power of two, at least `minCells`, and rows begin on multiples of it, so that panning never re-cuts them.
 */
export function paneGridFor(
  scale: PriceScale,
  cellWidth: number,
  ratioY: number,
  current: PaneGrid | null,
  minCells = 1,
): PaneGrid {
  const [lowCell, highCell] = cellsInView(scale, cellWidth);
  const heightOf = (cell: number): number => cellPx(scale, cell, cellWidth, ratioY);
  const least = Math.min(heightOf(lowCell), heightOf(highCell));
  const cellsPerRow = 2 ** Math.max(0, Math.ceil(Math.log2(Math.max(minCells, MIN_ROW_PX / least))));
  const fits =
    current !== null &&
    current.cellWidth === cellWidth &&
    current.cellsPerRow === cellsPerRow &&
    current.firstCell <= lowCell &&
    current.firstCell + current.rowCount * cellsPerRow >= highCell;
  if (fits) return current;
  const room = (highCell - lowCell) / 2;
  const firstRow = Math.floor((lowCell - room) / cellsPerRow);
  const endRow = Math.ceil((highCell + room) / cellsPerRow);
  return { cellWidth, cellsPerRow, firstCell: firstRow * cellsPerRow, rowCount: endRow - firstRow };
}

/** Rows of a picture that is drawn into device pixels `top` to `bottom`. */
export interface PaneSlice {
  readonly fromRow: number;
  readonly toRow: number;
  readonly top: number;
  readonly bottom: number;
}

/**
 * The rows in view in slices so thin that within each they are evenly spaced on the axis, whatever its bend. Slices meet
 * on whole device pixels.
 */
export function paneSlices(grid: PaneGrid, scale: PriceScale, ratioY: number): PaneSlice[] {
  const { cellWidth, cellsPerRow, firstCell, rowCount } = grid;
  const [lowCell, highCell] = cellsInView(scale, cellWidth);
  const from = Math.max(0, Math.floor((lowCell - firstCell) / cellsPerRow));
  const to = Math.min(rowCount, Math.ceil((highCell - firstCell) / cellsPerRow));
  const y = (row: number): number =>
    Math.round(scale.priceToY(priceOfCell(firstCell + row * cellsPerRow, cellWidth)) * ratioY);
  // A linear axis is off by d^2 / 8 of a price's pixels per ln(price) in the middle of a slice of length d, most at the top.
  const rowsPerSlice =
    Math.sqrt((8 * SLICE_ERROR_PX) / (cellPx(scale, highCell, cellWidth, ratioY) * cellWidth)) / cellsPerRow;
  const step = Math.max(1, Math.floor(rowsPerSlice));
  const slices: PaneSlice[] = [];
  for (let fromRow = from; fromRow < to; fromRow += step) {
    const toRow = Math.min(to, fromRow + step);
    const [a, b] = [y(fromRow), y(toRow)];
    slices.push({ fromRow, toRow, top: Math.min(a, b), bottom: Math.max(a, b) });
  }
  return slices;
}

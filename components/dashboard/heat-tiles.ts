import { lnToY, timeToX, type MapArea, type MapWindow } from '@/lib/chart/map-window';
import { DAY_MS } from '@/lib/core/time';
import { addSlot } from '@/lib/model/column-slot';
import type { CellRows } from '@/lib/model/history';
import type { Context } from '@/lib/render/draw-text';
import { fillHeatColumn } from '@/lib/render/heat-pixels';
import type { HeatScale } from '@/lib/render/heat-scale';
import type { HeatTables } from '@/lib/render/palette';

import type { HeatGauge } from './heat-gauge';
import { type MapDay, SLOTS_PER_DAY } from './map-day';

/** Rows of a picture at most, and cells that a fold's map reaches over in all. */
const MOST_ROWS = 2_048;
const ALL_CELLS = 5_600;
/** Painting stops for this frame after so long: the rest follows in the next. */
const BUDGET_MS = 5;

/** In what colours columns are painted. Another object paints all of them anew. */
export interface HeatStyle {
  readonly tables: HeatTables;
  readonly gauge: HeatGauge;
  /** For rows of so many cells. */
  readonly scale: (cellsPerRow: number) => HeatScale;
}

/** Cells per row, a power of two, for rows of at least a device pixel: drawn so, no row is ever skipped. */
export function cellsPerRowFor({ lowLn, highLn }: MapWindow, heightBitmapPx: number, cellWidth: number): number {
  const cellBitmapPx = (heightBitmapPx * cellWidth) / (highLn - lowLn);
  return 2 ** Math.max(0, Math.ceil(-Math.log2(cellBitmapPx)));
}

/** Rows around the middle of what is shown, aligned so that rows of every size begin on common cells. */
export function rowsAround(middleCell: number, cellsPerRow: number): CellRows & { readonly rowCount: number } {
  const rowCount = Math.min(MOST_ROWS, Math.ceil(ALL_CELLS / cellsPerRow));
  const middleRow = Math.floor(middleCell / cellsPerRow);
  return { firstCell: (middleRow - Math.floor(rowCount / 2)) * cellsPerRow, cellsPerRow, rowCount };
}

interface Tile {
  readonly canvas: OffscreenCanvas;
  readonly day: MapDay;
  readonly style: HeatStyle;
  readonly rows: ReturnType<typeof rowsAround>;
}

/**
 * One picture a day, a pixel for each column and row. A frame only copies pictures; those that are missing or of another
 * zoom, style or content are painted a few a frame, and the old one stands in meanwhile.
 */
export function createHeatTiles(now: () => number) {
  const tiles = new Map<number, Tile>();

  const paint = (day: MapDay, style: HeatStyle, rows: Tile['rows']): Tile => {
    const { rowCount, cellsPerRow } = rows;
    const canvas = tiles.get(day.startMs)?.canvas ?? new OffscreenCanvas(SLOTS_PER_DAY, rowCount);
    if (canvas.height !== rowCount) canvas.height = rowCount;
    const context = canvas.getContext('2d');
    if (context === null) throw new Error('canvas has no 2d context');
    const image = new ImageData(SLOTS_PER_DAY, rowCount);
    const pixels = new Uint32Array(image.data.buffer);
    const scale = style.scale(cellsPerRow);
    const long = new Float32Array(rowCount);
    const short = new Float32Array(rowCount);
    for (const [x, slot] of day.slots.entries()) {
      long.fill(0);
      short.fill(0);
      if (addSlot(slot, rows, long, short)) {
        fillHeatColumn(long, short, scale, style.tables, pixels, x, SLOTS_PER_DAY);
      }
    }
    context.putImageData(image, 0, 0);
    return { canvas, day, style, rows };
  };

  return {
    /** Draws the days in view into a context in device pixels; true while some are still to be painted. */
    draw(
      context: Context,
      days: ReadonlyMap<number, MapDay>,
      window: MapWindow,
      bitmap: MapArea,
      middleCell: number,
      style: HeatStyle,
    ): boolean {
      const cellWidth = style.gauge.cellWidth;
      const rows = rowsAround(middleCell, cellsPerRowFor(window, bitmap.height, cellWidth));
      const untilMs = now() + BUDGET_MS;
      let isUnfinished = false;
      context.imageSmoothingEnabled = false;
      for (const day of [...days.values()].toReversed()) {
        const left = Math.round(timeToX(window, bitmap, day.startMs));
        const right = Math.round(timeToX(window, bitmap, day.startMs + DAY_MS));
        if (right <= 0 || left >= bitmap.width) continue;
        let tile = tiles.get(day.startMs);
        if (tile?.day !== day || tile.style !== style || !isSameGrid(tile.rows, rows)) {
          if (now() < untilMs) tiles.set(day.startMs, (tile = paint(day, style, rows)));
          else isUnfinished = true;
        }
        if (tile === undefined) continue;
        const { firstCell, cellsPerRow, rowCount } = tile.rows;
        const bottom = Math.round(lnToY(window, bitmap, firstCell * cellWidth));
        const top = Math.round(lnToY(window, bitmap, (firstCell + rowCount * cellsPerRow) * cellWidth));
        context.drawImage(tile.canvas, left, top, right - left, bottom - top);
      }
      return isUnfinished;
    },
    clear: () => tiles.clear(),
  };
}

export type HeatTiles = ReturnType<typeof createHeatTiles>;

const isSameGrid = (a: CellRows, b: CellRows): boolean =>
  a.firstCell === b.firstCell && a.cellsPerRow === b.cellsPerRow;

import { lnToY, timeToX, type MapArea, type MapWindow } from '@/lib/chart/map-window';
import { DAY_MS } from '@/lib/core/time';
import { addSlot } from '@/lib/model/column-slot';
import type { CellRows } from '@/lib/model/history';
import { type Context, contextOf } from '@/lib/render/draw-text';
import { fillHeatColumn } from '@/lib/render/heat-pixels';
import type { HeatScale } from '@/lib/render/heat-scale';
import type { HeatTables } from '@/lib/render/palette';

import type { HeatGauge } from './heat-gauge';
import { type MapDay, SLOTS_PER_DAY } from './map-day';

/** Rows of a picture at most, and cells that a fold's map reaches over in all. */
const MOST_ROWS = 2_048;
const ALL_CELLS = 5_600;
/** Painting stops for this frame after so long: the rest follows in the next. Before the first picture nothing can stall. */
const BUDGET_MS = 4;
const FIRST_BUDGET_MS = 24;

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

/** What a picture is of. */
interface Subject {
  readonly slots: MapDay['slots'];
  readonly style: HeatStyle;
  readonly rows: ReturnType<typeof rowsAround>;
}

interface Tile extends Subject {
  readonly canvas: OffscreenCanvas;
}

/** A picture that is being painted, column by column. */
interface Job extends Subject {
  readonly image: ImageData;
  readonly pixels: Uint32Array;
  readonly scale: HeatScale;
  readonly long: Float32Array;
  readonly short: Float32Array;
  nextSlot: number;
}

/**
 * One picture a day, a pixel for each column and row. A frame only copies pictures; those that are missing or of another
 * zoom, style or content are painted for a few milliseconds a frame, and the old one stands in meanwhile, but not on another
 * ground: a dark chart's picture on a light one would be read the wrong way round.
 */
export function createHeatTiles(now: () => number) {
  const tiles = new Map<number, Tile>();
  let job: Job | null = null;

  /** The picture once it is whole; null while there is more to do than time. */
  const paint = (subject: Subject, known: Tile | undefined, untilMs: number): Tile | null => {
    if (job === null || !isSameSubject(job, subject)) job = startJob(subject);
    while (job.nextSlot < SLOTS_PER_DAY) {
      if (now() >= untilMs) return null;
      paintSlot(job);
    }
    const { image } = job;
    job = null;
    const canvas = known?.canvas ?? new OffscreenCanvas(image.width, image.height);
    if (canvas.height !== image.height) canvas.height = image.height;
    const context = contextOf(canvas);
    context.putImageData(image, 0, 0);
    return { canvas, ...subject };
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
      const untilMs = now() + (tiles.size === 0 ? FIRST_BUDGET_MS : BUDGET_MS);
      let isUnfinished = false;
      context.imageSmoothingEnabled = false;
      for (const day of [...days.values()].toReversed()) {
        const left = Math.round(timeToX(window, bitmap, day.startMs));
        const right = Math.round(timeToX(window, bitmap, day.startMs + DAY_MS));
        if (right <= 0 || left >= bitmap.width) continue;
        let tile = tiles.get(day.startMs);
        const subject = { slots: day.slots, style, rows };
        if (tile === undefined || !isSameSubject(tile, subject)) {
          const painted = isUnfinished ? null : paint(subject, tile, untilMs);
          if (painted === null) isUnfinished = true;
          else tiles.set(day.startMs, (tile = painted));
        }
        if (tile?.style.tables !== style.tables) continue;
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

const startJob = (subject: Subject): Job => {
  const { rowCount, cellsPerRow } = subject.rows;
  const image = new ImageData(SLOTS_PER_DAY, rowCount);
  return {
    ...subject,
    image,
    pixels: new Uint32Array(image.data.buffer),
    scale: subject.style.scale(cellsPerRow),
    long: new Float32Array(rowCount),
    short: new Float32Array(rowCount),
    nextSlot: 0,
  };
};

function paintSlot(job: Job): void {
  const { slots, style, rows, scale, long, short, pixels } = job;
  const x = job.nextSlot++;
  long.fill(0);
  short.fill(0);
  if (addSlot(slots[x], rows, long, short)) {
    fillHeatColumn(long, short, scale, style.tables, pixels, x, SLOTS_PER_DAY);
  }
}

const isSameSubject = (a: Subject, b: Subject): boolean =>
  a.slots === b.slots && a.style === b.style && isSameGrid(a.rows, b.rows);

const isSameGrid = (a: CellRows, b: CellRows): boolean =>
  a.firstCell === b.firstCell && a.cellsPerRow === b.cellsPerRow;

export type HeatTiles = ReturnType<typeof createHeatTiles>;

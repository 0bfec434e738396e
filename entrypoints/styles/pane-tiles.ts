import type { BarTimes } from '@/lib/chart/bar-times';
import { addColumn } from '@/lib/model/history';
import { fillHeatColumn } from '@/lib/render/heat-pixels';
import type { HeatScale } from '@/lib/render/heat-scale';
import type { LevelChoices } from '@/lib/render/level-choices';
import type { HeatTables } from '@/lib/render/palette';
import type { PaneGrid } from '@/lib/render/pane-grid';
import { createPicture } from '@/lib/render/pixel-picture';

import type { PaneStore } from './pane-store';

export const BARS_PER_TILE = 64;
/** More than the widest screen shows. */
const MOST_TILES = 96;

/** What a tile's pixels depend on beside its columns. */
export interface TileLook {
  readonly grid: PaneGrid;
  readonly isInverted: boolean;
  readonly tables: HeatTables;
  readonly heat: HeatScale;
  readonly side: LevelChoices['side'];
}

export interface Tile {
  readonly image: CanvasImageSource;
  readonly look: TileLook;
  readonly columnCount: number;
  /** Of the store when its columns were counted. */
  version: number;
}

const easelOf = (rowCount: number) => ({
  picture: createPicture(BARS_PER_TILE, rowCount),
  long: new Float32Array(rowCount),
  short: new Float32Array(rowCount),
});

/**
 * Pictures of bars, a pixel per bar and row, `BARS_PER_TILE` bars each. One is painted a frame; an old one stands in until its
 * successor is.
 */
export function createPaneTiles(store: PaneStore) {
  const tiles = new Map<number, Tile>();
  let barMs = 0;
  let phaseMs = 0;
  let mayPaint = false;
  let isUnfinished = false;
  /** What all tiles of a grid are painted in: new memory costs more than the painting. */
  let easel: ReturnType<typeof easelOf> | null = null;

  const openOf = (index: number): number => index * barMs + phaseMs;

  /** Each as often as it was told otherwise. */
  const countColumns = (tileIndex: number): number => {
    let count = 0;
    for (let i = 0; i < BARS_PER_TILE; i++)
      count += store.columnAt(openOf(tileIndex * BARS_PER_TILE + i))?.telling ?? 0;
    return count;
  };

  const paint = (tileIndex: number, look: TileLook, columnCount: number): Tile => {
    const { grid, isInverted, tables, heat, side } = look;
    const { rowCount } = grid;
    if (easel?.picture.rows !== rowCount) easel = easelOf(rowCount);
    const { picture, long, short } = easel;
    picture.pixels.fill(0);
    for (let i = 0; i < BARS_PER_TILE; i++) {
      const column = store.columnAt(openOf(tileIndex * BARS_PER_TILE + i));
      if (column === undefined || column.cellWidth !== grid.cellWidth) continue;
      long.fill(0);
      short.fill(0);
      if (side !== 'short') addColumn(column, 'long', 0, grid, long);
      if (side !== 'long') addColumn(column, 'short', 0, grid, short);
      if (isInverted) for (const rows of [long, short]) rows.reverse();
      fillHeatColumn(long, short, heat, tables, picture.pixels, i, BARS_PER_TILE);
    }
    return { image: picture.put(), look, columnCount, version: store.version };
  };

  return {
    /** Begins a frame: which bar is which. */
    begin(times: BarTimes): void {
      const phase = times.lastTimeMs % times.barMs;
      if (times.barMs !== barMs || phase !== phaseMs) tiles.clear();
      [barMs, phaseMs] = [times.barMs, phase];
      mayPaint = true;
      isUnfinished = false;
    },
    /** The picture of a tile, not always the newest, or null where there is none yet. */
    tile(tileIndex: number, look: TileLook): Tile | null {
      const known = tiles.get(tileIndex);
      const { version } = store;
      if (known?.look === look && known.version === version) return known;
      const columnCount = countColumns(tileIndex);
      if (known?.look === look && known.columnCount === columnCount) {
        known.version = version;
        return known;
      }
      if (columnCount === 0) return null;
      if (!mayPaint) {
        isUnfinished = true;
        return known ?? null;
      }
      mayPaint = false;
      if (tiles.size >= MOST_TILES) tiles.clear();
      const painted = paint(tileIndex, look, columnCount);
      tiles.set(tileIndex, painted);
      return painted;
    },
    /** Whether a newer picture of something is still to be painted. */
    get isUnfinished() {
      return isUnfinished;
    },
  };
}

import { lnToY, type MapArea, type MapWindow } from '@/lib/chart/map-window';
import type { Profile } from '@/lib/market/profile';
import { type Context, contextOf } from '@/lib/render/draw-text';
import { fillHeatColumn } from '@/lib/render/heat-pixels';

import { cellsPerRowFor, type HeatStyle, rowsAround } from './heat-tiles';
import { addProfile } from './map-columns';

/** Right of the last bar the map of now lies at half strength: nothing has happened there yet. */
const PRESENT_ALPHA = 0.5;

interface Shown {
  readonly profile: Profile;
  readonly style: HeatStyle;
  readonly cellsPerRow: number;
}

/** The map of now as a picture one pixel wide, painted anew only when the map, its colours or the zoom are others. */
export function createPresentColumn() {
  const canvas = new OffscreenCanvas(1, 1);
  let shown: Shown | null = null;

  const paint = ({ profile, style, cellsPerRow }: Shown, rows: ReturnType<typeof rowsAround>): void => {
    const { rowCount } = rows;
    const long = new Float32Array(rowCount);
    const short = new Float32Array(rowCount);
    addProfile(profile, 'long', rows, long);
    addProfile(profile, 'short', rows, short);
    const image = new ImageData(1, rowCount);
    fillHeatColumn(long, short, style.scale(cellsPerRow), style.tables, new Uint32Array(image.data.buffer), 0, 1);
    canvas.height = rowCount;
    contextOf(canvas).putImageData(image, 0, 0);
  };

  return {
    /** From a pixel on to the right edge, in a context in device pixels. */
    draw(
      context: Context,
      profile: Profile,
      window: MapWindow,
      bitmap: MapArea,
      fromX: number,
      middleCell: number,
      style: HeatStyle,
    ): void {
      const left = Math.max(0, Math.round(fromX));
      if (left >= bitmap.width) return;
      const { cellWidth } = style.gauge;
      const cellsPerRow = cellsPerRowFor(window, bitmap.height, cellWidth);
      const rows = rowsAround(middleCell, cellsPerRow);
      if (shown?.profile !== profile || shown.style !== style || shown.cellsPerRow !== cellsPerRow) {
        shown = { profile, style, cellsPerRow };
        paint(shown, rows);
      }
      const bottom = Math.round(lnToY(window, bitmap, rows.firstCell * cellWidth));
      const top = Math.round(lnToY(window, bitmap, (rows.firstCell + rows.rowCount * cellsPerRow) * cellWidth));
      context.imageSmoothingEnabled = false;
      context.globalAlpha = PRESENT_ALPHA;
      context.drawImage(canvas, left, top, bitmap.width - left, bottom - top);
      context.globalAlpha = 1;
    },
  };
}

export type PresentColumn = ReturnType<typeof createPresentColumn>;

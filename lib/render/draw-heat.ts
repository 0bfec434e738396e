import type { BandView, PixelColumn } from './band-view';
import type { Context } from './draw-text';

const GROUND_ALPHA = 0.35;

/** The strip: the chart's ground at a third, then the heat, on whole device pixels. */
export function drawHeat(context: Context, view: BandView, column: PixelColumn): void {
  const width = Math.round(view.bandWidth * view.ratioX);
  const left = Math.round(view.width * view.ratioX) - width;
  const height = column.rows.length;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.globalAlpha = GROUND_ALPHA;
  context.fillStyle = view.colours.ground;
  context.fillRect(left, 0, width, height);
  context.globalAlpha = 1;
  context.imageSmoothingEnabled = false;
  context.drawImage(column.toImage(), 0, 0, 1, height, left, 0, width, height);
  context.setTransform(view.ratioX, 0, 0, view.ratioY, 0, 0);
}

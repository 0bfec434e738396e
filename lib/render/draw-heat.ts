import type { BandView, DrawnStyle, PixelPicture } from './band-view';
import type { Context } from './draw-text';

/** How much of the chart is dimmed behind: bars stand on their ground, heat lets more of the chart through. */
const GROUND_ALPHA = { strip: 0.35, bars: 0.6, pane: 0.62 } as const;

/** The band's picture: the chart's ground in part, then heat or bars, on whole device pixels. */
export function drawHeat(context: Context, view: BandView, picture: PixelPicture, style: DrawnStyle | 'pane'): void {
  const width = Math.round(view.bandWidth * view.ratioX);
  const left = Math.round(view.width * view.ratioX) - width;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.globalAlpha = GROUND_ALPHA[style];
  context.fillStyle = view.colours.ground;
  context.fillRect(left, 0, width, picture.rows);
  context.globalAlpha = 1;
  context.imageSmoothingEnabled = false;
  context.drawImage(picture.image, 0, picture.top, picture.width, picture.rows, left, 0, width, picture.rows);
  context.setTransform(view.ratioX, 0, 0, view.ratioY, 0, 0);
}

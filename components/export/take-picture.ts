import type { MapColours } from '@/components/dashboard/map/map-colours';
import { contextOf, drawText, FONTS } from '@/lib/render/draw-text';

import { type ColourScale, drawScale } from './draw-scale';

/** CSS pixels. */
const FOOT_HEIGHT = 52;
const LINE_HEIGHT = 20;
const INSET = 12;

/** What is written below a picture, and in which colours. */
export interface PictureFoot {
  /** Contract and time. */
  readonly title: string;
  /** Where the figures come from. */
  readonly source: string;
  /** Null where nothing is coloured. */
  readonly scale: ColourScale | null;
  readonly colours: Pick<MapColours, 'panel' | 'fg2'>;
}

/** What a canvas shows right now as a PNG, pixel by pixel, with what it is and what its colours are worth below. */
export function takePicture(canvas: HTMLCanvasElement, { title, source, scale, colours }: PictureFoot): Promise<Blob> {
  const ratio = canvas.width / canvas.clientWidth;
  const picture = new OffscreenCanvas(canvas.width, canvas.height + Math.round(FOOT_HEIGHT * ratio));
  const context = contextOf(picture);
  context.fillStyle = colours.panel;
  context.fillRect(0, 0, picture.width, picture.height);
  context.drawImage(canvas, 0, 0);
  context.setTransform(ratio, 0, 0, ratio, 0, canvas.height);
  const { clientWidth: width } = canvas;
  const ink = colours.fg2;
  const y = (FOOT_HEIGHT - LINE_HEIGHT) / 2;
  drawText(context, title, INSET, y, FONTS.sumStrong, ink, 'left', width / 2 - INSET);
  drawText(context, source, width - INSET, y, FONTS.sum, ink, 'right', width / 2 - INSET);
  if (scale !== null) drawScale(context, scale, INSET, y + LINE_HEIGHT, ink);
  return picture.convertToBlob({ type: 'image/png' });
}

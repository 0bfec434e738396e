import type { PixelPicture } from './band-view';
import { contextOf } from './draw-text';

/** Firefox's own, in content scripts alone. */
declare const cloneInto: (<Value>(value: Value, scope: object) => Value) | undefined;

type Target = Pick<CanvasRenderingContext2D, 'putImageData'>;

/** Firefox's canvas belongs to the page, and takes no memory of a content script, but a copy. */
function imageOf(target: Target, pixels: Uint32Array<ArrayBuffer>, width: number): ImageData {
  const bytes = new Uint8ClampedArray(pixels.buffer);
  return new ImageData(typeof cloneInto === 'undefined' ? bytes : cloneInto(bytes, target), width);
}

/**
 * A picture whose pixels the CPU writes, with so many rows beyond the pane at both ends. A bitmap is copied in a tenth of the
 * time that its canvas takes; only what `isFleeting`, new in every frame, is drawn from its canvas.
 */
export function createPicture(width: number, rows: number, margin = 0, isFleeting = false): PixelPicture {
  const height = rows + 2 * margin;
  const canvas = new OffscreenCanvas(width, height);
  // Written by the CPU: kept in its memory.
  const context = contextOf(canvas, { willReadFrequently: true });
  const pixels = new Uint32Array(width * height);
  const shared = typeof cloneInto === 'undefined' ? imageOf(context, pixels, width) : null;
  return {
    width,
    rows,
    margin,
    pixels,
    image: canvas,
    top: 0,
    put() {
      context.putImageData(shared ?? imageOf(context, pixels, width), 0, 0);
      return (this.image = isFleeting ? canvas : canvas.transferToImageBitmap());
    },
  };
}

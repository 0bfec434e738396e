import type { PixelPicture } from './band-view';

/** Firefox's own, in content scripts alone. */
declare const cloneInto: (<Value>(value: Value, scope: object) => Value) | undefined;

/** Writes pixels at the context's origin. Firefox's canvas belongs to the page, and takes no memory of a content script. */
export function putPixels(
  context: Pick<CanvasRenderingContext2D, 'putImageData'>,
  pixels: Uint32Array<ArrayBuffer>,
  width: number,
): void {
  const bytes = new Uint8ClampedArray(pixels.buffer);
  const taken = typeof cloneInto === 'undefined' ? bytes : cloneInto(bytes, context);
  context.putImageData(new ImageData(taken, width), 0, 0);
}

/** A picture whose pixels the CPU writes. */
export function createPicture(document: Document, width: number, height: number): PixelPicture {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  // Written by the CPU on every frame: kept in its memory.
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('canvas has no 2d context');
  const pixels = new Uint32Array(width * height);
  return {
    width,
    height,
    pixels,
    toImage() {
      putPixels(context, pixels, width);
      return canvas;
    },
  };
}

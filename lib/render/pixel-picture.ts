import type { PixelPicture } from './band-view';

/** Pixels to write, and what a context takes them from. Firefox lets a content script into no memory that the page's side made. */
export function createPixels(
  width: number,
  height: number,
): { readonly pixels: Uint32Array; readonly image: ImageData } {
  const pixels = new Uint32Array(width * height);
  return { pixels, image: new ImageData(new Uint8ClampedArray(pixels.buffer), width) };
}

/** A picture whose pixels the CPU writes. */
export function createPicture(document: Document, width: number, height: number): PixelPicture {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  // Written by the CPU on every frame: kept in its memory.
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('canvas has no 2d context');
  const { pixels, image } = createPixels(width, height);
  return {
    width,
    height,
    pixels,
    toImage() {
      context.putImageData(image, 0, 0);
      return canvas;
    },
  };
}

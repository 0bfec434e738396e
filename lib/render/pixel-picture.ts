import type { PixelPicture } from './band-view';

/** A picture whose pixels the CPU writes. */
export function createPicture(document: Document, width: number, height: number): PixelPicture {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  // Written by the CPU on every frame: kept in its memory.
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('canvas has no 2d context');
  const image = context.createImageData(width, height);
  return {
    width,
    height,
    pixels: new Uint32Array(image.data.buffer),
    toImage() {
      context.putImageData(image, 0, 0);
      return canvas;
    },
  };
}

import type { Page } from 'playwright-core';
import { PNG } from 'pngjs';

/** A part of a page in device pixels. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** Red, green and blue of a pixel. */
  rgb(x: number, y: number): readonly [number, number, number];
}

export interface Clip {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export async function takePicture(page: Page, clip: Clip): Promise<Picture> {
  const { width, height, data } = PNG.sync.read(await page.screenshot({ clip }));
  return {
    width,
    height,
    rgb(x, y) {
      const at = (y * width + x) * 4;
      return [data[at], data[at + 1], data[at + 2]];
    },
  };
}

/** Largest difference of a channel. */
export function differenceAt(a: Picture, b: Picture, x: number, y: number): number {
  const [p, q] = [a.rgb(x, y), b.rgb(x, y)];
  return Math.max(Math.abs(p[0] - q[0]), Math.abs(p[1] - q[1]), Math.abs(p[2] - q[2]));
}

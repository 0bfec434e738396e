import { PNG } from 'pngjs';
import { expect, it } from 'vitest';

import { indexedPng } from '@/scripts/pictures/indexed-png';

const SIZE = 64;

/** `colourAt` by the pixel's place, opaque where it tells no more. */
function pictureOf(colourAt: (place: number) => readonly [number, number, number, number?]): PNG {
  const png = new PNG({ width: SIZE, height: SIZE });
  for (let place = 0; place < SIZE * SIZE; place++) {
    const [red, green, blue, opacity = 255] = colourAt(place);
    png.data.set([red, green, blue, opacity], 4 * place);
  }
  return png;
}

it('keeps a picture of few colours to the pixel', () => {
  const png = pictureOf((place) => [place % 16, 7 * (place % 9), 200]);
  expect(PNG.sync.read(indexedPng(PNG.sync.write(png))).data.equals(png.data)).toBe(true);
});

it('keeps how sheer a drawing’s edges are', () => {
  const png = pictureOf((place) => [10, 20, 30, place % 5 === 0 ? 255 : 40 * (place % 5)]);
  expect(PNG.sync.read(indexedPng(PNG.sync.write(png))).data.equals(png.data)).toBe(true);
});

it('keeps what covers most of a picture of many, and the rest close', () => {
  const ground = [19, 20, 24] as const;
  const png = pictureOf((place) => (place < 2_000 ? ground : [place % 251, (3 * place) % 13, (7 * place) % 11]));
  const read = PNG.sync.read(indexedPng(PNG.sync.write(png))).data;
  expect(read.subarray(0, 8_000).equals(png.data.subarray(0, 8_000))).toBe(true);
  const steps = Array.from(read, (value, i) => Math.abs(value - png.data[i]));
  expect(Math.max(...steps)).toBeLessThanOrEqual(10);
});

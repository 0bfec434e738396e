import { describe, expect, it } from 'vitest';

import { readGround, rgbFromStyle } from '@/lib/render/read-ground';

const WIDTH = 48;
const HEIGHT = 144;
type Colour = readonly [number, number, number, number];

function picture(
  ground: Colour,
  ...rects: readonly (readonly [x: number, y: number, w: number, h: number, c: Colour])[]
) {
  const pixels = new Uint8ClampedArray(WIDTH * HEIGHT * 4);
  for (const [x, y, w, h, colour] of [[0, 0, WIDTH, HEIGHT, ground] as const, ...rects]) {
    for (let row = y; row < y + h; row++) {
      for (let column = x; column < x + w; column++) pixels.set(colour, (row * WIDTH + column) * 4);
    }
  }
  return pixels;
}

const DARK: Colour = [19, 23, 34, 255];
const GRID: Colour = [42, 46, 57, 255];
const GREEN: Colour = [8, 153, 129, 255];

describe('the ground of a chart', () => {
  it('is its most frequent colour, grid and candles notwithstanding', () => {
    const pixels = picture(DARK, [0, 40, WIDTH, 1, GRID], [10, 20, 6, 60, GREEN]);
    expect(readGround(pixels, WIDTH).colour).toEqual([19, 23, 34]);
  });

  it('is unknown where the canvas is transparent', () => {
    expect(readGround(picture([0, 0, 0, 0]), WIDTH)).toEqual({ colour: null, isFree: true });
  });
});

describe('the margin', () => {
  it('is free under a grid and lines across it', () => {
    const pixels = picture(DARK, [0, 40, WIDTH, 1, GRID], [20, 0, 1, HEIGHT, GRID], [0, 70, WIDTH, 1, GREEN]);
    expect(readGround(pixels, WIDTH).isFree).toBe(true);
  });

  it('is taken by candles, also on a transparent canvas', () => {
    expect(readGround(picture(DARK, [4, 50, 3, 20, GREEN], [10, 60, 3, 15, GREEN]), WIDTH).isFree).toBe(false);
    expect(readGround(picture([0, 0, 0, 0], [4, 50, 3, 20, GREEN]), WIDTH).isFree).toBe(false);
  });
});

it.each([
  ['rgb(19, 23, 34)', [19, 23, 34]],
  ['rgba(255, 255, 255, 0.9)', [255, 255, 255]],
  ['rgb(1 2 3 / 0.7)', [1, 2, 3]],
  ['rgba(0, 0, 0, 0)', null],
  ['color(srgb 0 0 0)', null],
  ['transparent', null],
] as const)('the style %s reads %j', (style, rgb) => expect(rgbFromStyle(style)).toEqual(rgb));

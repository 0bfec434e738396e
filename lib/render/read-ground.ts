import type { Rgb } from './oklab';

/** Channel difference from the ground that is ink, not grid or watermark. */
const INK = 48;
/** A row with more ink than this share of its width is a line across the pane: price, order, crosshair. */
const LINE_SHARE = 0.6;
/** Share of the margin's samples that may be ink before it counts as taken. */
const MAX_INK_SHARE = 0.004;

/** What a few pixels of the chart left of the band tell. */
export interface ChartGround {
  /** Null where the chart's canvas is transparent there. */
  readonly colour: Rgb | null;
  /** Whether nothing but lines across the pane is drawn there, so that labels cover no candle. */
  readonly isFree: boolean;
}

/** Of so many pixels one is asked for the ground's colour; coprime to the picture's width, so that no column is left out. */
const GROUND_STRIDE = 5;

/** `pixels` is RGBA, row by row. */
export function readGround(pixels: Uint8ClampedArray, width: number): ChartGround {
  const colour = mostFrequent(pixels);
  return { colour, isFree: isFree(pixels, width, colour) };
}

/** The most frequent opaque colour. Opaque ink on a transparent canvas is none. */
function mostFrequent(pixels: Uint8ClampedArray): Rgb | null {
  const counts = new Map<number, number>();
  let ground = -1;
  let most = 0;
  let opaque = 0;
  for (let i = 0; i < pixels.length; i += 4 * GROUND_STRIDE) {
    if (pixels[i + 3] < 250) continue;
    opaque++;
    const key = (pixels[i] << 16) | (pixels[i + 1] << 8) | pixels[i + 2];
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    if (count > most) [most, ground] = [count, key];
  }
  return opaque < pixels.length / (8 * GROUND_STRIDE) ? null : [ground >> 16, (ground >> 8) & 255, ground & 255];
}

function isFree(pixels: Uint8ClampedArray, width: number, ground: Rgb | null): boolean {
  const rowBytes = width * 4;
  let ink = 0;
  for (let row = 0; row < pixels.length; row += rowBytes) {
    let inRow = 0;
    for (let i = row; i < row + rowBytes; i += 4) if (isInk(pixels, i, ground)) inRow++;
    if (inRow <= width * LINE_SHARE) ink += inRow;
  }
  return ink <= (pixels.length / 4) * MAX_INK_SHARE;
}

function isInk(pixels: Uint8ClampedArray, i: number, ground: Rgb | null): boolean {
  if (ground === null) return pixels[i + 3] > 96;
  return (
    Math.abs(pixels[i] - ground[0]) > INK ||
    Math.abs(pixels[i + 1] - ground[1]) > INK ||
    Math.abs(pixels[i + 2] - ground[2]) > INK
  );
}

/** `rgb(…)` or `rgba(…)` of a computed style; null for anything see-through. */
export function rgbFromStyle(style: string): Rgb | null {
  const parts = style.startsWith('rgb') ? (style.match(/[\d.]+/g) ?? []).map(Number) : [];
  return parts.length < 3 || (parts[3] ?? 1) < 0.5 ? null : [parts[0], parts[1], parts[2]];
}

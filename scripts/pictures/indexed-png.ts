import { crc32, deflateSync } from 'node:zlib';

import { PNG } from 'pngjs';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const MOST_COLOURS = 256;
/** So many are taken as they are, the most frequent: grounds, lines and words. */
const EXACT_COLOURS = 96;
/** What is rarer has a colour of its own only this far from those that have one, in steps of the channels. */
const APART = 10;

/** A picture in at most 256 colours, in about a third of the bytes: screens are words on flat grounds. */
export function indexedPng(png: Buffer): Buffer {
  const { width, height, data } = PNG.sync.read(png);
  const pixels = new Uint32Array(data.buffer, data.byteOffset, width * height);
  const counts = new Map<number, number>();
  // Most pixels are as the one before, and are not looked up.
  for (let from = 0, to = 0; from < pixels.length; from = to) {
    while (pixels[to] === pixels[from]) to++;
    counts.set(pixels[from], (counts.get(pixels[from]) ?? 0) + to - from);
  }
  const byCount = [...counts].sort(([, a], [, b]) => b - a).map(([colour]) => colour);
  // Opacity is told of the first colours only: the rest is opaque.
  const palette = paletteOf(byCount).sort((a, b) => opacity(a) - opacity(b));
  const sheer = palette.map(opacity).filter((each) => each < 255);
  const places = new Map<number, number>();
  for (const colour of counts.keys()) places.set(colour, nearest(palette, colour));
  // A row begins with its filter: none.
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0, i = 0; y < height; y++) {
    let place = 0;
    for (let x = 1; x <= width; x++, i++) {
      if (x === 1 || pixels[i] !== pixels[i - 1]) place = places.get(pixels[i]) ?? 0;
      rows[y * (width + 1) + x] = place;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Eight bits a pixel, which are places in the palette.
  header.set([8, 3], 8);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flatMap(channels))),
    ...(sheer.length === 0 ? [] : [chunk('tRNS', Buffer.from(sheer))]),
    chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Of colours, the most frequent first. */
function paletteOf(colours: readonly number[]): number[] {
  if (colours.length <= MOST_COLOURS) return [...colours];
  const palette = colours.slice(0, EXACT_COLOURS);
  for (const colour of colours.slice(EXACT_COLOURS)) {
    if (palette.length === MOST_COLOURS) break;
    if (apart(palette[nearest(palette, colour)], colour) >= APART) palette.push(colour);
  }
  return palette;
}

function nearest(palette: readonly number[], colour: number): number {
  const distances = palette.map((each) => apart(each, colour));
  return distances.indexOf(Math.min(...distances));
}

/** As pngjs has a pixel in memory: red first. */
const channels = (colour: number): [number, number, number] => [
  colour & 0xff,
  (colour >> 8) & 0xff,
  (colour >> 16) & 0xff,
];

const opacity = (colour: number): number => colour >>> 24;

const apart = (a: number, b: number): number =>
  Math.hypot(opacity(a) - opacity(b), ...channels(a).map((value, i) => value - channels(b)[i]));

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length, 0);
  ends.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
}

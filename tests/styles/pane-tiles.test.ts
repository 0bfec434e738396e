import { beforeEach, describe, expect, it } from 'vitest';

import { createPaneStore } from '@/entrypoints/styles/pane-store';
import { BARS_PER_TILE, createPaneTiles, type TileLook } from '@/entrypoints/styles/pane-tiles';
import { heatTables } from '@/lib/render/palette';

import { type FakeCanvas, standInForCanvases } from './canvases';
import { answerTo, CELL, MIDDLE_CELL, NOW_MS, QUARTER_MS, quarters } from './pane-part';

const ROWS = 60;
const look = (isInverted = false, side: TileLook['side'] = 'both'): TileLook => ({
  grid: { cellWidth: CELL, cellsPerRow: 1, firstCell: MIDDLE_CELL - ROWS / 2, rowCount: ROWS },
  isInverted,
  tables: heatTables('default', 'dark', 0.55),
  heat: { lo: 1, hi: 100 },
  side,
});
const TILE = Math.floor(NOW_MS / QUARTER_MS / BARS_PER_TILE);

let store: ReturnType<typeof createPaneStore>;
const pixelsOf = (image: CanvasImageSource): Uint32Array => (image as unknown as FakeCanvas).pixels;
const tell = (bars: number): void =>
  store.take(answerTo({ fromMs: NOW_MS - bars * QUARTER_MS, toMs: NOW_MS, stepMs: QUARTER_MS }));

beforeEach(() => {
  standInForCanvases();
  store = createPaneStore();
});

describe('pictures of bars', () => {
  it('have a pixel per bar and row: shorts above, longs below, nothing where nothing is known', () => {
    tell(1);
    const tiles = createPaneTiles(store);
    tiles.begin(quarters(1_000));
    const bar = Math.floor(NOW_MS / QUARTER_MS) - 1;
    const current = look();
    const tile = tiles.tile(Math.floor(bar / BARS_PER_TILE), current);
    const pixels = pixelsOf(tile!.image);
    const at = (row: number, x: number) => pixels[row * BARS_PER_TILE + x];
    const x = bar % BARS_PER_TILE;
    const { long, short } = current.tables;
    expect(Array.from({ length: ROWS }, (_, row) => at(row, x) > 0)).toEqual(
      Array.from({ length: ROWS }, (_, row) => row >= 10 && row < 50),
    );
    expect(short).toContain(at(29, x));
    expect(long).toContain(at(30, x));
    expect(pixels.filter((pixel) => pixel > 0)).toHaveLength(40);
  });

  it('are made anew of columns that were told otherwise', () => {
    const request = store.lacking(quarters(1_000), 0)!;
    store.take(answerTo(request));
    const tiles = createPaneTiles(store);
    const current = look();
    const paint = () => {
      tiles.begin(quarters(1_000));
      return tiles.tile(TILE, current)!;
    };
    const first = paint();
    store.take(answerTo(store.lacking(quarters(1_000), 5_000)!, true, 'two', 90));
    expect(paint()).toBe(first);
    store.take(answerTo(store.lacking(quarters(1_000), 21_000)!, true, 'two', 90));
    const second = paint();
    expect(second).not.toBe(first);
    expect(pixelsOf(second.image)).not.toEqual(pixelsOf(first.image));
    expect(paint()).toBe(second);
  });

  it('leave out the side that is not wanted', () => {
    tell(1);
    const bar = Math.floor(NOW_MS / QUARTER_MS) - 1;
    const rowsOf = (side: TileLook['side']) => {
      const tiles = createPaneTiles(store);
      tiles.begin(quarters(1_000));
      const pixels = pixelsOf(tiles.tile(Math.floor(bar / BARS_PER_TILE), look(false, side))!.image);
      return Array.from(pixels.keys())
        .filter((i) => pixels[i] > 0)
        .map((i) => Math.floor(i / BARS_PER_TILE));
    };
    const rows = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);
    expect(rowsOf('short')).toEqual(rows(10, 30));
    expect(rowsOf('long')).toEqual(rows(30, 50));
  });

  it('are turned over on an inverted axis', () => {
    store.take({
      ...answerTo({ fromMs: NOW_MS, toMs: NOW_MS + QUARTER_MS, stepMs: QUARTER_MS }),
    });
    const tiles = createPaneTiles(store);
    tiles.begin(quarters(1_000));
    const [upright, inverted] = [look(), look(true)].map((each) => Array.from(pixelsOf(tiles.tile(TILE, each)!.image)));
    const rows = (pixels: number[]) =>
      Array.from({ length: ROWS }, (_, row) => pixels.slice(row * BARS_PER_TILE, (row + 1) * BARS_PER_TILE));
    expect(rows(inverted)).toEqual(rows(upright).toReversed());
  });

  it('are painted once, and again only when a column has come or they look otherwise', () => {
    tell(40);
    const tiles = createPaneTiles(store);
    tiles.begin(quarters(1_000));
    const current = look();
    const tile = Math.floor((NOW_MS / QUARTER_MS - 1) / BARS_PER_TILE);
    const first = tiles.tile(tile, current);
    expect(tiles.tile(tile, current)).toBe(first);
    tell(41);
    tiles.begin(quarters(1_000));
    const second = tiles.tile(tile, current);
    expect(second).not.toBe(first);
    tiles.begin(quarters(1_000));
    expect(tiles.tile(tile, current)).toBe(second);
    expect(tiles.tile(tile, look())).not.toBe(second);
  });

  it('are none of bars of which nothing is known', () => {
    const tiles = createPaneTiles(store);
    tiles.begin(quarters(1_000));
    expect(tiles.tile(TILE, look())).toBeNull();
    expect(tiles.isUnfinished).toBe(false);
  });

  it('are painted one a frame: an old one stands in until its turn has come', () => {
    tell(64);
    const tiles = createPaneTiles(store);
    tiles.begin(quarters(1_000));
    const tile = Math.floor((NOW_MS / QUARTER_MS - 1) / BARS_PER_TILE);
    const first = tiles.tile(tile, look());
    const next = look();
    expect(tiles.tile(tile, next)).toBe(first);
    expect(tiles.isUnfinished).toBe(true);
    tiles.begin(quarters(1_000));
    expect(tiles.tile(tile, next)?.look).toBe(next);
    expect(tiles.isUnfinished).toBe(false);
  });

  it('are forgotten when bars have another length', () => {
    tell(64);
    const tiles = createPaneTiles(store);
    tiles.begin(quarters(1_000));
    const current = look();
    const tile = Math.floor((NOW_MS / QUARTER_MS - 1) / BARS_PER_TILE);
    const first = tiles.tile(tile, current);
    tiles.begin({ ...quarters(1_000), barMs: 4 * QUARTER_MS });
    tiles.begin(quarters(1_000));
    expect(tiles.tile(tile, current)).not.toBe(first);
  });
});

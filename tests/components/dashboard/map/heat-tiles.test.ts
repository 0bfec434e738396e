import { beforeEach, expect, it, vi } from 'vitest';

import { createHeatTiles, type HeatStyle } from '@/components/dashboard/map/heat-tiles';
import { SLOTS_PER_DAY } from '@/components/dashboard/map/map-day';
import { DAY_MS } from '@/lib/core/time';
import type { Context } from '@/lib/render/draw-text';
import { heatTables } from '@/lib/render/palette';

const AREA = { width: 400, height: 300 };
const WINDOW = { fromMs: 0, toMs: 2 * DAY_MS, lowLn: 10.9, highLn: 11.1 };
const DARK = heatTables('default', 'dark', null);
const LIGHT = heatTables('default', 'light', null);

beforeEach(() => {
  class Picture {
    readonly height: number;
    readonly data: Uint8ClampedArray;
    constructor(width: number, height: number) {
      this.height = height;
      this.data = new Uint8ClampedArray(4 * width * height);
    }
    readonly getContext = () => ({ putImageData: () => {} });
  }
  vi.stubGlobal('ImageData', Picture);
  vi.stubGlobal('OffscreenCanvas', Picture);
});

const styleOf = (tables: HeatStyle['tables']): HeatStyle => ({
  tables,
  gauge: { slots: [], cellWidth: 0.001, lowCell: 10_900, highCell: 11_100, markPrice: 60_000 },
  scale: () => ({ lo: 0, hi: 1 }),
});

/** Draws two empty days; how many pictures were copied, and whether some are still to be painted. */
function drawer() {
  let nowMs = 0;
  const clock = { stepMs: 0 };
  const tiles = createHeatTiles(() => (nowMs += clock.stepMs));
  const day = (startMs: number) => ({
    startMs,
    bars: [],
    slots: Array.from({ length: SLOTS_PER_DAY }, () => [null]),
    events: [],
    isWhole: true,
  });
  const days = new Map([0, DAY_MS].map((startMs) => [startMs, day(startMs)]));
  return (style: HeatStyle, hasTime: boolean) => {
    clock.stepMs = hasTime ? 0 : 1_000;
    const drawImage = vi.fn();
    const context = { drawImage, imageSmoothingEnabled: true } as unknown as Context;
    return {
      isUnfinished: tiles.draw(context, days, WINDOW, AREA, 11_000, style),
      copied: drawImage.mock.calls.length,
    };
  };
}

it('copies a picture a day, and lets old ones stand in while others of the same colours are painted', () => {
  const draw = drawer();
  expect(draw(styleOf(DARK), true)).toEqual({ isUnfinished: false, copied: 2 });
  expect(draw(styleOf(DARK), false)).toEqual({ isUnfinished: true, copied: 2 });
  expect(draw(styleOf(DARK), true)).toEqual({ isUnfinished: false, copied: 2 });
});

it('lets no picture of a dark chart stand in on a light one', () => {
  const draw = drawer();
  draw(styleOf(DARK), true);
  expect(draw(styleOf(LIGHT), false)).toEqual({ isUnfinished: true, copied: 0 });
  expect(draw(styleOf(LIGHT), true)).toEqual({ isUnfinished: false, copied: 2 });
});

import { expect, it } from 'vitest';

import { drawMap, type MapView } from '@/components/dashboard/map/draw-map';
import type { HeatTiles } from '@/components/dashboard/map/heat-tiles';
import { mapColours } from '@/components/dashboard/map/map-colours';
import type { PresentColumn } from '@/components/dashboard/map/present-column';
import type { Context } from '@/lib/render/draw-text';

const VIEW = {
  window: { fromMs: 0, toMs: 86_400_000, lowLn: Math.log(50_000), highLn: Math.log(60_000) },
  history: { endMs: NaN },
  days: new Map(),
  live: null,
  style: { gauge: { markPrice: 55_123.4, cellWidth: 0.001 } },
  bars: [],
  ownLevels: [],
  known: null,
  priceDigits: 1,
  colours: mapColours('dark'),
} as unknown as MapView;

it('flags no price as that of now before it is told', () => {
  const texts: string[] = [];
  const known: Record<string, unknown> = {
    measureText: (text: string) => ({ width: 6 * text.length }),
    fillText: (text: string) => void texts.push(text),
  };
  const context = new Proxy(known, { get: (of, name) => of[name as string] ?? (() => {}) }) as unknown as Context;
  const tiles = { draw: () => false } as unknown as HeatTiles;
  drawMap({ context, width: 900, height: 500, ratioX: 1, ratioY: 1 } as never, tiles, {} as PresentColumn, VIEW);
  expect(texts).toContain('55,000');
  expect(texts).not.toContain('55,123.4');
});

import { expect, it } from 'vitest';

import { drawPriceLabels } from '@/components/dashboard/map/draw-axes';
import { drawOwnLevels } from '@/components/dashboard/map/draw-own-levels';
import { mapColours } from '@/components/dashboard/map/map-colours';
import { mapLayout } from '@/components/dashboard/map/map-layout';
import type { MapWindow } from '@/lib/chart/map-window';
import type { OwnLevel } from '@/lib/market/own-position';
import type { Context } from '@/lib/render/draw-text';

const WINDOW: MapWindow = { fromMs: 0, toMs: 86_400_000, lowLn: Math.log(50_000), highLn: Math.log(60_000) };
const LAYOUT = mapLayout(900, 500);
const level = (price: number): OwnLevel =>
  ({ positionSide: 'long', price, distance: price / 55_000 - 1 }) as unknown as OwnLevel;

/** A context that only notes texts and grounds, with where they are. */
function recorder() {
  const texts: { readonly text: string; readonly x: number; readonly y: number }[] = [];
  const grounds: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }[] = [];
  const known: Record<string, unknown> = {
    measureText: (text: string) => ({ width: 6 * text.length }),
    fillText: (text: string, x: number, y: number) => void texts.push({ text, x, y }),
    roundRect: (x: number, y: number, width: number, height: number) => void grounds.push({ x, y, width, height }),
  };
  const context = new Proxy(known, { get: (of, name) => of[name as string] ?? (() => {}) });
  return { context: context as unknown as Context, texts, grounds };
}

it('own levels are named each on a ground of its own, none over another', () => {
  const { context, texts, grounds } = recorder();
  drawOwnLevels(context, WINDOW, LAYOUT, [54_000, 54_030, 52_000].map(level), 1, mapColours('dark'));
  const tags = texts.filter(({ text }) => text.includes('%'));
  expect(tags).toHaveLength(3);
  expect(grounds).toHaveLength(3);
  tags.forEach(({ x, y }, i) => {
    expect(grounds[i].x + grounds[i].width).toBeGreaterThan(x);
    expect(Math.abs(grounds[i].y + grounds[i].height / 2 - y)).toBeLessThan(1);
  });
  const tops = grounds.map(({ y }) => y).toSorted((a, b) => a - b);
  for (let i = 1; i < tops.length; i++) expect(tops[i] - tops[i - 1]).toBeGreaterThanOrEqual(18);
});

it('a round price is not written where the flag of an own level stands', () => {
  const pricesWith = (levels: readonly OwnLevel[]) => {
    const { context, texts } = recorder();
    drawPriceLabels(context, WINDOW, LAYOUT, 1, 55_100, mapColours('dark'), levels);
    return texts.map(({ text }) => text);
  };
  expect(pricesWith([])).toContain('54,000');
  expect(pricesWith([level(54_010)])).not.toContain('54,000');
});

it('the profile stands beside the map at every width, with its labels where they have room', () => {
  expect(mapLayout(1_000, 500)).toMatchObject({ profileWidth: 212, hasLabels: true });
  const narrow = mapLayout(380, 500);
  expect(narrow).toMatchObject({ profileWidth: 114, hasLabels: false });
  expect(narrow.area.width + narrow.axisWidth + narrow.profileWidth).toBe(380);
});

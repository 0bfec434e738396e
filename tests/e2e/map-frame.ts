import type { Page } from 'playwright-core';

import { mapLayout } from '@/components/dashboard/map/map-layout';
import { DAY_MS, floorToStep, HOUR_MS, MINUTE_MS } from '@/lib/core/time';

interface Text {
  readonly text: string;
  readonly x: number;
  readonly y: number;
}
interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly colour: string;
}
interface Circle {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly colour: string;
}
/** What the map's last frame drew, in CSS pixels. */
interface Frame {
  readonly width: number;
  readonly height: number;
  readonly texts: Text[];
  readonly rects: Rect[];
  readonly circles: Circle[];
}

declare global {
  interface Window {
    __frame?: Frame;
  }
}

/** Keeps what the map of a page draws; before the page is opened. */
export const hearMap = (page: Page): Promise<unknown> => page.addInitScript(hearHere);

/** Runs in the page, before its own scripts: each frame begins by leaving the last one's scale. */
function hearHere(): void {
  const prototype = CanvasRenderingContext2D.prototype as unknown as Record<string, (...args: never[]) => unknown>;
  const hear = (name: string, tell: (context: CanvasRenderingContext2D, args: readonly never[]) => void) => {
    const draw = prototype[name];
    prototype[name] = function (this: CanvasRenderingContext2D, ...args) {
      if (this.canvas === document.querySelector('.map-chart canvas')) tell(this, args);
      return draw.apply(this, args);
    };
  };
  const frame = () => window.__frame;
  let arc: Omit<Circle, 'colour'> | null = null;
  hear('setTransform', ({ canvas }, [scale]) => {
    const { clientWidth: width, clientHeight: height } = canvas;
    if (scale !== 1 || frame()?.texts.length === 0) return;
    window.__frame = { width, height, texts: [], rects: [], circles: [] };
  });
  hear('fillText', (_, [text, x, y]) => frame()?.texts.push({ text, x, y }));
  hear('fillRect', ({ fillStyle }, [x, y, width, height]) =>
    frame()?.rects.push({ x, y, width, height, colour: fillStyle as string }),
  );
  hear('beginPath', () => (arc = null));
  hear('arc', (_, [x, y, radius]) => (arc = { x, y, radius }));
  hear('stroke', ({ strokeStyle }) => arc && frame()?.circles.push({ ...arc, colour: strokeStyle as string }));
}

/** A frame with its axes read back: ln(price) by height, and time by distance from the left within a day around `nowMs`. */
export async function readFrame(page: Page, nowMs: number) {
  await page.bringToFront();
  const frame = (await page.evaluate(() => window.__frame))!;
  const layout = mapLayout(frame.width, frame.height);
  const prices = frame.texts.filter(({ text, x }) => x === layout.profileLeft - 8 && /^[\d,.]+$/.test(text));
  const price = lineThrough(prices.map(({ text, y }) => [y, Math.log(Number(text.replaceAll(',', '')))]));
  const clocks = frame.texts.filter(({ text }) => /^\d\d:\d\d$/.test(text));
  const time = lineThrough(clocks.map(({ text, x }) => [x, lastMs(text, nowMs + HOUR_MS)]));
  return {
    ...frame,
    layout,
    priceAt: (y: number): number => Math.exp(price.at(y)),
    yOf: (each: number): number => price.of(Math.log(each)),
    timeAt: time.at,
    xOf: time.of,
  };
}
export type MapFrame = Awaited<ReturnType<typeof readFrame>>;

/** The last time before a moment at which a UTC clock shows this. */
function lastMs(clock: string, beforeMs: number): number {
  const [hours, minutes] = clock.split(':').map(Number);
  const atMs = floorToStep(beforeMs, DAY_MS) + hours * HOUR_MS + minutes * MINUTE_MS;
  return atMs > beforeMs ? atMs - DAY_MS : atMs;
}

function lineThrough(points: readonly (readonly [px: number, value: number])[]) {
  const [[firstPx, first], [lastPx, last]] = [points[0], points.at(-1)!];
  const perPx = (last - first) / (lastPx - firstPx);
  return {
    at: (px: number): number => first + (px - firstPx) * perPx,
    of: (value: number): number => firstPx + (value - first) / perPx,
  };
}

/** A candle as it is drawn: a line a pixel wide, and its body around that. */
export interface DrawnCandle {
  readonly line: Rect;
  readonly body: Rect;
}

/** In order of time. */
export function candlesOf({ rects }: MapFrame): DrawnCandle[] {
  const candles = rects.slice(1).flatMap((body, i) => {
    const line = rects[i];
    const half = (body.width - 1) / 2;
    return line.width === 1 && half >= 1 && line.x - half === body.x ? [{ line, body }] : [];
  });
  return candles.sort((a, b) => a.line.x - b.line.x);
}

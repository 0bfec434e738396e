import { priceToY, timeToX, type MapArea, type MapWindow } from '@/lib/chart/map-window';
import type { Bar } from '@/lib/market/bar';
import type { Context } from '@/lib/render/draw-text';

import { type Burst, burstsFromEvents, type Candle, candlesFromBars, candleStep } from './candles';
import type { MapColours } from './map-colours';
import type { MapDay } from './map-day';

const LARGEST_RADIUS = 13;
const LEAST_RADIUS = 2;

export const stepOf = ({ fromMs, toMs }: MapWindow, { width }: MapArea): number => candleStep((toMs - fromMs) / width);

/** Candles with an edge of the ground's colour, so that heat never touches them. */
export function drawCandles(
  context: Context,
  bars: readonly Bar[],
  window: MapWindow,
  area: MapArea,
  colours: MapColours,
): void {
  const stepMs = stepOf(window, area);
  const spacing = (stepMs / (window.toMs - window.fromMs)) * area.width;
  const half = Math.max(0, Math.floor((spacing * 0.72) / 2));
  const visible = candlesOf(bars, stepMs).filter(
    ({ openTimeMs }) => openTimeMs >= window.fromMs - stepMs && openTimeMs < window.toMs,
  );
  const shapes = visible.map(({ openTimeMs, open, high, low, close }) => {
    const top = Math.round(priceToY(window, area, Math.max(open, close)));
    const bottom = Math.round(priceToY(window, area, Math.min(open, close)));
    const y = Math.round(priceToY(window, area, high));
    return {
      x: Math.round(timeToX(window, area, openTimeMs + stepMs / 2)),
      y,
      height: Math.max(1, Math.round(priceToY(window, area, low)) - y),
      top,
      body: Math.max(1, bottom - top),
      isUp: close >= open,
    };
  });
  context.globalAlpha = 0.7;
  context.fillStyle = colours.ground;
  for (const { x, y, height, top, body } of shapes) {
    context.fillRect(x - 1, y - 1, 3, height + 2);
    context.fillRect(x - half - 1, top - 1, 2 * half + 3, body + 2);
  }
  context.globalAlpha = 1;
  for (const isUp of [true, false]) {
    context.fillStyle = isUp ? colours.up : colours.down;
    for (const shape of shapes) {
      if (shape.isUp !== isUp) continue;
      context.fillRect(shape.x, shape.y, 1, shape.height);
      context.fillRect(shape.x - half, shape.top, 2 * half + 1, shape.body);
    }
  }
}

/** What was liquidated, as circles whose area is USD; the largest of all that is loaded has the largest circle. */
export function drawBursts(
  context: Context,
  days: ReadonlyMap<number, MapDay>,
  window: MapWindow,
  area: MapArea,
  colours: MapColours,
): void {
  const stepMs = stepOf(window, area);
  const bursts = burstsOf(days, stepMs);
  const largest = bursts.reduce((most, { usd }) => Math.max(most, usd), 0);
  context.lineWidth = 1.5;
  for (const { openTimeMs, positionSide, price, usd } of bursts) {
    const radius = LARGEST_RADIUS * Math.sqrt(usd / largest);
    if (radius < LEAST_RADIUS || openTimeMs < window.fromMs - stepMs || openTimeMs > window.toMs) continue;
    const colour = colours[positionSide];
    context.beginPath();
    context.arc(timeToX(window, area, openTimeMs + stepMs / 2), priceToY(window, area, price), radius, 0, 2 * Math.PI);
    context.globalAlpha = 0.28;
    context.fillStyle = colour;
    context.fill();
    context.globalAlpha = 1;
    context.strokeStyle = colour;
    context.stroke();
  }
}

// A frame draws what the last one drew, unless something was read or candles are of another length.
let joined: { readonly bars: unknown; readonly stepMs: number; readonly candles: readonly Candle[] } | null = null;

function candlesOf(bars: readonly Bar[], stepMs: number): readonly Candle[] {
  if (joined?.bars !== bars || joined.stepMs !== stepMs) {
    joined = { bars, stepMs, candles: candlesFromBars(bars, stepMs) };
  }
  return joined.candles;
}

let summed: { readonly days: unknown; readonly stepMs: number; readonly bursts: readonly Burst[] } | null = null;

function burstsOf(days: ReadonlyMap<number, MapDay>, stepMs: number): readonly Burst[] {
  if (summed?.days !== days || summed.stepMs !== stepMs) {
    const events = [...days.values()].flatMap((day) => day.events);
    summed = { days, stepMs, bursts: burstsFromEvents(events, stepMs) };
  }
  return summed.bursts;
}

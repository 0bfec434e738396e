import { type MapWindow, xToTime, yToPrice } from '@/lib/chart/map-window';
import { formatPrice } from '@/lib/core/format';
import { formatClock, formatDay } from '@/lib/core/format-time';
import type { Surface } from '@/lib/render/canvas';
import { FONTS } from '@/lib/render/draw-text';

import { centred, drawPriceFlag } from './draw-axes';
import type { MapColours } from './map-colours';
import { mapLayout, TIME_AXIS_HEIGHT } from './map-layout';

const TIME_FLAG_WIDTH = 92;

/** Two lines through the pointer and what they meet on the axes. */
export function drawCrosshair(
  { context, width, height, ratioX, ratioY }: Surface,
  window: MapWindow,
  pointer: { readonly x: number; readonly y: number } | null,
  priceDigits: number,
  colours: MapColours,
): void {
  context.setTransform(ratioX, 0, 0, ratioY, 0, 0);
  context.clearRect(0, 0, width, height);
  if (pointer === null) return;
  const layout = mapLayout(width, height);
  const { area, profileLeft, profileWidth } = layout;
  const x = Math.round(pointer.x) + 0.5;
  const y = Math.round(pointer.y) + 0.5;
  context.setLineDash([3, 3]);
  context.strokeStyle = colours.crosshair;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(x, 0);
  context.lineTo(x, area.height);
  context.moveTo(0, y);
  context.lineTo(profileLeft + profileWidth, y);
  context.stroke();
  context.setLineDash([]);
  const price = formatPrice(yToPrice(window, area, pointer.y), priceDigits);
  drawPriceFlag(context, price, pointer.y, layout, colours.flag, colours.flagText);
  const timeMs = xToTime(window, area, pointer.x);
  const left = Math.min(area.width - TIME_FLAG_WIDTH, Math.max(0, x - TIME_FLAG_WIDTH / 2));
  context.fillStyle = colours.flag;
  context.fillRect(left, area.height + 1, TIME_FLAG_WIDTH, TIME_AXIS_HEIGHT - 1);
  const text = `${formatDay(timeMs)} ${formatClock(timeMs)}`;
  centred(context, text, left + TIME_FLAG_WIDTH / 2, area.height + 13, FONTS.sumStrong, colours.flagText);
}

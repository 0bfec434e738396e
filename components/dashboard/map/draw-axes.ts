import { priceTicks, timeTicks } from '@/lib/chart/map-ticks';
import { type MapArea, priceToY, timeToX, type MapWindow } from '@/lib/chart/map-window';
import { formatClusterPrice, formatPrice } from '@/lib/core/format';
import type { OwnLevel } from '@/lib/market/own-position';
import { type Context, drawText, FONTS } from '@/lib/render/draw-text';

import type { MapColours } from './map-colours';
import { type MapLayout, TIME_AXIS_HEIGHT } from './map-layout';

const FLAG_HEIGHT = 19;

export function drawGrid(
  context: Context,
  window: MapWindow,
  { area }: Pick<MapLayout, 'area'>,
  colours: MapColours,
): void {
  context.fillStyle = colours.grid;
  for (const price of priceTicks(window, area)) {
    context.fillRect(0, Math.round(priceToY(window, area, price)), area.width, 1);
  }
}

/** Both axes on the panel's ground, over whatever the map drew there. */
export function drawAxes(
  context: Context,
  window: MapWindow,
  layout: MapLayout,
  priceDigits: number,
  markPrice: number,
  ownLevels: readonly OwnLevel[],
  colours: MapColours,
): void {
  const { area, axisLeft, axisWidth, profileLeft, profileWidth } = layout;
  const right = profileLeft + profileWidth;
  context.fillStyle = colours.panel;
  context.fillRect(axisLeft, 0, right - axisLeft, area.height + TIME_AXIS_HEIGHT);
  context.fillRect(0, area.height, right, TIME_AXIS_HEIGHT);
  context.fillStyle = colours.line;
  context.fillRect(0, area.height, right, 1);
  context.fillRect(axisLeft, 0, 1, area.height);
  context.fillRect(profileLeft, 0, 1, area.height);
  drawTimeLabels(context, window, area, colours);
  centred(context, 'UTC', axisLeft + axisWidth / 2, area.height + 13, FONTS.sum, colours.fg3);
  drawPriceLabels(context, window, layout, priceDigits, markPrice, colours, ownLevels);
}

/** Round prices beside the axis where no flag stands, and where the mark is. */
export function drawPriceLabels(
  context: Context,
  window: MapWindow,
  layout: MapLayout,
  priceDigits: number,
  markPrice: number,
  colours: MapColours,
  ownLevels: readonly OwnLevel[] = [],
): void {
  const { area, profileLeft, profileWidth } = layout;
  const markY = priceToY(window, area, markPrice);
  const flags = [markY, ...ownLevels.map(({ price }) => priceToY(window, area, price))];
  for (const price of priceTicks(window, area)) {
    const y = priceToY(window, area, price);
    if (y < 8 || y > area.height - 8 || flags.some((flag) => Math.abs(y - flag) < FLAG_HEIGHT)) continue;
    drawText(context, formatClusterPrice(price, priceDigits), profileLeft - 8, y, FONTS.sum, colours.fg2, 'right');
  }
  if (markY > -FLAG_HEIGHT && markY < area.height + FLAG_HEIGHT) {
    drawPriceLine(context, markY, profileLeft + profileWidth, colours.fg3);
    drawPriceFlag(context, formatPrice(markPrice, priceDigits), markY, layout, colours.fg1, colours.panel);
  }
}

/** Round times below the area. */
export function drawTimeLabels(context: Context, window: MapWindow, area: MapArea, colours: MapColours): void {
  for (const { at, text, isStrong } of timeTicks(window, area)) {
    const x = timeToX(window, area, at);
    if (x < 24 || x > area.width - 24) continue;
    const [font, colour] = isStrong ? [FONTS.sumStrong, colours.fg2] : [FONTS.sum, colours.fg3];
    centred(context, text, x, area.height + 13, font, colour);
  }
}

function drawPriceLine(context: Context, y: number, right: number, colour: string): void {
  context.setLineDash([1, 2]);
  context.strokeStyle = colour;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(0, Math.round(y) + 0.5);
  context.lineTo(right, Math.round(y) + 0.5);
  context.stroke();
  context.setLineDash([]);
}

/** A price on its axis. */
export function drawPriceFlag(
  context: Context,
  text: string,
  y: number,
  { area, axisLeft, axisWidth }: MapLayout,
  fill: string,
  ink: string,
): void {
  const top = Math.min(area.height - FLAG_HEIGHT, Math.max(0, Math.round(y) - 9));
  context.fillStyle = fill;
  context.fillRect(axisLeft + 1, top, axisWidth - 1, FLAG_HEIGHT);
  centred(context, text, axisLeft + axisWidth / 2, top + FLAG_HEIGHT / 2 + 0.5, FONTS.sumStrong, ink);
}

export function centred(context: Context, text: string, x: number, y: number, font: string, colour: string): void {
  context.font = font;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillStyle = colour;
  context.fillText(text, x, y);
}

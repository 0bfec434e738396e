import { timeToX, type MapWindow } from '@/lib/chart/map-window';
import type { Bar } from '@/lib/market/bar';
import type { ObservedLayer } from '@/lib/market/observed';
import type { OwnLevel } from '@/lib/market/own-position';
import { cellOfPrice } from '@/lib/model/history';
import type { Surface } from '@/lib/render/canvas';
import type { ProfileSums } from '@/lib/render/profile-sums';

import { drawAxes, drawGrid } from './draw-axes';
import { drawBursts, drawCandles } from './draw-candles';
import { drawKnown, KNOWN_BOTTOM } from './draw-known';
import { drawOwnLevels } from './draw-own-levels';
import { drawProfile, drawProfileTexts } from './draw-profile';
import type { HeatStyle, HeatTiles } from './heat-tiles';
import type { MapColours } from './map-colours';
import type { MapHistory } from './map-history';
import { mapLayout } from './map-layout';
import type { PresentColumn } from './present-column';

/** Everything that a picture of the map depends on. */
export interface MapView {
  readonly window: MapWindow;
  readonly history: Pick<MapHistory, 'endMs'>;
  readonly days: MapHistory['days'];
  /** The live map; null before the first. */
  readonly live: ProfileSums | null;
  /** Null before any column is known. */
  readonly style: HeatStyle | null;
  /** Up to the one that is still open. */
  readonly bars: readonly Bar[];
  readonly ownLevels: readonly OwnLevel[];
  readonly known: ObservedLayer | null;
  readonly priceDigits: number;
  readonly colours: MapColours;
}

/** Draws the whole map; true while columns are still to be painted. */
export function drawMap(surface: Surface, tiles: HeatTiles, present: PresentColumn, view: MapView): boolean {
  const { context, width, height, ratioX, ratioY } = surface;
  const { window, history, days, live, style, colours } = view;
  const layout = mapLayout(width, height);
  const { area } = layout;
  const bitmap = { width: area.width * ratioX, height: area.height * ratioY };
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.fillStyle = colours.ground;
  context.fillRect(0, 0, bitmap.width, bitmap.height);
  let isUnfinished = false;
  if (style !== null) {
    const middleCell = cellOfPrice(style.gauge.markPrice, style.gauge.cellWidth);
    isUnfinished = tiles.draw(context, days, window, bitmap, middleCell, style);
    if (live !== null) {
      const sinceMs = Number.isFinite(history.endMs) ? history.endMs : live.profile.asOfMs;
      const fromX = timeToX(window, bitmap, sinceMs);
      present.draw(context, live.profile, window, bitmap, fromX, middleCell, style);
    }
  }
  context.setTransform(ratioX, 0, 0, ratioY, 0, 0);
  drawGrid(context, window, layout, colours);
  drawBursts(context, days, window, area, colours);
  drawCandles(context, view.bars, window, area, colours);
  // A stored column's price is of its hour: flagged on the axis it would pass for the price of now.
  const markPrice = live?.profile.markPrice ?? NaN;
  drawAxes(context, window, layout, view.priceDigits, markPrice, view.ownLevels, colours);
  drawOwnLevels(context, window, layout, view.ownLevels, view.priceDigits, colours);
  if (live !== null) {
    drawProfile(context, live, window, layout, colours);
    if (view.known !== null) drawKnown(context, view.known, live.profile.markPrice, window, layout, colours);
    drawProfileTexts(context, live, window, layout, colours, view.known === null ? undefined : KNOWN_BOTTOM);
  }
  return isUnfinished;
}

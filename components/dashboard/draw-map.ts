import { timeToX, type MapWindow } from '@/lib/chart/map-window';
import type { ObservedLayer } from '@/lib/market/observed';
import type { OwnLevel } from '@/lib/market/own-position';
import type { Profile } from '@/lib/market/profile';
import { type CellRows, cellOfPrice } from '@/lib/model/history';
import type { Surface } from '@/lib/render/canvas';
import { fillHeatColumn } from '@/lib/render/heat-pixels';
import type { ProfileSums } from '@/lib/render/profile-sums';

import { drawAxes, drawGrid } from './draw-axes';
import { drawBursts, drawCandles } from './draw-candles';
import { drawKnown, KNOWN_BOTTOM } from './draw-known';
import { drawOwnLevels } from './draw-own-levels';
import { drawProfile, drawProfileTexts } from './draw-profile';
import { cellsPerRowFor, type HeatStyle, type HeatTiles } from './heat-tiles';
import type { MapColours } from './map-colours';
import { addProfile } from './map-columns';
import type { MapHistory } from './map-history';
import { type MapLayout, mapLayout } from './map-layout';

/** Right of the last bar the map of now lies at half strength: nothing has happened there yet. */
const PRESENT_ALPHA = 0.5;

/** Everything that a picture of the map depends on. */
export interface MapView {
  readonly window: MapWindow;
  readonly history: Pick<MapHistory, 'days' | 'bars' | 'endMs'>;
  /** The live map; null before the first. */
  readonly live: ProfileSums | null;
  /** Null before any column is known. */
  readonly style: HeatStyle | null;
  readonly ownLevels: readonly OwnLevel[];
  readonly known: ObservedLayer | null;
  readonly priceDigits: number;
  readonly colours: MapColours;
}

/** Draws the whole map; true while columns are still to be painted. */
export function drawMap(surface: Surface, tiles: HeatTiles, view: MapView): boolean {
  const { context, width, height, ratioX, ratioY } = surface;
  const { window, history, live, style, colours } = view;
  const layout = mapLayout(width, height);
  const { area } = layout;
  const bitmap = { width: area.width * ratioX, height: area.height * ratioY };
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.fillStyle = colours.ground;
  context.fillRect(0, 0, bitmap.width, bitmap.height);
  let isUnfinished = false;
  if (style !== null) {
    const middleCell = cellOfPrice(style.gauge.markPrice, style.gauge.cellWidth);
    isUnfinished = tiles.draw(context, history.days, window, bitmap, middleCell, style);
  }
  context.setTransform(ratioX, 0, 0, ratioY, 0, 0);
  if (style !== null && live !== null) drawPresent(surface, layout, view, style, live.profile);
  drawGrid(context, window, layout, colours);
  drawBursts(context, history.days, window, area, colours);
  drawCandles(context, history.bars, window, area, colours);
  const markPrice = live?.profile.markPrice ?? style?.gauge.markPrice ?? NaN;
  drawAxes(context, window, layout, view.priceDigits, markPrice, colours);
  drawOwnLevels(context, window, layout, view.ownLevels, view.priceDigits, colours);
  if (live !== null && layout.profileWidth > 0) {
    drawProfile(context, live, window, layout, colours);
    if (view.known !== null) drawKnown(context, view.known, live.profile.markPrice, window, layout, colours);
    drawProfileTexts(context, live, window, layout, colours, view.known === null ? undefined : KNOWN_BOTTOM);
  }
  return isUnfinished;
}

function drawPresent(
  { context, ratioY }: Surface,
  { area }: MapLayout,
  { window, history: { endMs } }: MapView,
  style: HeatStyle,
  profile: Profile,
): void {
  const from = Math.round(timeToX(window, area, Number.isFinite(endMs) ? endMs : profile.asOfMs));
  if (from >= area.width) return;
  const cellWidth = style.gauge.cellWidth;
  const cellsPerRow = cellsPerRowFor(window, area.height * ratioY, cellWidth);
  const firstCell = Math.floor(window.lowLn / cellWidth / cellsPerRow) * cellsPerRow;
  const grid: CellRows = { firstCell, cellsPerRow };
  const count = Math.ceil((window.highLn / cellWidth - firstCell) / cellsPerRow);
  const long = new Float32Array(count);
  const short = new Float32Array(count);
  addProfile(profile, 'long', grid, long);
  addProfile(profile, 'short', grid, short);
  const image = new ImageData(1, count);
  const pixels = new Uint32Array(image.data.buffer);
  fillHeatColumn(long, short, style.scale(cellsPerRow), style.tables, pixels, 0, 1);
  const column = new OffscreenCanvas(1, count);
  column.getContext('2d')?.putImageData(image, 0, 0);
  const perLn = area.height / (window.highLn - window.lowLn);
  const top = (window.highLn - (firstCell + count * cellsPerRow) * cellWidth) * perLn;
  context.imageSmoothingEnabled = false;
  context.globalAlpha = PRESENT_ALPHA;
  context.drawImage(
    column,
    Math.max(0, from),
    top,
    area.width - Math.max(0, from),
    count * cellsPerRow * cellWidth * perLn,
  );
  context.globalAlpha = 1;
}

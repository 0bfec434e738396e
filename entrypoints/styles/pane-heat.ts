import type { BarTimes } from '@/lib/chart/bar-times';
import { BINS_PER_CELL } from '@/lib/model/history';
import type { PaneView } from '@/lib/render/band-styles';
import type { Context } from '@/lib/render/draw-text';
import { fillHeatColumn } from '@/lib/render/heat-pixels';
import { heatScaleFromSums } from '@/lib/render/heat-scale';
import { paneGridFor, paneSlices, type PaneSlice } from '@/lib/render/pane-grid';
import { createPicture } from '@/lib/render/pixel-picture';
import type { ProfileSums } from '@/lib/render/profile-sums';

import { createPaneStore } from './pane-store';
import { BARS_PER_TILE, createPaneTiles, type TileLook } from './pane-tiles';

/** Right of the last bar the map of now lies at half strength: nothing has happened there yet. */
const PRESENT_ALPHA = 0.5;
/** CSS pixels above and below a candle that stay clear. */
const CLEAR_PX = 2;
/** The colours' scale follows the map of now in steps: a level does not change its colour with every tick. */
const DRIFT = 1.25;

/** Of one contract: the heat of every bar but for its candle's corridor, and the map of now to the right. */
export function createPaneHeat() {
  const store = createPaneStore();
  const tiles = createPaneTiles(store);
  let look: (TileLook & Pick<PaneView, 'tables' | 'choices'>) | null = null;
  let present: { readonly sums: ProfileSums; readonly look: TileLook; readonly image: CanvasImageSource } | null = null;

  const lookFor = ({ sums, scale, ratioY, tables, choices }: PaneView): TileLook => {
    const minCells = choices.rowBins / BINS_PER_CELL;
    const grid = paneGridFor(scale, sums.profile.binWidth * BINS_PER_CELL, ratioY, look?.grid ?? null, minCells);
    const { isInverted } = scale;
    const isSame =
      look?.grid === grid && look.isInverted === isInverted && look.tables === tables && look.choices === choices;
    if (look !== null && isSame && present?.sums === sums) return look;
    const heat = heatScaleFromSums(sums, grid.cellsPerRow * BINS_PER_CELL, choices);
    const hasDrifted = look !== null && (isFar(heat.lo, look.heat.lo) || isFar(heat.hi, look.heat.hi));
    if (look === null || !isSame || hasDrifted) look = { grid, isInverted, tables, choices, side: choices.side, heat };
    return look;
  };

  return {
    take: store.take,
    isFilling: store.isFilling,
    /** What history to ask for now; null while none is lacking. */
    lacking: store.lacking,
    /** True while something is still to be painted. */
    draw(context: Context, view: PaneView): boolean {
      const { times, sums, ratioX, ratioY, scale, right, height } = view;
      const current = lookFor(view);
      const slices = paneSlices(current.grid, scale, ratioY);
      const bars = barsInView(times, right);
      const leftOf = (bar: number): number => Math.round(leftEdge(times, bar) * ratioX);
      tiles.begin(times);
      context.save();
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.beginPath();
      context.rect(0, 0, Math.round(right * ratioX), Math.ceil(height * ratioY));
      context.clip();
      context.imageSmoothingEnabled = false;
      for (let index = tileOf(bars.first); index <= tileOf(bars.last); index++) {
        const tile = tiles.tile(index, current);
        const first = index * BARS_PER_TILE;
        if (tile === null) continue;
        // One of another grid still lies where its own rows are.
        const own = tile.look === current ? slices : paneSlices(tile.look.grid, scale, ratioY);
        const box = { left: leftOf(first), right: leftOf(first + BARS_PER_TILE) };
        drawSlices(context, tile.image, BARS_PER_TILE, tile.look, own, box);
      }
      let left = leftOf(bars.first);
      for (let bar = bars.first; bar <= bars.last; bar++) {
        const openMs = bar * times.barMs + (times.lastTimeMs % times.barMs);
        const next = leftOf(bar + 1);
        clearCorridor(context, view, left, next, store.rangeOf(openMs));
        left = next;
      }
      const from = leftOf(bars.newest + 1);
      if (from < right * ratioX) {
        // Nothing of a tile may show where no bar is.
        context.clearRect(from, 0, right * ratioX - from, height * ratioY);
        context.globalAlpha = PRESENT_ALPHA;
        if (present?.sums !== sums || present.look !== current)
          present = { sums, look: current, image: paintPresent(sums, current) };
        drawSlices(context, present.image, 1, current, slices, {
          left: from,
          right: right * ratioX,
        });
      }
      context.restore();
      return tiles.isUnfinished;
    },
  };
}

const isFar = (a: number, b: number): boolean => Math.max(a / b, b / a) > DRIFT;
const tileOf = (bar: number): number => Math.floor(bar / BARS_PER_TILE);

/** Bars by number: their opening time over the time of a bar. */
function barsInView({ lastX, lastTimeMs, spacing, barMs }: BarTimes, right: number) {
  const newest = Math.floor(lastTimeMs / barMs);
  const first = newest - Math.floor(lastX / spacing + 0.5);
  const last = Math.min(newest, newest + Math.ceil((right - lastX) / spacing));
  return { first, last, newest };
}

const leftEdge = ({ lastX, lastTimeMs, spacing, barMs }: BarTimes, bar: number): number =>
  lastX + (bar - Math.floor(lastTimeMs / barMs) - 0.5) * spacing;

/** Draws a picture's rows slice by slice, each where the axis has it. */
function drawSlices(
  context: Context,
  image: CanvasImageSource,
  width: number,
  { grid, isInverted }: TileLook,
  slices: readonly PaneSlice[],
  { left, right }: { readonly left: number; readonly right: number },
): void {
  for (const { fromRow, toRow, top, bottom } of slices) {
    const source = isInverted ? fromRow : grid.rowCount - toRow;
    if (bottom > top)
      context.drawImage(image, 0, source, width, toRow - fromRow, left, top, right - left, bottom - top);
  }
}

/** Takes the heat away from where a candle is; where that is not known, from the whole column. */
function clearCorridor(
  context: Context,
  { scale, ratioY, height }: PaneView,
  left: number,
  right: number,
  range: readonly [number, number] | null,
): void {
  if (range === null) return context.clearRect(left, 0, right - left, Math.ceil(height * ratioY));
  const a = scale.priceToY(range[0]);
  const b = scale.priceToY(range[1]);
  const top = Math.floor((Math.min(a, b) - CLEAR_PX) * ratioY);
  const bottom = Math.ceil((Math.max(a, b) + CLEAR_PX) * ratioY);
  context.clearRect(left, top, right - left, bottom - top);
}

function paintPresent(sums: ProfileSums, { grid, isInverted, tables, heat }: TileLook): CanvasImageSource {
  const { firstCell, cellsPerRow, rowCount } = grid;
  const { firstBin } = sums.profile;
  const last = sums.long.length - 1;
  const binAt = (row: number): number =>
    Math.max(0, Math.min(last, (firstCell + row * cellsPerRow) * BINS_PER_CELL - firstBin));
  const [long, short] = [sums.long, sums.short].map((running) =>
    Float32Array.from({ length: rowCount }, (_, row) => running[binAt(row + 1)] - running[binAt(row)]),
  );
  if (isInverted) for (const rows of [long, short]) rows.reverse();
  const picture = createPicture(1, rowCount);
  fillHeatColumn(long, short, heat, tables, picture.pixels, 0, 1);
  return picture.put();
}

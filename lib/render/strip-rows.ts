import type { PriceScale } from '@/lib/chart/price-scale';
import type { MediaPx } from '@/lib/core/units';

import { createBandCells, fillBandCells, type BandCells } from './band-cells';
import type { PixelPicture } from './band-view';
import { fillHeatRows } from './heat-rows';
import type { HeatScale } from './heat-scale';
import type { HeatTables } from './palette';
import type { ProfileSums } from './profile-sums';

/** A shift this near to whole device pixels is one. */
const EXACT_PX = 0.01;

export interface StripInput {
  readonly sums: ProfileSums;
  readonly scale: PriceScale;
  readonly ratioY: number;
  readonly tables: HeatTables;
  readonly picture: PixelPicture;
}

/**
 * Paints a strip's rows. While a chart is dragged its prices keep their distances: then rows are painted beyond the pane
 * once, and the picture moves along by whole device pixels.
 */
export function createStripRows() {
  const wide = createBandCells();
  let last: (StripInput & { readonly heat: HeatScale; readonly reach: number }) | null = null;

  /** `cells` are those in view. */
  return (input: StripInput, cells: BandCells, heat: HeatScale): void => {
    const { sums, scale, ratioY, tables, picture } = input;
    const { rows, margin, pixels } = picture;
    const shift = last && shiftBetween(last.scale, scale, ratioY);
    const isSame = last?.heat === heat && last.tables === tables && last.picture === picture;
    picture.top = margin - (shift ?? 0);
    if (last !== null && isSame && shift !== null && Math.abs(shift) <= last.reach) return;
    const reach = shift ? margin : 0;
    if (reach > 0) fillBandCells(sums, scale, rows + 2 * reach, ratioY, 0, wide, cells.binsPerCell, reach);
    fillHeatRows(reach > 0 ? wide : cells, heat, tables, pixels.subarray(margin - reach, margin + rows + reach));
    picture.top = margin;
    picture.put();
    last = { ...input, heat, reach };
  };
}

/** By how many whole device pixels every price lies lower on another scale; null where that is not so of all. */
function shiftBetween(from: PriceScale, to: PriceScale, ratioY: number): number | null {
  const shiftOf = (price: number): number => (to.priceToY(price) - from.priceToY(price)) * ratioY;
  const shift = Math.round(shiftOf(to.topPrice));
  const middle = to.yToPrice((to.height / 2) as MediaPx);
  return [to.topPrice, middle, to.bottomPrice].every((price) => Math.abs(shiftOf(price) - shift) < EXACT_PX)
    ? shift
    : null;
}

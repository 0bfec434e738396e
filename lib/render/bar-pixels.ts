import type { PositionSide } from '@/lib/market/liquidation';
import { priceBin } from '@/lib/market/profile';

import type { BandCells } from './band-cells';
import type { PixelPicture } from './band-view';
import type { HeatTable, HeatTables } from './palette';
import type { ProfileSums } from './profile-sums';
import type { Theme } from './theme';

/** Where on the ramp of its side a group of leverage is, lowest leverage first. */
const GROUP_STEPS: Readonly<Record<Theme, readonly number[]>> = {
  dark: [0.36, 0.56, 0.78, 1],
  light: [0.28, 0.46, 0.68, 0.92],
};

/** Below this height in CSS pixels, neighbouring bins are drawn as one bar. */
export const MIN_BAR_PX = 3;
/** CSS pixels that the longest bar leaves free. */
const FREE_PX = 4;

const SIDES = ['long', 'short'] as const;

/** A colour per group of leverage. */
export type GroupColours = Readonly<Record<PositionSide, HeatTable>>;

/** From the opaque tables of a palette that tells sides apart. */
export const groupColours = (tables: HeatTables, theme: Theme): GroupColours => {
  const pick = (table: HeatTable): HeatTable =>
    Uint32Array.from(GROUP_STEPS[theme], (t) => table[Math.round(t * (table.length - 1))]);
  return { long: pick(tables.long), short: pick(tables.short) };
};

/** USD of the longest bar: one scale for all, or they could not be compared. */
export function longestBar({ count, long, short }: BandCells): number {
  let longest = 0;
  for (let i = 0; i < count; i++) longest = Math.max(longest, long[i] + short[i]);
  return longest;
}

/**
 * Draws a bar per cell from the picture's right edge: its groups of leverage stacked, the lowest at the edge, longs in
 * their colours and shorts in theirs. Ends are rounded, never lengths, so a bar is as long as its sum. A row stays free
 * between bars that can spare it.
 */
export function fillBarPixels(
  cells: BandCells,
  { profile, groups }: ProfileSums,
  colours: GroupColours,
  ratioX: number,
  picture: PixelPicture,
): void {
  const { width, pixels } = picture;
  // The bin that parts them, may lie outside: longs are below it, shorts from it on.
  const markBin = priceBin(profile, profile.markPrice);
  pixels.fill(0);
  const { count, edge, bin } = cells;
  const perUsd = (width - Math.round(FREE_PX * ratioX)) / longestBar(cells);
  if (!(perUsd < Infinity)) return;
  for (let i = 0; i < count; i++) {
    const [top, bottom] = edge[i] < edge[i + 1] ? [edge[i], edge[i + 1]] : [edge[i + 1], edge[i]];
    const start = top * width;
    const middle = Math.max(bin[i], Math.min(bin[i + 1], markBin));
    let usd = 0;
    let right = width;
    for (const side of SIDES) {
      const [a, b] = side === 'long' ? [bin[i], middle] : [middle, bin[i + 1]];
      for (let g = 0; g < groups.length; g++) {
        usd += groups[g][b] - groups[g][a];
        const left = width - Math.round(usd * perUsd);
        pixels.fill(colours[side][g], start + left, start + right);
        right = left;
      }
    }
    const end = bottom - top > 2 ? bottom - 1 : bottom;
    for (let row = top + 1; row < end; row++) pixels.copyWithin(row * width, start, start + width);
  }
}

import type { PriceScale } from '@/lib/chart/price-scale';
import type { MediaPx } from '@/lib/core/units';

import type { ProfileSums } from './profile-sums';

/**
 * The visible part of a profile as cells of whole bins, from low to high price, edges on device pixels.
 * Buffers are reused from frame to frame; only the first `count` cells hold.
 */
export interface BandCells {
  count: number;
  /** Bins per cell. */
  binsPerCell: number;
  /** Index of the first cell's first bin in the profile, and one past the last cell's last bin. */
  startBin: number;
  endBin: number;
  /** Edge i is the lower-price edge of cell i, edge `count` the upper-price edge of the last; device pixels from the top. */
  edge: Int32Array;
  /** USD of the cell. */
  long: Float64Array;
  short: Float64Array;
  /** First bin of each cell, and behind them that of none. */
  bin: Int32Array;
}

const buffersFor = (cellCount: number) => ({
  edge: new Int32Array(cellCount + 1),
  long: new Float64Array(cellCount),
  short: new Float64Array(cellCount),
  bin: new Int32Array(cellCount + 1),
});

export const createBandCells = (): BandCells => ({
  count: 0,
  binsPerCell: 1,
  startBin: 0,
  endBin: 0,
  ...buffersFor(0),
});

/**
 * Fills `out` with the cells that a scale shows on a bitmap of that height. A cell is the USD sum of k consecutive bins,
 * k the smallest from `minBins` on that makes cells `minCellPx` device pixels tall on average, aligned to multiples of k so that panning moves cells and
 * never re-cuts them. Where a stretched scale still makes one thinner than a pixel, it joins its neighbour: no bin is
 * ever skipped. `beyond` so many rows of the bitmap lie at either end beyond the scale's own.
 */
export function fillBandCells(
  sums: ProfileSums,
  scale: PriceScale,
  bitmapHeight: number,
  pixelRatio: number,
  minCellPx: number,
  out: BandCells,
  minBins = 1,
  beyond = 0,
): void {
  const { profile, long, short } = sums;
  const { binWidth, firstBin } = profile;
  const binCount = profile.long.length;
  if (out.long.length < bitmapHeight) Object.assign(out, buffersFor(bitmapHeight));
  out.count = 0;
  out.startBin = out.endBin = 0;

  // Prices of a linear axis may reach below zero, where no bin lies.
  const lowest = Math.exp(firstBin * binWidth);
  const beyondPx = beyond / pixelRatio;
  const top = scale.yToPrice(-beyondPx as MediaPx);
  const bottom = scale.yToPrice((scale.height - 1 + beyondPx) as MediaPx);
  const low = Math.max(lowest, Math.min(top, bottom));
  const high = Math.max(top, bottom);
  if (!(high > low) || binCount === 0) return;
  const bitmapPx = Math.abs(scale.priceToY(high) - scale.priceToY(low)) * pixelRatio;
  const bins = Math.log(high / low) / binWidth;
  const k = Math.max(minBins, Math.ceil((minCellPx * bins) / Math.max(bitmapPx, 1)));
  out.binsPerCell = k;

  const profileEnd = firstBin + binCount;
  const from = Math.max(Math.floor(firstBin / k), Math.floor(Math.log(low) / binWidth / k) - 1);
  const to = Math.min(Math.ceil(profileEnd / k), Math.ceil(Math.log(high) / binWidth / k) + 1);
  let count = 0;
  let open = -1;
  const edgeOf = (bin: number): number => beyond + Math.round(scale.priceToY(Math.exp(bin * binWidth)) * pixelRatio);
  let previous = edgeOf(from * k);
  for (let cell = from; cell < to; cell++) {
    const next = edgeOf((cell + 1) * k);
    const isOutside = (previous <= 0 && next <= 0) || (previous >= bitmapHeight && next >= bitmapHeight);
    if (!isOutside) {
      const start = Math.max(0, cell * k - firstBin);
      const end = Math.min(binCount, (cell + 1) * k - firstBin);
      if (open < 0) open = out.startBin = start;
      const edge = clamp(next, bitmapHeight);
      if (count === 0) out.edge[0] = clamp(previous, bitmapHeight);
      if (edge !== out.edge[count]) {
        out.long[count] = long[end] - long[open];
        out.short[count] = short[end] - short[open];
        out.bin[count] = open;
        out.edge[++count] = edge;
        open = end;
      }
      out.endBin = end;
    }
    previous = next;
  }
  if (count > 0 && open < out.endBin) {
    out.long[count - 1] += long[out.endBin] - long[open];
    out.short[count - 1] += short[out.endBin] - short[open];
  }
  out.bin[count] = out.endBin;
  out.count = count;
}

const clamp = (y: number, bitmapHeight: number): number => Math.max(0, Math.min(bitmapHeight, y));

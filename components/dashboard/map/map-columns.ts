import type { PositionSide } from '@/lib/market/liquidation';
import type { Profile, UsdBins } from '@/lib/market/profile';
import { BINS_PER_CELL, type CellRows } from '@/lib/model/history';

/** Adds one side of a live profile to rows of cells. */
export function addProfile(profile: Profile, side: PositionSide, rows: CellRows, sums: Float32Array): void {
  addBins(profile[side], profile.firstBin, rows, sums);
}

/** Adds bins from the first up to `end`, of which the first is `firstBin`, to rows of cells. */
export function addBins(
  usd: UsdBins,
  firstBin: number,
  { firstCell, cellsPerRow }: CellRows,
  rows: Float32Array,
  start = 0,
  end = usd.length,
): void {
  const offset = firstBin - firstCell * BINS_PER_CELL;
  const binsPerRow = cellsPerRow * BINS_PER_CELL;
  const to = Math.min(end, rows.length * binsPerRow - offset);
  for (let i = Math.max(start, -offset); i < to; i++) rows[Math.floor((offset + i) / binsPerRow)] += usd[i];
}

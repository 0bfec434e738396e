import type { PositionSide } from '@/lib/market/liquidation';
import type { Profile } from '@/lib/market/profile';
import { BINS_PER_CELL, type CellRows } from '@/lib/model/history';

/** Adds one side of a live profile to rows of cells. */
export function addProfile(
  profile: Profile,
  side: PositionSide,
  { firstCell, cellsPerRow }: CellRows,
  rows: Float32Array,
): void {
  const usd = profile[side];
  const offset = profile.firstBin - firstCell * BINS_PER_CELL;
  const binsPerRow = cellsPerRow * BINS_PER_CELL;
  const to = Math.min(usd.length, rows.length * binsPerRow - offset);
  for (let i = Math.max(0, -offset); i < to; i++) rows[Math.floor((offset + i) / binsPerRow)] += usd[i];
}

import type { Profile } from '@/lib/market/profile';

import { addColumn, type CellRows, cellOfPrice, columnFromCells, type HistoryColumn } from './history';

/**
 * The columns of several contracts at one moment, added up in `rows` on the first one's mark: a level 2 % below the mark
 * of one meets those 2 % below the mark of another. False where the first is missing: its prices are those shown.
 */
export function addSlot(
  slot: readonly (HistoryColumn | null)[],
  grid: CellRows,
  long: Float32Array,
  short: Float32Array,
): boolean {
  const shown = slot[0];
  if (!shown) return false;
  const shownCell = cellOfPrice(shown.markPrice, shown.cellWidth);
  for (const column of slot) {
    if (column === null || column.cellWidth !== shown.cellWidth) continue;
    const shift = shownCell - cellOfPrice(column.markPrice, column.cellWidth);
    addColumn(column, 'long', shift, grid, long);
    addColumn(column, 'short', shift, grid, short);
  }
  return true;
}

/** The USD of a moment as a profile whose bins are cells; null where the shown contract has no column. */
export function profileOfSlot(slot: readonly (HistoryColumn | null)[]): Profile<Float32Array> | null {
  const shown = slot[0];
  if (!shown) return null;
  const { asOfMs, markPrice, lastPrice, cellWidth, unlocatedShare } = shown;
  const middle = cellOfPrice(markPrice, cellWidth);
  const firstCell = middle - HALF_CELLS;
  const long = new Float32Array(2 * HALF_CELLS);
  const short = new Float32Array(2 * HALF_CELLS);
  addSlot(slot, { firstCell, cellsPerRow: 1 }, long, short);
  const openInterestUsd = slot.reduce((sum, column) => sum + (column?.openInterestUsd ?? 0), 0);
  return {
    asOfMs,
    markPrice,
    lastPrice,
    openInterestUsd,
    unlocatedShare,
    binWidth: cellWidth,
    firstBin: firstCell,
    long,
    short,
  };
}

/** As far as a fold's map reaches, in cells to each side: a factor of 4. */
const HALF_CELLS = 2_800;

/** A slot as one column in the prices of its first contract; null where that is missing. */
export function columnOfSlot(slot: readonly (HistoryColumn | null)[]): HistoryColumn | null {
  const [shown = null, ...others] = slot;
  if (others.every((column) => column === null)) return shown;
  const sum = profileOfSlot(slot);
  return sum === null ? null : columnFromCells(sum);
}

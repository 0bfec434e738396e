import { MINUTE_MS } from '@/lib/core/time';
import type { PositionSide } from '@/lib/market/liquidation';
import type { Profile, UsdBins } from '@/lib/market/profile';

import { isLeverageSplit, type LeverageSplit, mixOfCell, splitFromProfile, type WantedShares } from './leverage-split';

/**
 * A profile as it was, small: one byte per cell of `BINS_PER_CELL` bins on a log scale of USD. 0 is nothing drawn, 1 to
 * 255 run from `lowUsd` to `highUsd`. Each side keeps only the cells from its first to its last that hold anything, about
 * 2 kB in all, a quarter of that more for what is of which leverage. Never changed once made.
 */
export interface HistoryColumn {
  readonly asOfMs: number;
  readonly markPrice: number;
  readonly lastPrice: number;
  readonly openInterestUsd: number;
  readonly unlocatedShare: number;
  /** Of a cell, in ln(price); cell i covers [exp(i w), exp((i + 1) w)). */
  readonly cellWidth: number;
  readonly lowUsd: number;
  readonly highUsd: number;
  readonly long: SideCells;
  readonly short: SideCells;
  /** By groups of leverage; columns of older versions have none. */
  readonly split?: LeverageSplit | undefined;
}

/** The part of a column that holds its dollars. */
export type ColumnCells = Pick<HistoryColumn, 'cellWidth' | 'lowUsd' | 'long' | 'short'>;

export interface SideCells {
  readonly firstCell: number;
  readonly bytes: Uint8Array;
}

/** As-of columns are kept for every third bar: finer than any chart of 30 days can show. */
export const COLUMN_MS = 15 * MINUTE_MS;
/** Finer than any screen shows a month. */
export const BINS_PER_CELL = 2;
/** Cells below this share of the largest are dropped. */
const DYNAMIC_RANGE = 1e-4;
const STEPS = 254;
const PER_STEP = STEPS / -Math.log(DYNAMIC_RANGE);

/** A byte's USD over the column's least; that of 0 is nothing. */
const RATIOS = Float64Array.from({ length: STEPS + 2 }, (_, byte) =>
  byte === 0 ? 0 : Math.exp((byte - 1) / PER_STEP),
);

/** Largest relative error of a cell that is kept: half a step of the log scale. */
export const QUANTISATION_ERROR = Math.exp(0.5 / PER_STEP) - 1;

/**
 * Merges `BINS_PER_CELL` bins to a cell and quantises: each cell kept is within `QUANTISATION_ERROR`, those below 0.01
 * % of the largest are dropped.
 */
export function columnFromProfile(profile: Profile): HistoryColumn {
  const { firstBin } = profile;
  const firstCell = Math.floor(firstBin / BINS_PER_CELL);
  const column = columnFromCells({
    ...profile,
    binWidth: profile.binWidth * BINS_PER_CELL,
    firstBin: firstCell,
    long: mergeBins(profile.long, firstBin, firstCell),
    short: mergeBins(profile.short, firstBin, firstCell),
  });
  const split = splitFromProfile(profile);
  return split === null ? column : { ...column, split };
}

/** The same, from a profile whose bins are cells already. */
export function columnFromCells(profile: Profile): HistoryColumn {
  const { asOfMs, markPrice, lastPrice, openInterestUsd, unlocatedShare, binWidth, firstBin, long, short } = profile;
  const highUsd = Math.max(largestOf(long), largestOf(short));
  const lowUsd = highUsd * DYNAMIC_RANGE;
  return {
    asOfMs,
    markPrice,
    lastPrice,
    openInterestUsd,
    unlocatedShare,
    cellWidth: binWidth,
    lowUsd,
    highUsd,
    long: quantise(long, firstBin, lowUsd),
    short: quantise(short, firstBin, lowUsd),
  };
}

/** The inverse, a profile whose bins are the column's cells: each within `QUANTISATION_ERROR`, those below `lowUsd` zero. */
export function profileFromColumn(column: HistoryColumn): Profile<Float32Array> {
  const { asOfMs, markPrice, lastPrice, openInterestUsd, unlocatedShare, cellWidth, lowUsd } = column;
  const sides = [column.long, column.short].filter(({ bytes }) => bytes.length > 0);
  const firstBin = Math.min(...sides.map(({ firstCell }) => firstCell));
  const endBin = Math.max(...sides.map(({ firstCell, bytes }) => firstCell + bytes.length));
  const length = sides.length === 0 ? 0 : endBin - firstBin;
  return {
    asOfMs,
    markPrice,
    lastPrice,
    openInterestUsd,
    unlocatedShare,
    binWidth: cellWidth,
    firstBin: sides.length === 0 ? 0 : firstBin,
    long: restore(column.long, firstBin, length, lowUsd),
    short: restore(column.short, firstBin, length, lowUsd),
  };
}

/** How cells map to the rows of a picture: row i covers the cells from `firstCell + i * cellsPerRow` on. */
export interface CellRows {
  readonly firstCell: number;
  readonly cellsPerRow: number;
}

/**
 * Adds the USD of one side of a column to `rows`, every cell moved by `shift` cells; cells beyond the rows are left out.
 * No cell within them is ever skipped, however many share a row.
 */
export function addColumn(
  column: ColumnCells,
  side: PositionSide,
  shift: number,
  { firstCell, cellsPerRow }: CellRows,
  rows: Float32Array,
): void {
  const { lowUsd } = column;
  const { bytes } = column[side];
  const offset = column[side].firstCell + shift - firstCell;
  const from = Math.max(0, -offset);
  const to = Math.min(bytes.length, rows.length * cellsPerRow - offset);
  let row = Math.floor((offset + from) / cellsPerRow);
  for (let i = from; i < to; row++) {
    const end = Math.min(to, (row + 1) * cellsPerRow - offset);
    let sum = 0;
    for (; i < end; i++) sum += RATIOS[bytes[i]];
    rows[row] += lowUsd * sum;
  }
}

/** By mix, the steps of the log scale by which a byte's wanted part lies below it. */
export type WantedSteps = Int16Array;

/** Made once for all columns of a map. */
export const wantedSteps = (shares: WantedShares): WantedSteps =>
  Int16Array.from({ length: 256 }, (_, mix) => Math.max(-256, Math.round(PER_STEP * Math.log(shares[mix] ?? 0))));

/** The column with its wanted groups of leverage alone; null where it is not split by them. */
export function wantedColumn(column: HistoryColumn, steps: WantedSteps): HistoryColumn | null {
  const { split } = column;
  if (split === undefined) return null;
  const cellsOf = (side: PositionSide): SideCells => {
    const { firstCell, bytes } = column[side];
    const wanted = new Uint8Array(bytes.length);
    for (let i = 0; i < bytes.length; i++) {
      // What falls below the column's least is nothing, as when it was made.
      wanted[i] = Math.max(0, bytes[i] + steps[mixOfCell(split[side], firstCell + i)]);
    }
    return { firstCell, bytes: wanted };
  };
  return { ...column, long: cellsOf('long'), short: cellsOf('short') };
}

/** The cell of a column's grid that holds a price. */
export const cellOfPrice = (price: number, cellWidth: number): number => Math.floor(Math.log(price) / cellWidth);

/** A stored column as it was made; null for anything else. */
export function columnFromStored(stored: object): HistoryColumn | null {
  const column = stored as Partial<Record<keyof HistoryColumn, unknown>>;
  const isSound =
    [column.asOfMs, column.markPrice, column.cellWidth, column.lowUsd].every(Number.isFinite) &&
    areCells(column.long) &&
    areCells(column.short);
  if (!isSound) return null;
  const { split, ...cells } = stored as HistoryColumn;
  return split === undefined || isLeverageSplit(split) ? (stored as HistoryColumn) : cells;
}

const areCells = (value: unknown): value is SideCells => {
  const { firstCell, bytes } = (value ?? {}) as Partial<Record<keyof SideCells, unknown>>;
  return Number.isSafeInteger(firstCell) && bytes instanceof Uint8Array;
};

/** USD per cell, from the cell that holds the first bin on. */
function mergeBins(usd: UsdBins, firstBin: number, firstCell: number): Float64Array {
  const offset = firstBin - firstCell * BINS_PER_CELL;
  const cells = new Float64Array(Math.ceil((offset + usd.length) / BINS_PER_CELL));
  for (let i = 0; i < usd.length; i++) cells[Math.floor((offset + i) / BINS_PER_CELL)] += usd[i];
  return cells;
}

function largestOf(usd: UsdBins): number {
  let largest = 0;
  for (let i = 0; i < usd.length; i++) if (usd[i] > largest) largest = usd[i];
  return largest;
}

function quantise(usd: UsdBins, firstCell: number, lowUsd: number): SideCells {
  let start = 0;
  let end = usd.length;
  const isDrawn = (i: number): boolean => usd[i] > 0 && usd[i] >= lowUsd;
  while (start < end && !isDrawn(start)) start++;
  while (end > start && !isDrawn(end - 1)) end--;
  const bytes = new Uint8Array(end - start);
  for (let i = start; i < end; i++) {
    if (isDrawn(i)) bytes[i - start] = 1 + Math.round(Math.log(usd[i] / lowUsd) * PER_STEP);
  }
  return { firstCell: firstCell + start, bytes };
}

function restore({ firstCell, bytes }: SideCells, firstBin: number, length: number, lowUsd: number): Float32Array {
  const usd = new Float32Array(length);
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i] > 0) usd[firstCell - firstBin + i] = lowUsd * RATIOS[bytes[i]];
  }
  return usd;
}

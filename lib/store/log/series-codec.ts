import { DAY_MS, MINUTE_MS } from '@/lib/core/time';
import { BAR_MS, type Bar, type BarMinutes, type OpenInterestPoint } from '@/lib/market/bar';
import type { Liquidation, PositionSide } from '@/lib/market/liquidation';

import { isBar, isBarMinutes, isLiquidation, isOpenInterestPoint } from './row-checks';

/** How the rows of a time series lie in a Float64Array, one after the other, each `width` numbers, of which the first is its time. */
export interface SeriesCodec<T> {
  readonly width: number;
  /** Rows of this much time are stored as one; rows that come one by one wait in the tape until an hour is whole. */
  readonly chunkMs: number;
  /** Whether the venue tells it again: then a chunk whose numbers changed since they were stored is given up as a whole. */
  readonly isRefetchable: boolean;
  timeOf(row: T): number;
  /** By time first; 0 for two that are the same row. */
  compare(a: T, b: T): number;
  isValid(row: T): boolean;
  write(row: T, numbers: Float64Array, at: number): void;
  read(numbers: Float64Array, at: number): T;
}

export const BAR_CODEC: SeriesCodec<Bar> = {
  width: 10,
  chunkMs: DAY_MS,
  isRefetchable: true,
  timeOf: (bar) => bar.openTimeMs,
  compare: (a, b) => a.openTimeMs - b.openTimeMs,
  isValid: isBar,
  write(bar, numbers, at) {
    numbers[at] = bar.openTimeMs;
    numbers[at + 1] = bar.open;
    numbers[at + 2] = bar.high;
    numbers[at + 3] = bar.low;
    numbers[at + 4] = bar.close;
    numbers[at + 5] = bar.volume;
    numbers[at + 6] = bar.takerBuyVolume;
    numbers[at + 7] = bar.markHigh;
    numbers[at + 8] = bar.markLow;
    numbers[at + 9] = bar.markClose;
  },
  read: (numbers, at) => ({
    openTimeMs: numbers[at],
    open: numbers[at + 1],
    high: numbers[at + 2],
    low: numbers[at + 3],
    close: numbers[at + 4],
    volume: numbers[at + 5],
    takerBuyVolume: numbers[at + 6],
    markHigh: numbers[at + 7],
    markLow: numbers[at + 8],
    markClose: numbers[at + 9],
  }),
};

const PATH_WIDTH = (4 * BAR_MS) / MINUTE_MS;

/** A path read back is a view of the stored numbers. */
export const MINUTES_CODEC: SeriesCodec<BarMinutes> = {
  width: 1 + PATH_WIDTH,
  chunkMs: DAY_MS,
  isRefetchable: true,
  timeOf: (minutes) => minutes.openTimeMs,
  compare: (a, b) => a.openTimeMs - b.openTimeMs,
  isValid: isBarMinutes,
  write({ openTimeMs, path }, numbers, at) {
    numbers[at] = openTimeMs;
    numbers.set(path, at + 1);
  },
  read: (numbers, at) => ({ openTimeMs: numbers[at], path: numbers.subarray(at + 1, at + 1 + PATH_WIDTH) }),
};

export const OPEN_INTEREST_CODEC: SeriesCodec<OpenInterestPoint> = {
  width: 2,
  chunkMs: DAY_MS,
  isRefetchable: true,
  timeOf: (point) => point.timeMs,
  compare: (a, b) => a.timeMs - b.timeMs,
  isValid: isOpenInterestPoint,
  write(point, numbers, at) {
    numbers[at] = point.timeMs;
    numbers[at + 1] = point.openInterest;
  },
  read: (numbers, at) => ({ timeMs: numbers[at], openInterest: numbers[at + 1] }),
};

const SIDE_NUMBERS = { long: 1, short: -1 } as const;
/** Twice the side's number says that the row was asked for afterwards; versions that did not tell wrote all as pushed. */
const BACKFILLED = 2;
// Any other number gives undefined, which the row's check refuses.
const SIDES: Readonly<Record<number, PositionSide>> = { 1: 'long', [-1]: 'short', 2: 'long', [-2]: 'short' };

/** Venues give liquidations no id: equal time, side, price and quantity is the same one seen twice. */
export const LIQUIDATION_CODEC: SeriesCodec<Liquidation> = {
  width: 5,
  chunkMs: DAY_MS,
  isRefetchable: false,
  timeOf: (liquidation) => liquidation.timeMs,
  compare: (a, b) =>
    a.timeMs - b.timeMs ||
    SIDE_NUMBERS[a.positionSide] - SIDE_NUMBERS[b.positionSide] ||
    a.bankruptcyPrice - b.bankruptcyPrice ||
    a.qty - b.qty,
  isValid: isLiquidation,
  write(liquidation, numbers, at) {
    numbers[at] = liquidation.timeMs;
    numbers[at + 1] = SIDE_NUMBERS[liquidation.positionSide] * (liquidation.isBackfilled ? BACKFILLED : 1);
    numbers[at + 2] = liquidation.bankruptcyPrice;
    numbers[at + 3] = liquidation.averagePrice;
    numbers[at + 4] = liquidation.qty;
  },
  read: (numbers, at) => ({
    timeMs: numbers[at],
    positionSide: SIDES[numbers[at + 1]],
    bankruptcyPrice: numbers[at + 2],
    averagePrice: numbers[at + 3],
    qty: numbers[at + 4],
    ...(Math.abs(numbers[at + 1]) === BACKFILLED && { isBackfilled: true }),
  }),
};

/** Rows one after the other; `decodeSeries` is the inverse. The caller has checked and sorted them. */
export function encodeSeries<T>(codec: SeriesCodec<T>, rows: readonly T[]): Float64Array {
  const numbers = new Float64Array(rows.length * codec.width);
  rows.forEach((row, i) => codec.write(row, numbers, i * codec.width));
  return numbers;
}

export interface DecodedSeries<T> {
  /** In order, each once. */
  readonly rows: T[];
  /** Rows refused by their check; 1 where the whole thing is of another shape. */
  readonly brokenCount: number;
}

/** Reads what was stored, from [fromMs, toMs) only, dropping every row that cannot be true. */
export function decodeSeries<T>(
  codec: SeriesCodec<T>,
  numbers: unknown,
  fromMs: number,
  toMs: number,
): DecodedSeries<T> {
  if (!(numbers instanceof Float64Array) || numbers.length % codec.width !== 0) return { rows: [], brokenCount: 1 };
  const rows: T[] = [];
  let brokenCount = 0;
  for (let at = 0; at < numbers.length; at += codec.width) {
    const row = codec.read(numbers, at);
    const timeMs = codec.timeOf(row);
    if (timeMs < fromMs || timeMs >= toMs) continue;
    const isInOrder = rows.length === 0 || codec.compare(rows[rows.length - 1], row) < 0;
    if (isInOrder && codec.isValid(row)) rows.push(row);
    else brokenCount++;
  }
  return { rows, brokenCount };
}

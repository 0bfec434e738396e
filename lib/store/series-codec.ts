import type { Bar, OpenInterestPoint } from '@/lib/market/bar';

import { isBar, isOpenInterestPoint } from './row-checks';

/** How the rows of a time series lie in a Float64Array, one after the other, each `width` numbers. */
export interface SeriesCodec<T> {
  readonly width: number;
  timeOf(row: T): number;
  isValid(row: T): boolean;
  write(row: T, numbers: Float64Array, at: number): void;
  read(numbers: Float64Array, at: number): T;
}

export const BAR_CODEC: SeriesCodec<Bar> = {
  width: 10,
  timeOf: (bar) => bar.openTimeMs,
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

export const OPEN_INTEREST_CODEC: SeriesCodec<OpenInterestPoint> = {
  width: 2,
  timeOf: (point) => point.timeMs,
  isValid: isOpenInterestPoint,
  write(point, numbers, at) {
    numbers[at] = point.timeMs;
    numbers[at + 1] = point.openInterest;
  },
  read: (numbers, at) => ({ timeMs: numbers[at], openInterest: numbers[at + 1] }),
};

export function encodeSeries<T>(codec: SeriesCodec<T>, rows: readonly T[]): Float64Array {
  const numbers = new Float64Array(rows.length * codec.width);
  rows.forEach((row, i) => codec.write(row, numbers, i * codec.width));
  return numbers;
}

export interface DecodedSeries<T> {
  /** Oldest first, each time once. */
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
  let newestMs = -Infinity;
  for (let at = 0; at < numbers.length; at += codec.width) {
    const row = codec.read(numbers, at);
    const timeMs = codec.timeOf(row);
    if (timeMs < fromMs || timeMs >= toMs) continue;
    if (timeMs > newestMs && codec.isValid(row)) {
      rows.push(row);
      newestMs = timeMs;
    } else brokenCount++;
  }
  return { rows, brokenCount };
}

import { DAY_MS, floorToStep } from '@/lib/core/time';

import { isRow } from './row-checks';
import { decodeSeries, encodeSeries, type SeriesCodec } from './series-codec';
import type { TableName, Tables } from './tables';

/** What became of rows that were given to an append-only log. */
export interface Appended {
  readonly addedCount: number;
  /** Already stored: the first one stays. */
  readonly duplicateCount: number;
  /** Refused by their check. */
  readonly refusedCount: number;
}

/** Told of stored rows that were dropped because they cannot be true; they may be fetched and appended again. */
export type BrokenListener = (table: TableName, owner: string, count: number) => void;

/** A time series per contract, write-once per time. */
export interface SeriesLog<T> {
  append(contractId: string, rows: readonly T[]): Promise<Appended>;
  /** Rows with a time in [fromMs, toMs), oldest first. */
  read(contractId: string, fromMs: number, toMs: number): Promise<T[]>;
  readTimes(contractId: string, fromMs: number): Promise<number[]>;
}

/**
 * One UTC day of a contract is one stored row of numbers: 30 days of bars are 31 rows instead of 8,640, which
 * Chromium reads 30 times and writes 70 times faster. A day is read, merged and written in one transaction.
 */
export function createSeriesLog<T>(
  tables: Tables,
  table: TableName,
  codec: SeriesCodec<T>,
  onBroken: BrokenListener,
): SeriesLog<T> {
  const decode = (contractId: string, day: unknown, fromMs: number, toMs: number): T[] => {
    const dayMs = isRow(day) ? Number(day.dayMs) : NaN;
    const { rows, brokenCount } = decodeSeries(
      codec,
      isRow(day) ? day.numbers : undefined,
      Math.max(fromMs, dayMs),
      Math.min(toMs, dayMs + DAY_MS),
    );
    if (brokenCount > 0) onBroken(table, contractId, brokenCount);
    return rows;
  };

  const read = async (contractId: string, fromMs: number, toMs: number): Promise<T[]> => {
    const days = await tables.read(table, (rows) => rows.range(contractId, floorToStep(fromMs, DAY_MS), toMs));
    return days.flatMap((day) => decode(contractId, day, fromMs, toMs));
  };

  return {
    read,

    async readTimes(contractId, fromMs) {
      return (await read(contractId, fromMs, Infinity)).map((row) => codec.timeOf(row));
    },

    async append(contractId, rows) {
      const valid = rows.filter((row) => codec.isValid(row));
      const byDay = groupByDay(codec, valid);
      const addedCount = await tables.write(table, async (writer) => {
        let count = 0;
        for (const [dayMs, dayRows] of byDay) {
          const day = await writer.get([contractId, dayMs]);
          const stored = day === undefined ? [] : decode(contractId, day, dayMs, dayMs + DAY_MS);
          const merged = mergeRows(codec, stored, dayRows);
          if (merged.length === stored.length) continue;
          await writer.put({ contractId, dayMs, numbers: encodeSeries(codec, merged) });
          count += merged.length - stored.length;
        }
        return count;
      });
      return {
        addedCount,
        duplicateCount: valid.length - addedCount,
        refusedCount: rows.length - valid.length,
      };
    },
  };
}

function groupByDay<T>(codec: SeriesCodec<T>, rows: readonly T[]): Map<number, T[]> {
  const byDay = new Map<number, T[]>();
  for (const row of rows) {
    const dayMs = floorToStep(codec.timeOf(row), DAY_MS);
    const day = byDay.get(dayMs);
    if (day === undefined) byDay.set(dayMs, [row]);
    else day.push(row);
  }
  return byDay;
}

function mergeRows<T>(codec: SeriesCodec<T>, stored: readonly T[], given: readonly T[]): T[] {
  const byTime = new Map(stored.map((row) => [codec.timeOf(row), row]));
  for (const row of given) {
    const timeMs = codec.timeOf(row);
    if (!byTime.has(timeMs)) byTime.set(timeMs, row);
  }
  return [...byTime.values()].sort((a, b) => codec.timeOf(a) - codec.timeOf(b));
}

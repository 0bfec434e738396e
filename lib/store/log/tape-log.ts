import { HOUR_MS, floorToStep } from '@/lib/core/time';
import type { VenueId } from '@/lib/market/contract';
import type { Liquidation } from '@/lib/market/liquidation';

import { isRow } from './row-checks';
import { LIQUIDATION_CODEC } from './series-codec';
import type { BrokenListener, SeriesLog } from './series-log';
import type { Tables } from './tables';

/** Numbers of one event: which symbol, then the liquidation itself. */
export const TAPE_WIDTH = 1 + LIQUIDATION_CODEC.width;

/** Liquidations of one venue as they came in, of all its contracts. */
export interface TapeBatch {
  readonly venueId: VenueId;
  readonly symbols: readonly string[];
  /** `TAPE_WIDTH` numbers an event, the first being the index of its symbol. */
  readonly numbers: Float64Array;
}

export type TapeVisitor = (symbol: string, liquidation: Liquidation) => void;

/**
 * Every venue's liquidations in the order they came in: one small row per venue and flush, so that a burst costs by its
 * events and not by what is stored already. Hours that are over are joined into one row and handed to their contracts.
 */
export interface TapeLog {
  /** All batches in one transaction. */
  appendTape(batches: readonly TapeBatch[], nowMs: number): Promise<void>;
  /** Hands what came in before the hour of `nowMs` to its contracts; again after a kill half way, each stays one. */
  settleTape(venueId: VenueId, nowMs: number): Promise<void>;
  /** Visits what came in in [fromMs, toMs), whenever it happened; of hours that are over those that began in it. */
  readTape(venueId: VenueId, fromMs: number, toMs: number, visit: TapeVisitor): Promise<void>;
}

interface TapeRow extends Omit<TapeBatch, 'venueId'> {
  readonly atMs: number;
}

const BY_HOUR = ' by hour';
/** Whole hours are kept apart, so that what is not settled yet is found without looking at them. */
const hoursOf = (venueId: string): string => venueId + BY_HOUR;
/** Whether all rows of an owner of the tape were handed to their contracts. */
export const isSettled = (feed: string): boolean => feed.endsWith(BY_HOUR);
/** The venue that an owner of the tape is of. */
export const venueOfFeed = (feed: string): string => (isSettled(feed) ? feed.slice(0, -BY_HOUR.length) : feed);

/** `liquidations`: where settled hours go, by contract. */
export function createTapeLog(
  tables: Tables,
  liquidations: SeriesLog<Liquidation>,
  onBroken: BrokenListener,
): TapeLog & {
  /** Visits what has not been handed to its contract yet. */
  readonly readUnsettled: (venueId: string, visit: TapeVisitor) => Promise<void>;
} {
  const rangeOf = (feed: string, fromMs: number, toMs: number): Promise<unknown[]> =>
    tables.read('tape', (reader) => reader.range(feed, fromMs, toMs));

  const visitRows = (feed: string, rows: readonly unknown[], visit: TapeVisitor): void => {
    const sound = rows.filter(isTapeRow);
    const brokenCount = sound.reduce((count, row) => count + visitRow(row, visit), rows.length - sound.length);
    if (brokenCount > 0) onBroken('tape', feed, brokenCount);
  };

  const visitRange = async (feed: string, fromMs: number, toMs: number, visit: TapeVisitor): Promise<void> =>
    visitRows(feed, await rangeOf(feed, fromMs, toMs), visit);

  /** One transaction, so that a kill leaves either the parts or the whole. An hour that grew meanwhile waits for the next time. */
  const joinHour = (venueId: string, startMs: number, handed: ReadonlySet<unknown>): Promise<void> =>
    tables.write('tape', async (rows) => {
      const parts = await rows.range(venueId, startMs, startMs + HOUR_MS);
      if (!parts.every((row) => handed.has(timeOf(row)))) return;
      const whole = [await rows.get([hoursOf(venueId), startMs]), ...parts].filter(isTapeRow);
      await rows.put({ feed: hoursOf(venueId), atMs: startMs, ...joinRows(whole) });
      await rows.deleteRange(venueId, startMs, startMs + HOUR_MS);
    });

  return {
    appendTape: (batches, nowMs) =>
      tables.write('tape', async (rows) => {
        for (const { venueId, symbols, numbers } of batches) {
          let atMs = nowMs;
          // A clock set back must not write over what is there.
          while (!(await rows.add({ feed: venueId, atMs, symbols, numbers }))) atMs += 1;
        }
      }),

    async settleTape(venueId, nowMs) {
      const untilMs = floorToStep(nowMs, HOUR_MS);
      const bySymbol = new Map<string, Liquidation[]>();
      const rows = await rangeOf(venueId, -Infinity, untilMs);
      visitRows(venueId, rows, (symbol, liquidation) => {
        const events = bySymbol.get(symbol);
        if (events === undefined) bySymbol.set(symbol, [liquidation]);
        else events.push(liquidation);
      });
      for (const [symbol, events] of bySymbol) await liquidations.append(`${venueId}:${symbol}`, events);
      const handed = new Set(rows.map(timeOf));
      const hours = rows.map((row) => floorToStep(isTapeRow(row) ? row.atMs : 0, HOUR_MS));
      for (const startMs of new Set(hours)) await joinHour(venueId, startMs, handed);
    },

    async readTape(venueId, fromMs, toMs, visit) {
      await visitRange(hoursOf(venueId), fromMs, toMs, visit);
      await visitRange(venueId, fromMs, toMs, visit);
    },

    readUnsettled: (venueId, visit) => visitRange(venueId, -Infinity, Infinity, visit),
  };
}

/** Gives the number of events that cannot be true, which are passed over. */
function visitRow({ symbols, numbers }: TapeRow, visit: TapeVisitor): number {
  let brokenCount = 0;
  for (let at = 0; at < numbers.length; at += TAPE_WIDTH) {
    const symbol = symbols[numbers[at]];
    const liquidation = LIQUIDATION_CODEC.read(numbers, at + 1);
    if (typeof symbol === 'string' && LIQUIDATION_CODEC.isValid(liquidation)) visit(symbol, liquidation);
    else brokenCount += 1;
  }
  return brokenCount;
}

function joinRows(rows: readonly TapeRow[]): Omit<TapeBatch, 'venueId'> {
  const indexes = new Map<string, number>();
  const numbers = new Float64Array(rows.reduce((sum, row) => sum + row.numbers.length, 0));
  let offset = 0;
  for (const row of rows) {
    numbers.set(row.numbers, offset);
    for (let at = offset; at < offset + row.numbers.length; at += TAPE_WIDTH) {
      const symbol = row.symbols[numbers[at]] ?? '';
      const index = indexes.get(symbol) ?? indexes.size;
      indexes.set(symbol, index);
      numbers[at] = index;
    }
    offset += row.numbers.length;
  }
  return { symbols: [...indexes.keys()], numbers };
}

const timeOf = (row: unknown): unknown => (isRow(row) ? row.atMs : undefined);

const isTapeRow = (row: unknown): row is TapeRow =>
  isRow(row) &&
  Number.isSafeInteger(row.atMs) &&
  Array.isArray(row.symbols) &&
  row.numbers instanceof Float64Array &&
  row.numbers.length % TAPE_WIDTH === 0;

import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

import { z } from 'zod/mini';

import { DAY_MS, floorToStep } from '@/lib/core/time';
import { BAR_MS, type FoldBar } from '@/lib/market/bar';

import { binsFromRows, type LiquidationBins } from './liquidation-bins';
import { readRecordedRows, type RecordedRow } from './recorded-rows';

export { readRecordedTiers } from './recorded-tiers';

/** Recordings beside the repository, where a machine has them. */
export const RECORDED_DIR = path.resolve(import.meta.dirname, '../../../shared/data');

export interface RecordedSet {
  readonly name: string;
  readonly symbol: string;
  readonly barMs: number;
  /** Open interest, base units, when the first bar opens. */
  readonly initialOpenInterest: number;
  readonly bars: readonly FoldBar[];
  /** Null where the set holds none. */
  readonly liquidations: LiquidationBins | null;
}

const META = z.object({
  contract: z.optional(z.nullable(z.string())),
  barMs: z.optional(z.nullable(z.number().check(z.positive()))),
  openInterestAt: z.optional(z.nullable(z.string())),
  initialOpenInterest: z.optional(z.nullable(z.number())),
  volume: z.optional(z.nullable(z.string())),
  liquidationBarMs: z.optional(z.nullable(z.number())),
  liquidationUnit: z.optional(z.nullable(z.string())),
  liquidationVenues: z.optional(z.nullable(z.array(z.string()))),
  liquidationComplete: z.optional(z.nullable(z.boolean())),
});

/** Binance's own futures volume is of this order of its spot volume; only where a set has nothing but spot. */
const SPOT_TO_PERPETUAL_VOLUME = 10;
/** Where the first bar has no open interest either, a guess until one is observed: half a day of that bar's volume. */
const DAYS_OF_VOLUME = 0.5;

/** Names of the sets of bars in a folder; none where the folder is missing. */
export const recordedSetNames = (dir = RECORDED_DIR): readonly string[] =>
  existsSync(dir) ? readdirSync(dir).filter((name) => existsSync(path.join(dir, name, 'bars.csv.gz'))) : [];

/** Every set of a folder that can be read, and why the others cannot: one broken set is no reason to judge none. */
export function readRecordedSets(dir = RECORDED_DIR) {
  const sets: RecordedSet[] = [];
  const unread: { readonly name: string; readonly why: string }[] = [];
  for (const name of recordedSetNames(dir)) {
    try {
      sets.push(readRecordedSet(name, dir));
    } catch (cause) {
      unread.push({ name, why: cause instanceof Error ? cause.message : String(cause) });
    }
  }
  return { sets, unread };
}

/** Reads a set; rows without prices and repeated rows are left out, whatever else is missing is NaN. */
export function readRecordedSet(name: string, dir = RECORDED_DIR): RecordedSet {
  const { meta, rows } = readRecordedFiles(name, dir);
  return recordedSetFromRows(name, meta, rows);
}

export function readRecordedFiles(name: string, dir = RECORDED_DIR) {
  const file = path.join(dir, name, 'meta.json');
  const meta = META.parse(existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {});
  return { meta, rows: readRecordedRows(path.join(dir, name, 'bars.csv.gz')) };
}

/** Where a set does not say it: the shortest step between two of its rows. */
function shortestStep(rows: readonly RecordedRow[]): number {
  const steps = rows.slice(1).map(({ ts_ms }, i) => ts_ms - rows[i].ts_ms);
  return steps.length === 0 ? BAR_MS : Math.min(...steps);
}

/** Where a set does not say it: the part of its name that looks like a contract. */
const contractIn = (name: string): string => /[A-Z0-9]{2,}USD[TC]?/.exec(name)?.[0] ?? name;

export function recordedSetFromRows(
  name: string,
  meta: z.infer<typeof META>,
  rows: readonly RecordedRow[],
): RecordedSet {
  if (rows.length === 0) throw new Error(`${name}: no bar has prices`);
  const barMs = meta.barMs ?? shortestStep(rows);
  const volumeFactor = meta.volume?.startsWith('spot') ? SPOT_TO_PERPETUAL_VOLUME : 1;
  // A row taken at its bar's open is the end of the bar before; the last bar's end was not observed.
  const isAtOpen = meta.openInterestAt === 'bar open';
  const openInterestAtOpen = new Map(rows.map((row) => [row.ts_ms, row.open_interest]));
  const bars = rows.map((row): FoldBar => {
    const volume = row.volume * volumeFactor;
    const openInterest = isAtOpen ? (openInterestAtOpen.get(row.ts_ms + barMs) ?? NaN) : row.open_interest;
    return {
      openTimeMs: row.ts_ms,
      open: row.open,
      high: Math.max(row.open, row.high, row.close),
      low: Math.min(row.open, row.low, row.close),
      close: row.close,
      volume: volume >= 0 ? volume : NaN,
      takerBuyVolume: row.taker_buy_volume * volumeFactor,
      markHigh: NaN,
      markLow: NaN,
      markClose: NaN,
      openInterest: openInterest > 0 ? openInterest : NaN,
    };
  });
  // Of later rows none may be read: the first bar is predicted, too.
  const [{ open_interest: firstObserved }] = rows;
  const guess = ((DAYS_OF_VOLUME * DAY_MS) / barMs) * (bars[0].volume > 0 ? bars[0].volume : 1);
  const given = isAtOpen ? null : meta.initialOpenInterest;
  return {
    name,
    symbol: meta.contract ?? contractIn(name),
    barMs,
    initialOpenInterest: given ? given : firstObserved > 0 ? firstObserved : guess,
    bars,
    liquidations: meta.liquidationBarMs
      ? binsFromRows(rows, bars, { ...meta, barMs, binMs: meta.liquidationBarMs })
      : null,
  };
}

/** Start of the UTC day, the block that intervals are drawn by. */
export const dayOf = (timeMs: number): number => floorToStep(timeMs, DAY_MS);

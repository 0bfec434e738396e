import type { Overlay } from './overlay';
import { isRecordedSpan } from './row-checks';
import { LIQUIDATION_CODEC } from './series-codec';
import { isGivenUp } from './span-log';
import { TABLE_KEYS, type Row, type TableName, type Tables } from './tables';
import { TAPE_WIDTH, venueOfFeed } from './tape-log';

/** So much is kept in memory while the disk takes none: half a day of a crash, or some months of contracts. */
export const MOST_HELD_BYTES = 64e6;
/** How far it is brought down, so that not every write has to. */
const LOW_SHARE = 0.9;

/** What is asked for or made again, what costs least first. */
const AGAIN: readonly TableName[] = ['holdings', 'checkpoints', 'minutes', 'columns', 'bars', 'openInterest'];
const FOLDED: ReadonlySet<TableName> = new Set(['minutes', 'bars', 'openInterest']);
/** Rows of events that nobody may tell again, and which number of a row is the time of its first. */
const EVENTS = [
  ['tape', TAPE_WIDTH, 1],
  ['liquidations', LIQUIDATION_CODEC.width, 0],
] as const;
const SPAN_TABLES = ['recordedSpans', 'feedSpans'] as const;

export interface BoundOptions {
  readonly overlays: ReadonlyMap<TableName, Overlay>;
  readonly mostBytes: number;
  /** Alone with what a table holds in memory. */
  readonly inTurn: <T>(table: TableName, work: () => Promise<T>) => Promise<T>;
  /** Where spans are cut. */
  readonly tables: Pick<Tables, 'owners' | 'write'>;
  /** Bars that a fold of the contract rests on are gone. */
  readonly onFoldLost: (contractId: string) => void;
}

/**
 * Drops the oldest rows that are held in memory until they are few enough: first what will be asked for or made again, then events,
 * which count as recorded no longer.
 */
export async function dropOldest(options: BoundOptions): Promise<void> {
  const { overlays, mostBytes, inTurn, tables, onFoldLost } = options;
  const isOver = () => heldBytes(overlays) > LOW_SHARE * mostBytes;

  for (const table of AGAIN)
    await inTurn(table, async () => {
      for (
        let row = overlays.get(table)?.oldest();
        row !== undefined && isOver();
        row = overlays.get(table)?.oldest()
      ) {
        if (FOLDED.has(table)) onFoldLost(ownerOf(table, row));
        overlays.get(table)?.discard(row);
      }
    });
  for (const [table, width, timeAt] of EVENTS)
    while (isOver()) {
      const row = overlays.get(table)?.oldest();
      if (row === undefined) break;
      // First what says that nothing is missing.
      await giveUp(tables, venueOf(table, row), timesIn(row, width, timeAt));
      await inTurn(table, async () => overlays.get(table)?.discard(row));
    }
}

export const heldBytes = (overlays: ReadonlyMap<TableName, Overlay>): number =>
  [...overlays.values()].reduce((sum, { bytes }) => sum + bytes, 0);

const ownerOf = (table: TableName, row: Row): string => String(row[TABLE_KEYS[table][0]]);

const venueOf = (table: 'tape' | 'liquidations', row: Row): string =>
  table === 'tape' ? venueOfFeed(ownerOf(table, row)) : ownerOf(table, row).split(':')[0];

function timesIn({ numbers }: Row, width: number, timeAt: number): { fromMs: number; toMs: number } {
  const span = { fromMs: Infinity, toMs: -Infinity };
  if (!(numbers instanceof Float64Array)) return span;
  for (let at = timeAt; at < numbers.length; at += width) {
    span.fromMs = Math.min(span.fromMs, numbers[at]);
    span.toMs = Math.max(span.toMs, numbers[at] + 1);
  }
  return span;
}

/** Takes a stretch out of what counts as recorded of the venue and of its contracts. */
async function giveUp(
  tables: BoundOptions['tables'],
  venueId: string,
  { fromMs, toMs }: { fromMs: number; toMs: number },
): Promise<void> {
  if (!(fromMs < toMs)) return;
  for (const table of SPAN_TABLES)
    for (const owner of await tables.owners(table)) {
      if ((owner !== venueId && !owner.startsWith(`${venueId}:`)) || isGivenUp(owner)) continue;
      await tables.write(table, async (rows) => {
        for (const span of await rows.range(owner, -Infinity, toMs)) {
          if (!isRecordedSpan(span) || span.toMs <= fromMs) continue;
          await rows.deleteRange(owner, span.fromMs, span.fromMs + 1);
          if (span.fromMs < fromMs) await rows.put({ ...span, toMs: fromMs });
          if (span.toMs > toMs) await rows.put({ ...span, fromMs: toMs });
        }
      });
    }
}

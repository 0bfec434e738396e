import { DAY_MS, floorToStep } from '@/lib/core/time';

import { pruneHoldings } from './account-log';
import { isRecordedSpan, isRow } from './row-checks';
import { BAR_SCORE_CODEC, LOCATION_SCORE_CODEC } from './score-codec';
import { BAR_CODEC, LIQUIDATION_CODEC, MINUTES_CODEC, OPEN_INTEREST_CODEC } from './series-codec';
import { givenUpOf } from './span-log';
import { TABLE_KEYS, type TableName, type Tables } from './tables';
import { isSettled } from './tape-log';

/** How much is kept. */
export interface Retention {
  /** Bars, open interest and checkpoints: a little more than the history that a fold begins with. */
  readonly seriesMs: number;
  /** Liquidations and recorded spans of every contract, and how the map was scored. */
  readonly eventsMs: number;
  /** What was learned of liquidations: six of its half-lives, as the sums beside it never forget at once. */
  readonly learningMs: number;
  /** The tape: a little more than the longest window that is summed. */
  readonly tapeMs: number;
  /** Positions of accounts, since they were last seen. */
  readonly holdingsMs: number;
  /** Liquidations of one contract that has a history, the oldest days going first. */
  readonly maxLiquidations: number;
  /** Contracts with any data, the least recently watched going first. */
  readonly maxContracts: number;
  /** Of everything on disk, by the browser's figure: over it the oldest day of what was liquidated goes each time, and where no
   * more of that may go, the contract watched longest ago. */
  readonly maxBytes: number;
}

export const RETENTION: Retention = {
  seriesMs: 35 * DAY_MS,
  eventsMs: 30 * DAY_MS,
  learningMs: 180 * DAY_MS,
  tapeMs: 8 * DAY_MS,
  holdingsMs: 7 * DAY_MS,
  maxLiquidations: 200_000,
  maxContracts: 80,
  maxBytes: 500e6,
};

/** What happened in the whole market is kept by its age alone, whoever watched it. */
const EVENT_TABLES: readonly TableName[] = ['liquidations', 'recordedSpans'];
const CONTRACT_TABLES = (Object.keys(TABLE_KEYS) as TableName[]).filter(
  (table) => TABLE_KEYS[table][0] === 'contractId' && !EVENT_TABLES.includes(table),
);
const SPAN_TABLES = ['recordedSpans', 'feedSpans'] as const;
// Where it began goes last: after a kill in between, a fold from there is still the right one.
const FOLD_TABLES: readonly TableName[] = ['checkpoints', 'seeds', 'histories'];

/** Remembers that a contract is wanted, which keeps it from being pruned. */
export const markWatched = (tables: Tables, contractId: string, nowMs: number): Promise<void> =>
  tables.write('watched', (rows) => rows.put({ contractId, watchedMs: nowMs }));

/** Everything stored about a contract but what was liquidated. */
export const forgetContract = (tables: Tables, contractId: string): Promise<void> =>
  deleteFrom(tables, CONTRACT_TABLES, contractId);

/** Where the fold of a contract began and how far it came; its bars and events stay. The next fold begins anew. */
export const forgetFold = (tables: Tables, contractId: string): Promise<void> =>
  deleteFrom(tables, FOLD_TABLES, contractId);

/**
 * Deletes what is too old or too much. Every step is one transaction, so that a kill in between leaves sound data.
 * Contracts in `watched` are not evicted, but their old rows go too. `venueMs` is the venues' time; null before one told it, when
 * what is too old is so by what was recorded last: the machine's clock may have been set to another year.
 */
export async function prune(
  tables: Tables,
  venueMs: number | null,
  watched: ReadonlySet<string>,
  retention: Retention = RETENTION,
  usedBytes = 0,
): Promise<void> {
  const nowMs = venueMs ?? (await recordedUntil(tables));
  const owners = new Set((await Promise.all(CONTRACT_TABLES.map((table) => tables.owners(table)))).flat());
  await pruneEvents(tables, nowMs, retention);
  const isOver = usedBytes > retention.maxBytes && !(await shortenEvents(tables, nowMs - retention.tapeMs));
  const maxContracts = Math.min(retention.maxContracts, isOver ? owners.size - 1 : Infinity);
  for (const contractId of await evictedContracts(tables, owners, watched, maxContracts)) {
    await forgetContract(tables, contractId);
    owners.delete(contractId);
  }
  for (const contractId of owners) {
    await pruneRows(tables, contractId, nowMs, retention);
    if (!watched.has(contractId) && (await tables.read('bars', (rows) => rows.count(contractId))) === 0) {
      // Without a bar left, whatever is folded next is another history and needs another beginning.
      await forgetFold(tables, contractId);
    }
  }
}

/** The newest time of a venue that is known of any, or 0, when nothing is too old. */
async function recordedUntil(tables: Tables): Promise<number> {
  let untilMs = 0;
  for (const owner of await tables.owners('feedSpans'))
    for (const span of await tables.read('feedSpans', (rows) => rows.range(owner, 0, Infinity)))
      if (isRecordedSpan(span)) untilMs = Math.max(untilMs, span.toMs);
  return untilMs;
}

async function deleteFrom(tables: Tables, names: readonly TableName[], contractId: string): Promise<void> {
  for (const table of names) await tables.write(table, (rows) => rows.deleteOwner(contractId));
}

async function evictedContracts(
  tables: Tables,
  owners: ReadonlySet<string>,
  watched: ReadonlySet<string>,
  maxContracts: number,
): Promise<string[]> {
  const idle = await Promise.all(
    [...owners]
      .filter((contractId) => !watched.has(contractId))
      .map(async (contractId) => {
        const row = await tables.read('watched', (rows) => rows.get([contractId]));
        return { contractId, watchedMs: isRow(row) && typeof row.watchedMs === 'number' ? row.watchedMs : 0 };
      }),
  );
  idle.sort((a, b) => a.watchedMs - b.watchedMs);
  return idle.slice(0, Math.max(0, owners.size - maxContracts)).map(({ contractId }) => contractId);
}

async function pruneRows(
  tables: Tables,
  contractId: string,
  nowMs: number,
  { seriesMs, eventsMs, learningMs, holdingsMs, maxLiquidations }: Retention,
): Promise<void> {
  const deleteBefore = (table: TableName, timeMs: number) =>
    tables.write(table, (rows) => rows.deleteRange(contractId, -Infinity, timeMs));

  // Series are stored in chunks: one goes when its last row is too old.
  await deleteBefore('bars', floorToStep(nowMs - seriesMs, BAR_CODEC.chunkMs));
  await deleteBefore('minutes', floorToStep(nowMs - seriesMs, MINUTES_CODEC.chunkMs));
  await deleteBefore('openInterest', floorToStep(nowMs - seriesMs, OPEN_INTEREST_CODEC.chunkMs));
  await deleteBefore('learning', floorToStep(nowMs - learningMs, DAY_MS));
  await deleteBefore('barScores', floorToStep(nowMs - eventsMs, BAR_SCORE_CODEC.chunkMs));
  await deleteBefore('locationScores', floorToStep(nowMs - eventsMs, LOCATION_SCORE_CODEC.chunkMs));
  await deleteBefore('checkpoints', nowMs - seriesMs);
  // As long as the bars they are made from: a column missing before its bar would be made again.
  await deleteBefore('columns', floorToStep(nowMs - seriesMs, BAR_CODEC.chunkMs));
  await pruneHoldings(tables, contractId, nowMs - holdingsMs);
  await trimLiquidations(tables, contractId, maxLiquidations);
}

/** Keeps the newest days that hold no more. */
async function trimLiquidations(tables: Tables, contractId: string, maxLiquidations: number): Promise<void> {
  const chunks = await tables.read('liquidations', (rows) => rows.range(contractId, -Infinity, Infinity));
  let count = 0;
  const last = chunks.filter(isRow).findLast(({ numbers }) => {
    count += numbers instanceof Float64Array ? numbers.length / LIQUIDATION_CODEC.width : 0;
    return count > maxLiquidations;
  });
  if (last === undefined) return;
  const fromMs = Number(last.startMs);
  // First what says that they are gone: the venue's spans are those of its other contracts too.
  const span = { contractId: givenUpOf(contractId), fromMs, toMs: fromMs + LIQUIDATION_CODEC.chunkMs };
  await tables.write('recordedSpans', (rows) => rows.put(span));
  await tables.write('liquidations', (rows) => rows.deleteRange(contractId, -Infinity, fromMs + 1));
}

async function pruneEvents(tables: Tables, nowMs: number, { eventsMs, tapeMs }: Retention): Promise<void> {
  const keptMs = floorToStep(nowMs - eventsMs, LIQUIDATION_CODEC.chunkMs);
  // What came in is told by the machine's time, which may be off by years, and is nowhere else before it is settled.
  await deleteAllBefore(tables, 'tape', nowMs - tapeMs, isSettled);
  // First what says that nothing is missing.
  for (const table of SPAN_TABLES) await cutSpans(tables, table, keptMs);
  await deleteAllBefore(tables, 'liquidations', keptMs);
}

/** Takes the oldest day of liquidations, but none that began at `keptMs` or later; it counts as recorded no longer. False where there is none. */
async function shortenEvents(tables: Tables, keptMs: number): Promise<boolean> {
  let oldestMs = Infinity;
  for (const table of SPAN_TABLES)
    for (const owner of await tables.owners(table)) {
      const spans = await tables.read(table, (rows) => rows.range(owner, -Infinity, keptMs));
      for (const span of spans) if (isRecordedSpan(span)) oldestMs = Math.min(oldestMs, span.fromMs);
    }
  const floorMs = floorToStep(oldestMs, LIQUIDATION_CODEC.chunkMs) + LIQUIDATION_CODEC.chunkMs;
  if (!(floorMs <= keptMs)) return false;
  // First what says that nothing is missing.
  for (const table of SPAN_TABLES) await cutSpans(tables, table, floorMs);
  await deleteAllBefore(tables, 'liquidations', floorMs);
  return true;
}

/** Deletes spans that ended before a time, and cuts those that go on. */
async function cutSpans(tables: Tables, table: (typeof SPAN_TABLES)[number], timeMs: number): Promise<void> {
  for (const owner of await tables.owners(table)) {
    await tables.write(table, async (rows) => {
      for (const span of await rows.range(owner, -Infinity, timeMs)) {
        if (!isRecordedSpan(span)) continue;
        await rows.deleteRange(owner, span.fromMs, span.fromMs + 1);
        if (span.toMs >= timeMs) await rows.put({ ...span, fromMs: timeMs });
      }
    });
  }
}

/** One transaction however many owners there are: a venue lists hundreds of contracts. */
async function deleteAllBefore(
  tables: Tables,
  table: TableName,
  timeMs: number,
  isMeant: (owner: string) => boolean = () => true,
): Promise<void> {
  const owners = (await tables.owners(table)).filter(isMeant);
  await tables.write(table, async (rows) => {
    for (const owner of owners) await rows.deleteRange(owner, -Infinity, timeMs);
  });
}

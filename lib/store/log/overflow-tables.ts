import { MINUTE_MS, type Clock } from '@/lib/core/time';

import { dropOldest, heldBytes, MOST_HELD_BYTES } from './overflow-bound';
import { createOverlay, type Overlay } from './overlay';
import { storeErrorFrom } from './store-error';
import type { RowWriter, TableName, Tables } from './tables';

/** The disk is tried again with the first write after this. */
const RETRY_MS = MINUTE_MS / 2;
/** What a browser calls a disk that takes no more, or that fails while it writes. */
const FULL = new Set(['QuotaExceededError', 'UnknownError']);

/**
 * What the rows of a table speak of must be on disk before them: of a span that counts as recorded its events, of hours of the
 * tape that are told as handed on the contracts' liquidations, of a fold what was folded.
 */
const AFTER: Partial<Readonly<Record<TableName, readonly TableName[]>>> = {
  feedSpans: ['tape'],
  recordedSpans: ['tape'],
  tape: ['liquidations'],
  checkpoints: ['bars', 'minutes', 'openInterest'],
};

export interface OverflowOptions {
  readonly now: Clock;
  /** Why rows are kept in memory only, or (null) that the disk has them all again. */
  readonly onProblem: (message: string | null) => void;
  /** So much is held in memory at most. */
  readonly mostBytes?: number;
}

/**
 * Tables whose writes go to memory while the disk takes none, and to the disk as soon as it does again. Reads see both.
 * Until then nothing is lost but with the worker.
 */
export function createOverflowTables(
  disk: Tables,
  { now, onProblem, mostBytes = MOST_HELD_BYTES }: OverflowOptions,
): Tables {
  const overlays = new Map<TableName, Overlay>();
  const turns = new Map<TableName, Promise<unknown>>();
  let isTroubled = false;
  let retryAtMs = -Infinity;
  let isDropping = false;
  /** Contracts whose folds rest on bars that are nowhere any more: they leave no checkpoint. */
  const unfounded = new Set<string>();

  const inTurn = <T>(table: TableName, work: () => Promise<T>): Promise<T> => {
    const result = (turns.get(table) ?? Promise.resolve()).then(work);
    turns.set(
      table,
      result.catch(() => undefined),
    );
    return result;
  };

  const failed = (cause: unknown): void => {
    isTroubled = true;
    onProblem(storeErrorFrom(cause).message);
  };
  const isFull = (cause: unknown): boolean => FULL.has((cause as { name?: unknown } | null)?.name as string);

  /** Brings what memory holds to the disk; false where the disk still takes none. */
  const flush = async (table: TableName): Promise<boolean> => {
    const overlay = overlays.get(table);
    if (overlay === undefined) return true;
    try {
      await disk.write(table, (rows) => overlay.applyTo(rows));
      overlays.delete(table);
      return true;
    } catch (cause) {
      if (!isFull(cause)) throw cause;
      retryAtMs = now() + RETRY_MS;
      return false;
    }
  };

  /** The same of all that must be there before its rows. */
  const flushBefore = async (table: TableName): Promise<boolean> => {
    for (const first of AFTER[table] ?? [])
      if (!(await inTurn(first, async () => (await flushBefore(first)) && flush(first)))) return false;
    return true;
  };

  const tellWhole = (): void => {
    if (!isTroubled || overlays.size > 0) return;
    isTroubled = false;
    onProblem(null);
  };

  /** Some tables are written once: what memory holds of them would wait for a next write until the worker ends. */
  const flushOthers = async (): Promise<void> => {
    for (const table of overlays.keys())
      if (!(await inTurn(table, async () => (await flushBefore(table)) && flush(table)))) return;
    tellWhole();
  };

  /** What comes while it drops is a row or two more. */
  const keepBound = async (): Promise<void> => {
    if (isDropping || heldBytes(overlays) <= mostBytes) return;
    isDropping = true;
    const tables = { owners, write };
    try {
      await dropOldest({ overlays, mostBytes, inTurn, tables, onFoldLost: (contractId) => unfounded.add(contractId) });
    } catch (cause) {
      failed(cause);
    } finally {
      isDropping = false;
    }
  };

  /** Without the checkpoints of unfounded folds. */
  const founded = (rows: RowWriter): RowWriter => ({
    ...rows,
    put: async (row) => (unfounded.has(String(row.contractId)) ? undefined : rows.put(row)),
  });

  const writeOver: Tables['write'] = (table, work) => {
    const overlay = overlays.get(table) ?? createOverlay(table, disk);
    overlays.set(table, overlay);
    return work(overlay);
  };

  const store: Tables['write'] = (table, work) =>
    inTurn(table, async () => {
      if (overlays.size > 0) {
        const isReady = now() >= retryAtMs && (await flushBefore(table)) && (await flush(table));
        if (!isReady) return writeOver(table, work);
      }
      try {
        const result = await disk.write(table, work);
        tellWhole();
        if (overlays.size > 0) flushOthers().catch(failed);
        return result;
      } catch (cause) {
        failed(cause);
        if (!isFull(cause)) throw cause;
        retryAtMs = now() + RETRY_MS;
        return writeOver(table, work);
      }
    });

  const write: Tables['write'] = async (table, work) => {
    const isOfFolds = table === 'checkpoints' && unfounded.size > 0;
    const result = await store(table, isOfFolds ? (rows) => work(founded(rows)) : work);
    if (overlays.size > 0) await keepBound();
    return result;
  };

  const owners: Tables['owners'] = async (table) => [
    ...new Set([...(await disk.owners(table)), ...(overlays.get(table)?.owners() ?? [])]),
  ];

  return {
    isPersistent: disk.isPersistent,
    read: (table, work) =>
      overlays.has(table)
        ? inTurn(table, () => {
            const overlay = overlays.get(table);
            return overlay === undefined ? disk.read(table, work) : work(overlay);
          })
        : disk.read(table, work),
    write,
    owners,
  };
}

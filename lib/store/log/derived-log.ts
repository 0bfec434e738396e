import { hashStored } from '@/lib/core/hash';

import { isRow } from './row-checks';
import type { BrokenListener } from './series-log';
import type { Row, Tables } from './tables';

/** The state of a fold after its bars up to `throughMs`. What is in a snapshot is checked by the model that restores it. */
export interface Checkpoint {
  /** Configuration of the model that made it; another one cannot restore it. */
  readonly key: string;
  readonly throughMs: number;
  /** Anything that can be cloned. */
  readonly snapshot: unknown;
}

/** The map as it was at a moment, in the model's own quantised form. */
export interface StoredColumn {
  readonly timeMs: number;
  readonly column: object;
}

const KEPT_CHECKPOINTS = 2;

/** What the model derived from the log and would be costly, or for columns impossible, to derive again. */
export interface DerivedLog {
  /** Keeps the newest two of this configuration and none of another. */
  writeCheckpoint(contractId: string, checkpoint: Checkpoint): Promise<void>;
  /** Newest first; the second is for when the first cannot be restored. */
  readCheckpoints(contractId: string, key: string): Promise<Checkpoint[]>;
  /** Those of folds beyond a time, where what was folded there is about to change. */
  dropCheckpoints(contractId: string, afterMs: number): Promise<void>;
  /** Write-once per time. Gives the number added. */
  appendColumns(contractId: string, columns: readonly StoredColumn[]): Promise<number>;
  /** Of all times where none are given. */
  countColumns(contractId: string, fromMs?: number, toMs?: number): Promise<number>;
  readColumns(contractId: string, fromMs: number, toMs: number): Promise<StoredColumn[]>;
}

/** Over the tables of checkpoints and columns. A checkpoint whose checksum fails is dropped and told to `onBroken`. */
export function createDerivedLog(tables: Tables, onBroken: BrokenListener): DerivedLog {
  return {
    async writeCheckpoint(contractId, { key, throughMs, snapshot }) {
      await tables.write('checkpoints', async (rows) => {
        await rows.put({ contractId, throughMs, key, snapshot, sum: hashStored(snapshot) });
        const stored = (await rows.range(contractId, -Infinity, Infinity)).filter(isRow).toReversed();
        const kept = stored.filter((row) => row.key === key).slice(0, KEPT_CHECKPOINTS);
        for (const row of stored) {
          const timeMs = Number(row.throughMs);
          if (!kept.includes(row)) await rows.deleteRange(contractId, timeMs, timeMs + 1);
        }
      });
    },

    async readCheckpoints(contractId, key) {
      const rows = await tables.read('checkpoints', (reader) => reader.range(contractId, -Infinity, Infinity));
      const sound = rows.filter(isCheckpoint);
      if (sound.length < rows.length) onBroken('checkpoints', contractId, rows.length - sound.length);
      return sound
        .filter((row) => row.key === key)
        .map(({ throughMs, snapshot }) => ({ key, throughMs, snapshot }))
        .toReversed();
    },

    dropCheckpoints: (contractId, afterMs) =>
      tables.write('checkpoints', (rows) => rows.deleteRange(contractId, afterMs + 1, Infinity)),

    async appendColumns(contractId, columns) {
      const added = await tables.write('columns', (rows) =>
        Promise.all(columns.map(({ timeMs, column }) => rows.add({ contractId, timeMs, column }))),
      );
      return added.filter(Boolean).length;
    },

    countColumns: (contractId, fromMs, toMs) => tables.read('columns', (rows) => rows.count(contractId, fromMs, toMs)),

    async readColumns(contractId, fromMs, toMs) {
      const rows = await tables.read('columns', (reader) => reader.range(contractId, fromMs, toMs));
      const sound = rows.filter(isStoredColumn);
      if (sound.length < rows.length) onBroken('columns', contractId, rows.length - sound.length);
      return sound.map(({ timeMs, column }) => ({ timeMs, column }));
    },
  };
}

/** Those of older versions have no checksum. */
const isCheckpoint = (row: unknown): row is Row & Checkpoint =>
  isRow(row) &&
  typeof row.key === 'string' &&
  Number.isFinite(row.throughMs) &&
  row.snapshot !== undefined &&
  (row.sum === undefined || row.sum === hashStored(row.snapshot));

const isStoredColumn = (row: unknown): row is Row & StoredColumn =>
  isRow(row) && Number.isFinite(row.timeMs) && isRow(row.column);

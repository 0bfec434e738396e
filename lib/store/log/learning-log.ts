import { DAY_MS, floorToStep } from '@/lib/core/time';
import type { MixInForce } from '@/lib/market/mix-in-force';

import { isMixInForce, isRow } from './row-checks';
import type { BrokenListener } from './series-log';
import type { Row, Tables } from './tables';

/** What a contract's liquidations said so far, in the model's own numbers, under one configuration. */
export interface StoredLearning {
  /** Configuration that it was gathered under. */
  readonly key: string;
  /** Contracts of one group may lend each other what they learned. */
  readonly group: string;
  /** Sums. */
  readonly sums: Float64Array;
  /** Rows of equal width one after the other, oldest first, each beginning with its time. */
  readonly evidence: Float64Array;
  readonly evidenceWidth: number;
}

export interface LearningLog {
  /** Adds evidence gathered after `sinceMs` and the sums by now; -Infinity replaces all. Later evidence that an earlier life stored is replaced too. */
  appendLearning(contractId: string, sinceMs: number, nowMs: number, learning: StoredLearning): Promise<void>;
  /** All evidence of the newest configuration, with the newest sums; null where there is none. */
  readLearning(contractId: string): Promise<StoredLearning | null>;
  /** Every contract that anything is learned of. */
  readLearningOwners(): Promise<string[]>;
  readMix(contractId: string): Promise<MixInForce | null>;
  writeMix(contractId: string, mix: MixInForce): Promise<void>;
  /** From when on bars and liquidations count; -Infinity before the first reset. */
  readLearningStart(contractId: string): Promise<number>;
  /** Forgets what was learned: only what comes after `startMs` counts from now on. */
  resetLearning(contractId: string, startMs: number): Promise<void>;
}

/** Over the tables `learning`, `learnedMixes` and `learningStarts`; broken rows are dropped and told to `onBroken`. */
export function createLearningLog(tables: Tables, onBroken: BrokenListener): LearningLog {
  const soundChunks = (contractId: string, rows: readonly unknown[]): (Row & StoredLearning)[] => {
    const sound = rows.filter(isLearningChunk);
    if (sound.length < rows.length) onBroken('learning', contractId, rows.length - sound.length);
    const key = sound.at(-1)?.key;
    return sound.filter((chunk) => chunk.key === key);
  };

  const readMix = async (contractId: string): Promise<MixInForce | null> => {
    const row = await tables.read('learnedMixes', (rows) => rows.get([contractId]));
    const mix = isRow(row) ? row.mix : undefined;
    if (isMixInForce(mix)) return mix;
    if (row !== undefined) onBroken('learnedMixes', contractId, 1);
    return null;
  };

  return {
    async appendLearning(contractId, sinceMs, nowMs, learning) {
      const { key, evidence, evidenceWidth } = learning;
      await tables.write('learning', async (rows) => {
        const fromDayMs = floorToStep(sinceMs, DAY_MS);
        const stored = await rows.range(contractId, fromDayMs, Infinity);
        await rows.deleteRange(contractId, fromDayMs, Infinity);
        const kept = soundChunks(contractId, stored)
          .filter((chunk) => chunk.key === key && chunk.evidenceWidth === evidenceWidth)
          .map((chunk) => rowsBetween(chunk, -Infinity, sinceMs + 1));
        const all = joined([...kept, evidence]);
        const days = new Set([floorToStep(nowMs, DAY_MS)]);
        for (let at = 0; at < all.length; at += evidenceWidth) days.add(floorToStep(all[at], DAY_MS));
        for (const startMs of days) {
          const day = rowsBetween({ evidence: all, evidenceWidth }, startMs, startMs + DAY_MS);
          await rows.put({ contractId, startMs, ...learning, evidence: day });
        }
      });
    },

    async readLearning(contractId) {
      const rows = await tables.read('learning', (reader) => reader.range(contractId, -Infinity, Infinity));
      const chunks = soundChunks(contractId, rows);
      const last = chunks.at(-1);
      if (last === undefined) return null;
      const { key, group, sums, evidenceWidth } = last;
      return { key, group, sums, evidenceWidth, evidence: joined(chunks.map(({ evidence }) => evidence)) };
    },

    readLearningOwners: () => tables.owners('learning'),
    readMix,
    writeMix: (contractId, mix) => tables.write('learnedMixes', (rows) => rows.put({ contractId, mix })),

    async readLearningStart(contractId) {
      const row = await tables.read('learningStarts', (rows) => rows.get([contractId]));
      return isRow(row) && typeof row.startMs === 'number' ? row.startMs : -Infinity;
    },

    async resetLearning(contractId, startMs) {
      // First, so that a kill in between leaves nothing older in force.
      await tables.write('learningStarts', (rows) => rows.put({ contractId, startMs }));
      for (const table of ['learnedMixes', 'learning', 'checkpoints'] as const) {
        await tables.write(table, (rows) => rows.deleteOwner(contractId));
      }
    },
  };
}

const isLearningChunk = (row: unknown): row is Row & StoredLearning =>
  isRow(row) &&
  typeof row.key === 'string' &&
  typeof row.group === 'string' &&
  row.sums instanceof Float64Array &&
  row.evidence instanceof Float64Array &&
  Number.isSafeInteger(row.evidenceWidth) &&
  row.evidence.length % Number(row.evidenceWidth) === 0;

/** Rows with a time in [fromMs, toMs). */
function rowsBetween(
  { evidence, evidenceWidth }: Pick<StoredLearning, 'evidence' | 'evidenceWidth'>,
  fromMs: number,
  toMs: number,
): Float64Array {
  let start = 0;
  let end = evidence.length;
  while (start < end && evidence[start] < fromMs) start += evidenceWidth;
  while (end > start && evidence[end - evidenceWidth] >= toMs) end -= evidenceWidth;
  return evidence.slice(start, end);
}

function joined(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

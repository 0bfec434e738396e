import type { RecordedSpan } from '@/lib/market/liquidation';

import { isRecordedSpan } from './row-checks';
import type { BrokenListener } from './series-log';
import { TABLE_KEYS, type Tables } from './tables';

/** When somebody was looking at a stream whose events cannot be fetched again: one contract's, or a venue's of all. */
export interface SpanLog {
  /** Adds a stretch of recording, joined with every stored one that it touches. */
  extend(owner: string, span: RecordedSpan): Promise<void>;
  /** Disjoint, oldest first. */
  read(owner: string): Promise<RecordedSpan[]>;
}

const GONE = ' gone';
/** Whose spans end where what was recorded of a contract was given up again. */
export const givenUpOf = (contractId: string): string => contractId + GONE;
/** Whether an owner's spans say that of a contract. */
export const isGivenUp = (owner: string): boolean => owner.endsWith(GONE);

/** Over one of the tables of spans. `extend` throws for what is no span of time. */
export function createSpanLog(tables: Tables, table: 'recordedSpans' | 'feedSpans', onBroken: BrokenListener): SpanLog {
  const soundSpans = (owner: string, rows: readonly unknown[]): RecordedSpan[] => {
    const sound = rows.filter(isRecordedSpan);
    if (sound.length < rows.length) onBroken(table, owner, rows.length - sound.length);
    return sound.map(({ fromMs, toMs }) => ({ fromMs, toMs }));
  };

  return {
    async extend(owner, span) {
      if (!isRecordedSpan(span)) throw new RangeError(`no span of time: ${JSON.stringify(span)}`);
      await tables.write(table, async (rows) => {
        let { fromMs, toMs } = span;
        for (const stored of soundSpans(owner, await rows.range(owner, 0, toMs + 1))) {
          if (stored.toMs < span.fromMs) continue;
          fromMs = Math.min(fromMs, stored.fromMs);
          toMs = Math.max(toMs, stored.toMs);
          await rows.deleteRange(owner, stored.fromMs, stored.fromMs + 1);
        }
        await rows.put({ [TABLE_KEYS[table][0]]: owner, fromMs, toMs });
      });
    },

    async read(owner) {
      return soundSpans(owner, await tables.read(table, (rows) => rows.range(owner, 0, Infinity)));
    },
  };
}

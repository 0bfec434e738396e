import type { RecordedSpan } from '@/lib/market/liquidation';

import { isRecordedSpan } from './row-checks';
import type { BrokenListener } from './series-log';
import type { Tables } from './tables';

/** When somebody was looking at a stream whose events cannot be fetched again. */
export interface SpanLog {
  /** Adds a stretch of recording, joined with every stored one that it touches. */
  extend(contractId: string, span: RecordedSpan): Promise<void>;
  /** Disjoint, oldest first. */
  read(contractId: string): Promise<RecordedSpan[]>;
}

export function createSpanLog(tables: Tables, onBroken: BrokenListener): SpanLog {
  const soundSpans = (contractId: string, rows: readonly unknown[]): RecordedSpan[] => {
    const sound = rows.filter(isRecordedSpan);
    if (sound.length < rows.length) onBroken('recordedSpans', contractId, rows.length - sound.length);
    return sound.map(({ fromMs, toMs }) => ({ fromMs, toMs }));
  };

  return {
    async extend(contractId, span) {
      if (!isRecordedSpan(span)) throw new RangeError(`no span of time: ${JSON.stringify(span)}`);
      await tables.write('recordedSpans', async (rows) => {
        let { fromMs, toMs } = span;
        for (const stored of soundSpans(contractId, await rows.range(contractId, 0, toMs + 1))) {
          if (stored.toMs < span.fromMs) continue;
          fromMs = Math.min(fromMs, stored.fromMs);
          toMs = Math.max(toMs, stored.toMs);
          await rows.deleteRange(contractId, stored.fromMs, stored.fromMs + 1);
        }
        await rows.put({ contractId, fromMs, toMs });
      });
    },

    async read(contractId) {
      return soundSpans(contractId, await tables.read('recordedSpans', (rows) => rows.range(contractId, 0, Infinity)));
    },
  };
}

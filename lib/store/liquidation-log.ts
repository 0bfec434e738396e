import type { Liquidation, RecordedSpan } from '@/lib/market/liquidation';

import { isLiquidation, isRecordedSpan } from './row-checks';
import type { Appended, BrokenListener } from './series-log';
import type { Tables } from './tables';

/** Liquidations as they were seen, and when somebody was looking. Neither can be fetched again. */
export interface LiquidationLog {
  /** Two with the same time, side, price and quantity are one. */
  append(contractId: string, liquidations: readonly Liquidation[]): Promise<Appended>;
  read(contractId: string, fromMs: number, toMs: number): Promise<Liquidation[]>;
  /** Adds a stretch of recording, joined with every stored one that it touches. */
  extendSpan(contractId: string, span: RecordedSpan): Promise<void>;
  /** Disjoint, oldest first. */
  readSpans(contractId: string): Promise<RecordedSpan[]>;
}

export function createLiquidationLog(tables: Tables, onBroken: BrokenListener): LiquidationLog {
  const checked = <T>(
    table: 'liquidations' | 'recordedSpans',
    contractId: string,
    rows: readonly unknown[],
    isValid: (row: unknown) => row is T,
  ): T[] => {
    const valid = rows.filter(isValid);
    if (valid.length < rows.length) onBroken(table, contractId, rows.length - valid.length);
    return valid;
  };

  return {
    async append(contractId, liquidations) {
      const valid = liquidations.filter(isLiquidation);
      const added = await tables.write('liquidations', (writer) =>
        Promise.all(valid.map((liquidation) => writer.add({ contractId, ...liquidation }))),
      );
      const addedCount = added.filter(Boolean).length;
      return {
        addedCount,
        duplicateCount: valid.length - addedCount,
        refusedCount: liquidations.length - valid.length,
      };
    },

    async read(contractId, fromMs, toMs) {
      const rows = await tables.read('liquidations', (reader) => reader.range(contractId, fromMs, toMs));
      return checked('liquidations', contractId, rows, isLiquidation).map(
        ({ timeMs, positionSide, bankruptcyPrice, averagePrice, qty }) => ({
          timeMs,
          positionSide,
          bankruptcyPrice,
          averagePrice,
          qty,
        }),
      );
    },

    async extendSpan(contractId, span) {
      if (!isRecordedSpan(span)) throw new RangeError(`no span of time: ${JSON.stringify(span)}`);
      await tables.write('recordedSpans', async (writer) => {
        let { fromMs, toMs } = span;
        const rows = await writer.range(contractId, 0, toMs + 1);
        for (const stored of checked('recordedSpans', contractId, rows, isRecordedSpan)) {
          if (stored.toMs < span.fromMs) continue;
          fromMs = Math.min(fromMs, stored.fromMs);
          toMs = Math.max(toMs, stored.toMs);
          await writer.deleteRange(contractId, stored.fromMs, stored.fromMs + 1);
        }
        await writer.put({ contractId, fromMs, toMs });
      });
    },

    async readSpans(contractId) {
      const rows = await tables.read('recordedSpans', (reader) => reader.range(contractId, 0, Infinity));
      return checked('recordedSpans', contractId, rows, isRecordedSpan).map(({ fromMs, toMs }) => ({ fromMs, toMs }));
    },
  };
}

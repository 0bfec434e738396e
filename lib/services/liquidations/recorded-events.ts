import { BAR_MS } from '@/lib/market/bar';
import type { Contract } from '@/lib/market/contract';
import type { Liquidation } from '@/lib/market/liquidation';
import type { MarketLog } from '@/lib/store/log/market-log';

/** The liquidations of a bar, oldest first; null where the stream was not recorded throughout it. */
export type RecordedEvents = (openTimeMs: number) => readonly Liquidation[] | null;

/** What was recorded of the bars that begin in [fromMs, toMs). */
export async function readRecordedEvents(
  log: MarketLog,
  contract: Pick<Contract, 'id' | 'feedFromMs'>,
  fromMs: number,
  toMs: number,
): Promise<RecordedEvents> {
  const [spans, liquidations] = await Promise.all([
    log.readRecordedSpans(contract),
    log.readLiquidations(contract.id, fromMs, toMs),
  ]);
  const events = new Map<number, Liquidation[]>();
  for (const span of spans) {
    const endMs = Math.min(span.toMs, toMs);
    for (let at = Math.ceil(Math.max(span.fromMs, fromMs) / BAR_MS) * BAR_MS; at + BAR_MS <= endMs; at += BAR_MS) {
      events.set(at, []);
    }
  }
  for (const liquidation of liquidations) {
    events.get(Math.floor(liquidation.timeMs / BAR_MS) * BAR_MS)?.push(liquidation);
  }
  return (openTimeMs) => events.get(openTimeMs) ?? null;
}

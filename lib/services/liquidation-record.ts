import { DAY_MS, HOUR_MS } from '@/lib/core/time';
import { usdOf, type Contract } from '@/lib/market/contract';
import type { Liquidation, RecordedSpan } from '@/lib/market/liquidation';
import { recordedShare } from '@/lib/market/recorded-share';
import type { LiquidatedWindow } from '@/lib/market/summary';
import type { MarketLog } from '@/lib/store/market-log';

const WINDOWS_MS = [HOUR_MS, 4 * HOUR_MS, DAY_MS] as const;
const LONGEST_WINDOW_MS = DAY_MS;

/** The liquidations of one contract that were seen happen: stored as they arrive, summed by window, with what was not recorded. */
export interface LiquidationRecord {
  add(liquidation: Liquidation): void;
  /** The stream was live from then to now. */
  extendSpan(span: RecordedSpan): void;
  windows(nowMs: number): LiquidatedWindow[];
}

export async function createLiquidationRecord(
  contract: Contract,
  log: MarketLog,
  nowMs: number,
  onError: (cause: unknown) => void,
): Promise<LiquidationRecord> {
  let events: Liquidation[] = [...(await log.readLiquidations(contract.id, nowMs - LONGEST_WINDOW_MS))];
  let spans: RecordedSpan[] = [...(await log.readRecordedSpans(contract.id))];

  return {
    add(liquidation) {
      events.push(liquidation);
      log.appendLiquidations(contract.id, [liquidation]).catch(onError);
    },
    extendSpan(span) {
      const last = spans.at(-1);
      if (last !== undefined && last.toMs >= span.fromMs)
        spans[spans.length - 1] = { fromMs: last.fromMs, toMs: span.toMs };
      else spans.push(span);
      log.extendRecordedSpan(contract.id, span).catch(onError);
    },
    windows(now) {
      events = events.filter((event) => event.timeMs >= now - LONGEST_WINDOW_MS);
      spans = spans.filter((span) => span.toMs >= now - LONGEST_WINDOW_MS);
      return WINDOWS_MS.map((windowMs) => {
        const inside = events.filter((event) => event.timeMs >= now - windowMs);
        const usdOfSide = (side: Liquidation['positionSide']) =>
          inside.reduce(
            (sum, { positionSide, qty, bankruptcyPrice }) =>
              positionSide === side ? sum + usdOf(contract, qty, bankruptcyPrice) : sum,
            0,
          );
        return {
          windowMs,
          longUsd: usdOfSide('long'),
          shortUsd: usdOfSide('short'),
          recordedShare: recordedShare(spans, now - windowMs, now),
        };
      });
    },
  };
}

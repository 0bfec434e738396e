import { floorToStep, HOUR_MS } from '@/lib/core/time';
import type { RecordedSpan } from '@/lib/market/liquidation';
import { LIQUIDATION_WINDOWS_MS, type LiquidatedHour } from '@/lib/market/realised';

const LONGEST_MS = Math.max(...LIQUIDATION_WINDOWS_MS);

/** The hours of the last week of which something is known, oldest first: those with liquidations, and those in which some feed was recorded and told none. */
export function knownHours(
  liquidated: readonly LiquidatedHour[],
  spans: readonly RecordedSpan[],
  nowMs: number,
): LiquidatedHour[] {
  const hours = new Map(liquidated.map((hour) => [hour.startMs, hour]));
  for (const { fromMs, toMs } of spans) {
    const firstMs = floorToStep(Math.max(fromMs, nowMs - LONGEST_MS), HOUR_MS);
    for (let startMs = firstMs; startMs < Math.min(toMs, nowMs); startMs += HOUR_MS)
      if (!hours.has(startMs)) hours.set(startMs, { startMs, longUsd: 0, shortUsd: 0 });
  }
  return [...hours.values()].sort((a, b) => a.startMs - b.startMs);
}

// Where liquidations fell among the levels that price crossed.
import { floorToStep, HOUR_MS, MINUTE_MS } from '@/lib/core/time';
import type { FoldBar } from '@/lib/market/bar';
import type { Liquidation } from '@/lib/market/liquidation';
import { priceToBin } from '@/lib/model/grid';

import type { Side } from './judge';

/** Cells of the crossed range run from the price at the start of the window to its extreme. */
export interface LocationWindow {
  readonly startMs: number;
  readonly side: Side;
  readonly firstBar: number;
  readonly startBin: number;
  /** +1 upwards in price, the way shorts are crossed. */
  readonly direction: 1 | -1;
  readonly cellCount: number;
  readonly events: readonly { readonly cell: number; readonly usd: number }[];
}

const WINDOW_MS = HOUR_MS;
/** Windows begin this often, so an event is located from maps of several ages; its day counts once in the intervals. */
const WINDOW_STEP_MS = 15 * MINUTE_MS;
/** Events of a side so close in time and price are parts of one. */
const MERGE_MS = 60_000;
const MERGE_PRICE = 2.5e-4;
/** Published prices lie within this of the bar's range. */
const TOLERANCE = 5e-4;
/** With fewer cells than this there is nothing to locate. */
const MIN_CELLS = 4;

/** Whole windows in which price crossed something and events fell into it. */
export function locationWindows(
  bars: readonly FoldBar[],
  barMs: number,
  events: readonly Liquidation[],
  binWidth: number,
): readonly LocationWindow[] {
  const windows: LocationWindow[] = [];
  const merged = mergeEvents(events);
  const perWindow = WINDOW_MS / barMs;
  for (let i = 1; i + perWindow <= bars.length; i++) {
    const startMs = bars[i].openTimeMs;
    if (startMs !== floorToStep(startMs, WINDOW_STEP_MS)) continue;
    const own = bars.slice(i, i + perWindow);
    if (own[perWindow - 1].openTimeMs !== startMs + WINDOW_MS - barMs) continue;
    const start = bars[i - 1].close;
    for (const side of ['long', 'short'] as const) {
      const direction = side === 'long' ? -1 : 1;
      const extreme = side === 'long' ? Math.min(...own.map((b) => b.low)) : Math.max(...own.map((b) => b.high));
      const startBin = priceToBin(start, binWidth);
      const cellCount = direction * (priceToBin(extreme, binWidth) - startBin) + 1;
      if (cellCount < MIN_CELLS) continue;
      const tolerance = Math.round(TOLERANCE / binWidth);
      const inside = merged
        .filter((event) => event.positionSide === side && event.timeMs >= startMs && event.timeMs < startMs + WINDOW_MS)
        .map((event) => ({
          cell: direction * (priceToBin(event.bankruptcyPrice, binWidth) - startBin),
          usd: event.qty * event.bankruptcyPrice,
        }))
        .filter(({ cell }) => cell >= -tolerance && cell < cellCount + tolerance)
        .map(({ cell, usd }) => ({ cell: Math.min(cellCount - 1, Math.max(0, cell)), usd }));
      if (inside.length > 0)
        windows.push({ startMs, side, firstBar: i, startBin, direction, cellCount, events: inside });
    }
  }
  return windows;
}

function mergeEvents(events: readonly Liquidation[]): readonly Liquidation[] {
  const merged: Liquidation[] = [];
  for (const event of events) {
    const same = merged.findLastIndex((other) => isSameEvent(other, event));
    if (same < 0) merged.push(event);
    else merged[same] = { ...merged[same], qty: merged[same].qty + event.qty };
  }
  return merged;
}

const isSameEvent = (one: Liquidation, other: Liquidation): boolean =>
  one.positionSide === other.positionSide &&
  Math.abs(one.timeMs - other.timeMs) < MERGE_MS &&
  Math.abs(one.bankruptcyPrice / other.bankruptcyPrice - 1) < MERGE_PRICE;

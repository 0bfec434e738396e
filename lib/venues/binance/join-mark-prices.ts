import { BAR_MS, type Bar } from '@/lib/market/bar';

import type { KlineRow } from './rest-wire';

/**
 * Bars with the mark prices of the same open time; NaN where the venue has none. A bar that ends just at the asked
 * range's end and has no mark yet is left for the next call, with all after it: its mark is merely late.
 */
export function joinMarkPrices(bars: readonly Bar[], marks: readonly KlineRow[], rangeEndMs: number): Bar[] {
  const markAt = new Map(marks.map((row) => [row[0], row]));
  const joined: Bar[] = [];
  for (const bar of bars) {
    const mark = markAt.get(bar.openTimeMs);
    if (mark === undefined && bar.openTimeMs + 2 * BAR_MS > rangeEndMs) break;
    const [, , markHigh, markLow, markClose] = mark ?? [NaN, NaN, NaN, NaN, NaN];
    joined.push({ ...bar, markHigh, markLow, markClose });
  }
  return joined;
}

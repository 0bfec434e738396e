import { BAR_MS, type Bar } from '@/lib/market/bar';

/** A bar of the mark price, as venues list it apart from the trades. */
export type MarkBar = Pick<Bar, 'openTimeMs' | 'high' | 'low' | 'close'>;

/**
 * Bars with the mark prices of the same open time; NaN where the venue has none. A bar that ends just at the asked
 * range's end and has no mark yet is left for the next call, with all after it: its mark is merely late.
 */
export function joinMarkPrices(bars: readonly Bar[], marks: readonly MarkBar[], rangeEndMs: number): Bar[] {
  const markAt = new Map(marks.map((mark) => [mark.openTimeMs, mark]));
  const joined: Bar[] = [];
  for (const bar of bars) {
    const mark = markAt.get(bar.openTimeMs);
    if (mark === undefined && bar.openTimeMs + 2 * BAR_MS > rangeEndMs) break;
    joined.push({
      ...bar,
      markHigh: mark?.high ?? NaN,
      markLow: mark?.low ?? NaN,
      markClose: mark?.close ?? NaN,
    });
  }
  return joined;
}

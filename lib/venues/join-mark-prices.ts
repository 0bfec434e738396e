import { HOUR_MS } from '@/lib/core/time';
import { BAR_MS, type Bar } from '@/lib/market/bar';

/** What did not come so long after a bar's opening will not: a bar that waited for ever would hold up all after it. */
const LATE_MS = HOUR_MS;

/** A bar of the mark price, as venues list it apart from the trades. */
export type MarkBar = Pick<Bar, 'openTimeMs' | 'high' | 'low' | 'close'>;

/**
 * Bars with the mark prices of the same open time; NaN where the venue has none. A bar that ends just at the asked
 * range's end and has no mark yet is left for the next call, with all after it: its mark is merely late, for an hour.
 */
export function joinMarkPrices(
  bars: readonly Bar[],
  marks: readonly MarkBar[],
  rangeEndMs: number,
  venueNowMs: number,
): Bar[] {
  const markAt = new Map(marks.map((mark) => [mark.openTimeMs, mark]));
  const joined: Bar[] = [];
  for (const bar of bars) {
    const mark = markAt.get(bar.openTimeMs);
    const isLate = bar.openTimeMs + 2 * BAR_MS > rangeEndMs && venueNowMs < bar.openTimeMs + LATE_MS;
    if (mark === undefined && isLate) break;
    joined.push({
      ...bar,
      markHigh: mark?.high ?? NaN,
      markLow: mark?.low ?? NaN,
      markClose: mark?.close ?? NaN,
    });
  }
  return joined;
}

import { DAY_MS } from '@/lib/core/time';
import { BAR_MS } from '@/lib/market/bar';
import { COLUMN_MS } from '@/lib/model/history';

import { SLOTS_PER_DAY } from './map-day';
import type { MapHistory } from './map-history';

/** The newest bars' columns are written a moment after them. */
const LATE_SLOTS = 4;

/** How much of a stretch has its columns. */
export interface ColumnProgress {
  readonly daysDone: number;
  readonly daysTotal: number;
}

/**
 * Null where none of the columns since `fromMs` is still to be made. They are made from the oldest on, as after every long fold: what is
 * told is of all `historyDays` where both are known, for a range at their end long has none.
 */
export function columnProgress(
  { days, daysMade }: Pick<MapHistory, 'days' | 'daysMade'>,
  fromMs: number,
  historyDays: number | null,
): ColumnProgress | null {
  let due = 0;
  let made = 0;
  for (const { startMs, bars, slots } of days.values()) {
    if (startMs + DAY_MS <= fromMs) continue;
    for (const { openTimeMs } of bars) if ((openTimeMs + BAR_MS) % COLUMN_MS === 0) due += 1;
    for (const [shown] of slots) if (shown) made += 1;
  }
  if (due - made <= LATE_SLOTS) return null;
  return daysMade === null || historyDays === null
    ? { daysDone: made / SLOTS_PER_DAY, daysTotal: due / SLOTS_PER_DAY }
    : { daysDone: daysMade, daysTotal: historyDays };
}

import { DAY_MS } from '@/lib/core/time';
import { BAR_MS } from '@/lib/market/bar';
import { COLUMN_MS } from '@/lib/model/history';

import { type MapDay, SLOTS_PER_DAY } from './map-day';

/** The newest bars' columns are written a moment after them. */
const LATE_SLOTS = 4;

/** How much of a stretch has its columns. */
export interface ColumnProgress {
  readonly daysDone: number;
  readonly daysTotal: number;
}

/** Of the shown contract's bars since `fromMs`; null where none of their columns is still to be made, as after every long fold. */
export function columnProgress(days: ReadonlyMap<number, MapDay>, fromMs: number): ColumnProgress | null {
  let due = 0;
  let made = 0;
  for (const { startMs, bars, slots } of days.values()) {
    if (startMs + DAY_MS <= fromMs) continue;
    for (const { openTimeMs } of bars) if ((openTimeMs + BAR_MS) % COLUMN_MS === 0) due += 1;
    for (const [shown] of slots) if (shown) made += 1;
  }
  return due - made <= LATE_SLOTS ? null : { daysDone: made / SLOTS_PER_DAY, daysTotal: due / SLOTS_PER_DAY };
}

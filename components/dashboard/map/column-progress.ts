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

/** Null where none of the columns since `fromMs` is still to be made; the newest are made first. */
export function columnProgress({ days }: Pick<MapHistory, 'days'>, fromMs: number): ColumnProgress | null {
  let due = 0;
  let made = 0;
  for (const { startMs, bars, slots } of days.values()) {
    if (startMs + DAY_MS <= fromMs) continue;
    due += (bars.length * BAR_MS) / COLUMN_MS;
    made += slots.filter(([shown]) => shown).length;
  }
  return due - made <= LATE_SLOTS ? null : { daysDone: made / SLOTS_PER_DAY, daysTotal: due / SLOTS_PER_DAY };
}

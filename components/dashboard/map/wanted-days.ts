import { type HistoryColumn, wantedColumn } from '@/lib/model/history';
import { wantedShares, type WantedShares } from '@/lib/model/leverage-split';

import type { MapDay } from './map-day';

type Slot = MapDay['slots'][number];

/** The days with the wanted groups of leverage alone, each moment's columns made once. */
export function createWantedDays(groups: readonly boolean[]) {
  const shares = wantedShares(groups);
  const made = new WeakMap<MapDay['slots'], MapDay['slots']>();
  return (days: ReadonlyMap<number, MapDay>): ReadonlyMap<number, MapDay> => {
    if (shares === null) return days;
    return new Map(
      [...days].map(([startMs, day]) => {
        const slots = made.get(day.slots) ?? day.slots.map((slot) => wantedSlot(slot, shares));
        made.set(day.slots, slots);
        return [startMs, { ...day, slots }];
      }),
    );
  };
}

/** Of a moment that is not split as a whole nothing is told. */
function wantedSlot(slot: Slot, shares: WantedShares): Slot {
  const columns: (HistoryColumn | null)[] = slot.map((column) => column && wantedColumn(column, shares));
  return columns.some((column, i) => column === null && slot[i] !== null) ? slot.map(() => null) : columns;
}

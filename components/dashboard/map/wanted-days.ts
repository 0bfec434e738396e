import { type HistoryColumn, wantedColumn, wantedSteps, type WantedSteps } from '@/lib/model/history';
import { wantedShares } from '@/lib/model/leverage-split';

import type { MapDay } from './map-day';

type Slot = MapDay['slots'][number];

/** The days with the wanted groups of leverage alone: a day's columns are made once, when they are first looked at. */
export function createWantedDays(groups: readonly boolean[]) {
  const shares = wantedShares(groups);
  if (shares === null) return (days: ReadonlyMap<number, MapDay>) => days;
  const steps = wantedSteps(shares);
  const made = new WeakMap<MapDay['slots'], MapDay['slots']>();
  const wantedSlots = (slots: MapDay['slots']): MapDay['slots'] => {
    const known = made.get(slots) ?? slots.map((slot) => wantedSlot(slot, steps));
    made.set(slots, known);
    return known;
  };
  return (days: ReadonlyMap<number, MapDay>): ReadonlyMap<number, MapDay> =>
    new Map(
      [...days].map(([startMs, day]) => [
        startMs,
        {
          ...day,
          get slots() {
            return wantedSlots(day.slots);
          },
        },
      ]),
    );
}

/** Whether a moment is shown, but not with some groups alone: one of its columns is of before columns were split. */
export const isUnsplit = (slot: Slot): boolean =>
  slot[0] !== null && slot.some((column) => column !== null && column.split === undefined);

/** Of a moment that is not split as a whole nothing is told. */
function wantedSlot(slot: Slot, steps: WantedSteps): Slot {
  const columns: (HistoryColumn | null)[] = slot.map((column) => column && wantedColumn(column, steps));
  return columns.some((column, i) => column === null && slot[i] !== null) ? slot.map(() => null) : columns;
}

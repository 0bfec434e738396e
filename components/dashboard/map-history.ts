import { DAY_MS, type Clock } from '@/lib/core/time';
import { BAR_MS, type Bar } from '@/lib/market/bar';
import type { Contract } from '@/lib/market/contract';

import { dayOf, type HistorySource, type MapDay, readMapDay } from './map-day';

/** The log keeps no more. */
export const LONGEST_DAYS = 31;

/** The days of a market that the page has read. A day read again is another object, all others stay the same. */
export interface MapHistory {
  readonly contracts: readonly Contract[];
  /** By start, oldest first. */
  readonly days: ReadonlyMap<number, MapDay>;
  readonly bars: readonly Bar[];
  /** When the last stored bar ended; NaN before any was read. */
  readonly endMs: number;
  /** Reads what is missing back to a time, newest day first, calling back after each. */
  load(fromMs: number, onDay: () => void): Promise<void>;
  /** Reads again what may have grown: the newest day, and those in which columns were missing if any were added. */
  refresh(): Promise<boolean>;
}

export function createMapHistory(
  source: HistorySource,
  contracts: readonly Contract[],
  now: Clock,
  signal: AbortSignal,
): MapHistory {
  let days = new Map<number, MapDay>();
  let bars: readonly Bar[] = [];
  let columnCount = -1;

  const take = (day: MapDay) => {
    days.set(day.startMs, day);
    days = new Map([...days].sort(([a], [b]) => a - b));
    bars = [...days.values()].flatMap((each) => each.bars);
  };

  const read = async (startMs: number): Promise<boolean> => {
    const day = await readMapDay(source, contracts, startMs);
    if (signal.aborted) return false;
    const before = days.get(startMs);
    if (before !== undefined && isSameDay(before, day)) return false;
    take(day);
    return true;
  };

  return {
    contracts,
    get days() {
      return days;
    },
    get bars() {
      return bars;
    },
    get endMs() {
      return (bars.at(-1)?.openTimeMs ?? NaN) + BAR_MS;
    },
    async load(fromMs, onDay) {
      const newest = dayOf(now());
      const oldest = Math.max(dayOf(fromMs), newest - (LONGEST_DAYS - 1) * DAY_MS);
      for (let startMs = newest; startMs >= oldest && !signal.aborted; startMs -= DAY_MS) {
        if (!days.has(startMs) && (await read(startMs))) onDay();
      }
    },
    async refresh() {
      const counts = await Promise.all(contracts.map(({ id }) => source.countColumns(id)));
      const count = counts.reduce((sum, each) => sum + each, 0);
      const newest = dayOf(now());
      const stale = [...days.values()].filter(({ isWhole }) => !isWhole && count !== columnCount);
      columnCount = count;
      let hasChanged = false;
      for (const startMs of new Set([newest, ...stale.map((day) => day.startMs)])) {
        if (!signal.aborted && (await read(startMs))) hasChanged = true;
      }
      return hasChanged;
    },
  };
}

/** Rows are only ever added, so as many are the same. */
const isSameDay = (a: MapDay, b: MapDay): boolean =>
  a.bars.length === b.bars.length && a.events.length === b.events.length && columnsOf(a) === columnsOf(b);

const columnsOf = ({ slots }: MapDay): number => slots.reduce((sum, slot) => sum + slot.filter(Boolean).length, 0);

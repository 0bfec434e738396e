import { DAY_MS, type Clock } from '@/lib/core/time';
import { BAR_MS, type Bar } from '@/lib/market/bar';
import type { Contract } from '@/lib/market/contract';

import { dayOf, type HistorySource, type MapDay, readEvents, readMapDay } from './map-day';

/** The log keeps no more. */
export const LONGEST_DAYS = 31;
/** Older days that are read again at once at most: all of a month at once would stall a map that is being moved. */
const MOST_AGAIN = 3;

/** The days of a market that the page has read. A day read again is another object, all others stay the same; so are its slots if it has more columns. */
export interface MapHistory {
  readonly contracts: readonly Contract[];
  /** By start, oldest first. */
  readonly days: ReadonlyMap<number, MapDay>;
  readonly bars: readonly Bar[];
  /** When the last stored bar ended; NaN before any was read. */
  readonly endMs: number;
  /** Reads what is missing back to a time, newest day first, calling back after each. */
  load(fromMs: number, onDay: () => void): Promise<void>;
  /** Reads again what may have grown: the newest day, and in turn those in which columns were missing if any were added. */
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
  let columnCounts = '';
  let stale: readonly number[] = [];
  const reading = new Map<number, Promise<boolean>>();

  const take = (day: MapDay) => {
    days.set(day.startMs, day);
    days = new Map([...days].sort(([a], [b]) => a - b));
    bars = [...days.values()].flatMap((each) => each.bars);
  };

  const readAnew = async (startMs: number, events?: Awaited<ReturnType<typeof readEvents>>): Promise<boolean> => {
    const day = await readMapDay(source, contracts, startMs, events);
    if (signal.aborted) return false;
    const before = days.get(startMs);
    if (before === undefined || columnsOf(before) !== columnsOf(day)) take(day);
    // What is painted already is known by its columns.
    else if (hasMore(before, day)) take({ ...day, slots: before.slots });
    else return false;
    return true;
  };
  /** Whoever asks for a day that is being read gets the same. */
  const read = (startMs: number, events?: Awaited<ReturnType<typeof readEvents>>): Promise<boolean> => {
    const begun = reading.get(startMs) ?? readAnew(startMs, events).finally(() => reading.delete(startMs));
    reading.set(startMs, begun);
    return begun;
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
      if (!days.has(newest) && (await read(newest))) onDay();
      const missing: number[] = [];
      for (let startMs = newest - DAY_MS; startMs >= oldest; startMs -= DAY_MS) {
        if (!days.has(startMs)) missing.push(startMs);
      }
      if (missing.length === 0) return;
      // At once: what was streamed lately is looked through for every reading.
      const events = await readEvents(source, contracts, oldest, newest);
      for (const startMs of missing) {
        if (!signal.aborted && (await read(startMs, events))) onDay();
      }
    },
    async refresh() {
      const counts = String(await Promise.all(contracts.map(({ id }) => source.countColumns(id))));
      const newest = dayOf(now());
      if (counts !== columnCounts) {
        const lacking = [...days.values()].filter(({ isWhole, startMs }) => !isWhole && startMs < newest);
        const starts = lacking.map(({ startMs }) => startMs).toReversed();
        // Those that wait longest come first.
        stale = [...new Set([...stale, ...starts])];
      }
      columnCounts = counts;
      let hasChanged = false;
      for (const startMs of [newest, ...stale.slice(0, MOST_AGAIN)]) {
        if (!signal.aborted && (await read(startMs))) hasChanged = true;
        // Not before: the store may refuse.
        stale = stale.filter((each) => each !== startMs);
      }
      return hasChanged;
    },
  };
}

/** Rows are only ever added, so as many are the same. */
const hasMore = (a: MapDay, b: MapDay): boolean =>
  a.bars.length !== b.bars.length || a.events.length !== b.events.length;

const columnsOf = ({ slots }: MapDay): number => slots.reduce((sum, slot) => sum + slot.filter(Boolean).length, 0);

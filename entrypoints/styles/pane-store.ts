import type { BarTimes } from '@/lib/chart/bar-times';
import { DAY_MS, floorToStep, SECOND_MS } from '@/lib/core/time';
import { BAR_MS } from '@/lib/market/bar';
import type { PaneCells, PaneHistory, PaneRequest } from '@/lib/market/pane-history';
import { COLUMN_MS, type ColumnCells, type SideCells } from '@/lib/model/history';

/** What has happened since is asked for this often, as is all once it may be another; a part that does not come this often. */
const TAIL_MS = 5 * SECOND_MS;
const RETRY_MS = 10 * SECOND_MS;
/** The background keeps no more, and tells no more at once. */
const LONGEST_MS = 31 * DAY_MS;
const MOST_BARS = 5_000;

/** Low and high. */
export type BarRange = readonly [low: number, high: number];

/** Columns of one telling count alike, so that their pictures are made anew once they were told otherwise. */
type ToldColumn = ColumnCells & { readonly telling: number };

/** The history that a pane has been told: columns change only when they are made of other contracts'. */
export function createPaneStore() {
  const columns = new Map<number, ToldColumn>();
  const bars = new Map<number, BarRange>();
  const ranges = new Map<number, BarRange | null>();
  let newestBarMs = -Infinity;
  let version = 0;
  let barMs = 0;
  /** Back to where history of this bar length was told, and what was asked for last. */
  let reachMs = Infinity;
  let asked: PaneRequest | null = null;
  let askedAtMs = -Infinity;
  let madeOf = '';
  let hasOther = false;
  let filledFromMs = 0;
  let telling = 1;

  const rangeWithin = (openMs: number): BarRange | null => {
    let [low, high] = [Infinity, 0];
    const end = Math.min(openMs + barMs, newestBarMs + 1);
    for (let timeMs = floorToStep(openMs, BAR_MS); timeMs < end; timeMs += BAR_MS) {
      const bar = bars.get(timeMs);
      // Where one is missing, nobody knows how far the candle reaches.
      if (bar === undefined) return null;
      low = Math.min(low, bar[0]);
      high = Math.max(high, bar[1]);
    }
    return high > 0 ? [low, high] : null;
  };

  return {
    /** Another number whenever columns were added. */
    get version() {
      return version;
    },
    take: (part: PaneHistory): void => {
      hasOther ||= !!madeOf && part.madeOf !== madeOf;
      ({ madeOf, filledFromMs } = part);
      for (const { timeMs, cellWidth, lowUsd, long, short } of part.columns) {
        if (columns.get(timeMs)?.telling === telling) continue;
        columns.set(timeMs, { cellWidth, lowUsd, long: decode(long), short: decode(short), telling });
        version++;
      }
      for (let i = 0; i + 2 < part.bars.length; i += 3) {
        const [openMs, low, high] = part.bars.slice(i, i + 3);
        bars.set(openMs, [low, high]);
        newestBarMs = Math.max(newestBarMs, openMs);
      }
      ranges.clear();
      for (const series of [columns, bars])
        for (const timeMs of series.keys()) if (timeMs < newestBarMs - LONGEST_MS) series.delete(timeMs);
      if (!part.isLast || part.fromMs !== asked?.fromMs) return;
      reachMs = Math.min(reachMs, asked.fromMs);
      asked = null;
    },
    /** The map as it was when a bar opened; undefined where it is not known. */
    columnAt: (openMs: number): ToldColumn | undefined => columns.get(floorToStep(openMs, COLUMN_MS)),
    /** Whether columns of what is in sight are still being made. */
    isFilling: (times: BarTimes): boolean => firstInView(times) < filledFromMs,
    /** How far a bar reaches; null where that is not known. */
    rangeOf(openMs: number): BarRange | null {
      let range = ranges.get(openMs);
      if (range === undefined) ranges.set(openMs, (range = rangeWithin(openMs)));
      return range;
    },
    /** What to ask for now; null while nothing is lacking or on its way. */
    lacking: (times: BarTimes, nowMs: number): PaneRequest | null => {
      if (times.barMs !== barMs) {
        barMs = times.barMs;
        ranges.clear();
        [reachMs, asked] = [Infinity, null];
      }
      if (asked !== null && nowMs - askedAtMs < RETRY_MS) return null;
      const isTold = nowMs - askedAtMs < TAIL_MS;
      if (hasOther && !isTold) {
        reachMs = Infinity;
        telling++;
        hasOther = false;
      }
      const endMs = times.lastTimeMs + barMs;
      const first = firstInView(times);
      const isReached = reachMs <= Math.max(first, oldest(times));
      if (isReached && isTold) return null;
      // Else a view half as long again behind the one in sight, so that panning finds it there.
      const lackingMs = isReached ? 2 * COLUMN_MS + barMs + endMs - newestBarMs : ((endMs - first) * 3) / 2;
      const fromMs = Math.max(oldest(times), endMs - Math.ceil(lackingMs / barMs) * barMs);
      asked = { fromMs, toMs: isReached ? endMs : Math.min(endMs, reachMs), stepMs: barMs };
      askedAtMs = nowMs;
      return asked;
    },
  };
}

export type PaneStore = ReturnType<typeof createPaneStore>;

const firstInView = ({ lastX, lastTimeMs, spacing, barMs }: BarTimes): number =>
  lastTimeMs - Math.ceil(lastX / spacing + 1) * barMs;

const oldest = ({ lastTimeMs, barMs }: BarTimes): number =>
  lastTimeMs + barMs - Math.min(MOST_BARS, Math.floor(LONGEST_MS / barMs)) * barMs;

const decode = ({ firstCell, bytes }: PaneCells): SideCells => ({
  firstCell,
  bytes: Uint8Array.from(atob(bytes), (character) => character.charCodeAt(0)),
});

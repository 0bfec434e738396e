import { splitSpans, type TimeSpan } from '@/lib/core/ranges';
import { ok, type Result } from '@/lib/core/result';
import { HOUR_MS, MINUTE_MS, floorToStep, type Clock } from '@/lib/core/time';
import { BAR_MS, type Bar, type BarMinutes } from '@/lib/market/bar';
import type { Contract } from '@/lib/market/contract';
import type { MarketLog } from '@/lib/store/log/market-log';
import type { MinuteHistory, Venue, VenueError } from '@/lib/venues/venue';

/** In so many places bars may have lost their minutes. */
const MOST_LOST_STRETCHES = 8;
/** Minutes that did not come so long after their bar's opening will not. */
const LATE_MS = HOUR_MS;

/** A bar with what is told of its inside. */
export interface WholeBar {
  readonly bar: Bar;
  readonly minutes: BarMinutes | undefined;
}

/** The bars of one contract with their minutes, where the venue has any to give. */
export interface WholeBars {
  fetch(span: TimeSpan): Promise<Result<readonly WholeBar[], VenueError>>;
  append(items: readonly WholeBar[]): Promise<void>;
  /**
   * Of the times of stored bars those of whole ones: bars that lack their minutes, most likely because a stored day of these
   * was damaged, are asked for again with them.
   */
  storedTimes(times: readonly number[]): Promise<readonly number[]>;
}

/** As if nothing was traded, which the fold takes for not known: of a bar of which they were asked for again in vain, lest each start does. */
const untold = ({ openTimeMs, open }: Bar): BarMinutes => ({
  openTimeMs,
  path: Float64Array.from({ length: (4 * BAR_MS) / MINUTE_MS }, (_, nth) => (nth % 4 === 3 ? 0 : open)),
});

/** Minutes are asked for from `minutesStartMs` on. */
export function createWholeBars(
  venue: Venue,
  contract: Contract,
  log: MarketLog,
  minutesStartMs: number,
  venueNow: Clock,
  signal: AbortSignal,
): WholeBars {
  /** Stored bars without their minutes, which are asked for again. */
  let lacking: ReadonlySet<number> = new Set();

  /** From then on bars can have their minutes. */
  const minutesFromMs = ({ reachMs }: MinuteHistory) =>
    Math.max(minutesStartMs, floorToStep(venueNow() - reachMs, BAR_MS) + BAR_MS);

  /** Page by page: every bar since the beginning has its minutes asked for, however long nobody was there to do so. */
  const fetchMinutes = async (
    minutes: MinuteHistory,
    span: TimeSpan,
  ): Promise<Result<readonly BarMinutes[], VenueError>> => {
    const asked = { ...span, startMs: Math.max(span.startMs, minutesFromMs(minutes)) };
    const found: BarMinutes[] = [];
    for (const page of splitSpans([asked], minutes.barsPerPage * BAR_MS)) {
      const told = await minutes.fetch(contract.symbol, page, signal);
      if (!told.ok) return told;
      found.push(...told.value);
    }
    return ok(found);
  };

  return {
    async fetch(span) {
      const [page, minutes] = await Promise.all([
        venue.fetchBars(contract.symbol, span, signal),
        venue.minutes === undefined ? ok([]) : fetchMinutes(venue.minutes, span),
      ]);
      if (!page.ok) return page;
      if (!minutes.ok) return minutes;
      const told = new Map(minutes.value.map((each) => [each.openTimeMs, each]));
      // At the end of the range they may merely be late: the bar is left for the next call, but not for ever.
      const isLate = ({ openTimeMs }: Bar) =>
        venue.minutes !== undefined &&
        openTimeMs >= minutesStartMs &&
        !told.has(openTimeMs) &&
        openTimeMs + 2 * BAR_MS > span.endMs &&
        venueNow() < openTimeMs + LATE_MS;
      const whole = page.value.filter((bar) => !isLate(bar));
      const minutesOf = (bar: Bar) =>
        told.get(bar.openTimeMs) ?? (lacking.has(bar.openTimeMs) ? untold(bar) : undefined);
      return ok(whole.map((bar) => ({ bar, minutes: minutesOf(bar) })));
    },

    async append(items) {
      const minutes = items.flatMap((each) => each.minutes ?? []);
      // Before their bars: what is folded of a stored bar never changes.
      if (minutes.length > 0) await log.appendMinutes(contract.id, minutes);
      await log.appendBars(
        contract.id,
        items.map(({ bar }) => bar),
      );
    },

    async storedTimes(times) {
      if (venue.minutes === undefined) return times;
      const fromMs = minutesFromMs(venue.minutes);
      const known = new Set(await log.readMinutesTimes(contract.id, fromMs));
      const without = new Set(times.filter((timeMs) => timeMs >= fromMs && !known.has(timeMs)));
      const [firstMs] = without;
      const stretches = [...without].filter((timeMs) => !without.has(timeMs - BAR_MS));
      // A contract that lacks them in many places is one of which the venue does not list every minute.
      if (firstMs === undefined || stretches.length > MOST_LOST_STRETCHES) return times;
      // They would be of a fold without them.
      await log.dropCheckpoints(contract.id, firstMs);
      lacking = without;
      return times.filter((timeMs) => !lacking.has(timeMs));
    },
  };
}

import { missingSpans, splitSpans, subtractSpan, totalMs, type TimeSpan } from '@/lib/core/ranges';
import type { Result } from '@/lib/core/result';
import type { Turns } from '@/lib/services/scheduling/turns';
import type { VenueError } from '@/lib/venues/venue';

/** One stored series of a contract with one item per `stepMs`, and where its items come from. */
export interface SeriesSource<T> {
  readonly stepMs: number;
  readonly itemsPerPage: number;
  readonly startMs: number;
  timeOf(item: T): number;
  fetch(span: TimeSpan): Promise<Result<readonly T[], VenueError>>;
  append(items: readonly T[]): Promise<unknown>;
  /** From the asking until it is stored; shared by all contracts of a venue, of which each would hold its own in memory. */
  readonly inTurn: Turns;
}

/** Pages of one series that are asked for together: as many as a venue answers at a time. */
export const PAGES_AT_ONCE = 8;

/** The newest step may be published a moment late. */
const MOST_LATE_STEPS = 1;

/** Knows what a stored series lacks and fetches just that. */
export interface SeriesFiller {
  /** Before this time nothing is missing any more: what is not stored does not exist. */
  readonly settledMs: number;
  /** Time of the newest item that is known; -Infinity before the first. */
  readonly newestMs: number;
  /** Milliseconds of the series before `endMs` that are neither stored nor known not to exist. */
  missingMs(endMs: number): number;
  /**
   * Fetches every missing page before what is the end by now, several at a time; the first error, if any, after all have
   * settled.
   */
  fill(endNow: () => number, onPage: () => void): Promise<VenueError | null>;
}

/**
 * A page settles what lies before its last item; the rest is asked again. An empty page settles its span only when a
 * later item is known: the newest steps may merely not be published yet. An item that nothing follows waits where steps
 * should be there that are not: then most likely the time is wrong by which it was asked for, and it is not whole yet.
 */
export function createSeriesFiller<T>(source: SeriesSource<T>, storedTimes: readonly number[]): SeriesFiller {
  const { stepMs, itemsPerPage, startMs } = source;
  let newestMs = storedTimes.at(-1) ?? -Infinity;
  let knownEndMs = Math.max(startMs, newestMs + stepMs);
  let gaps = missingSpans(storedTimes, startMs, knownEndMs, stepMs);

  const gapsBefore = (endMs: number): TimeSpan[] =>
    endMs > knownEndMs ? [...gaps, { startMs: knownEndMs, endMs }] : gaps.filter((gap) => gap.startMs < endMs);

  const settle = (span: TimeSpan): void => {
    if (span.endMs > knownEndMs) {
      gaps = [...gaps, { startMs: knownEndMs, endMs: span.endMs }];
      knownEndMs = span.endMs;
    }
    gaps = subtractSpan(gaps, span);
  };

  const wholeItems = (items: readonly T[], endMs: number): readonly T[] => {
    const lastMs = items.length === 0 ? newestMs : source.timeOf(items[items.length - 1]);
    const isDoubtful = lastMs > newestMs && lastMs + (1 + MOST_LATE_STEPS) * stepMs < endMs;
    return isDoubtful ? items.slice(0, -1) : items;
  };

  const fetchAndStore = async (span: TimeSpan, onPage: () => void): Promise<VenueError | null> => {
    const page = await source.fetch(span);
    if (!page.ok) return page.error;
    const items = wholeItems(page.value, span.endMs);
    await source.append(items);
    for (const item of items) newestMs = Math.max(newestMs, source.timeOf(item));
    const last = items.at(-1);
    if (last !== undefined)
      settle({ startMs: span.startMs, endMs: Math.min(span.endMs, source.timeOf(last) + stepMs) });
    else if (newestMs >= span.endMs) settle(span);
    onPage();
    return null;
  };

  const fetchPages = async (pages: readonly TimeSpan[], onPage: () => void): Promise<VenueError | null> => {
    const waiting = [...pages];
    let first: VenueError | null = null;
    const run = async (): Promise<void> => {
      for (let page = waiting.shift(); page !== undefined; page = waiting.shift()) {
        const error = await source.inTurn(() => fetchAndStore(page, onPage));
        first ??= error;
        // Of these the pages that wait would hear the same.
        if (error !== null && error.kind !== 'schema' && error.kind !== 'http') waiting.length = 0;
      }
    };
    await Promise.all(Array.from({ length: PAGES_AT_ONCE }, run));
    return first;
  };

  return {
    get settledMs() {
      return gaps[0]?.startMs ?? knownEndMs;
    },
    get newestMs() {
      return newestMs;
    },
    missingMs: (endMs) => totalMs(gapsBefore(endMs)),
    async fill(endNow, onPage) {
      for (;;) {
        const endMs = endNow();
        const spans = gapsBefore(endMs);
        const pages = splitSpans(spans, stepMs * itemsPerPage);
        const error = await fetchPages(pages, onPage);
        if (error !== null) return error;
        const restMs = totalMs(gapsBefore(endMs));
        if (restMs === 0 || restMs === totalMs(spans)) return null;
      }
    },
  };
}

import { splitSpans, type TimeSpan } from '@/lib/core/ranges';
import { ok, type Result } from '@/lib/core/result';
import { DAY_MS, HOUR_MS, SECOND_MS, floorToStep } from '@/lib/core/time';
import { BAR_MS, type Bar, type BarMinutes, type OpenInterestPoint } from '@/lib/market/bar';
import type { Contract } from '@/lib/market/contract';
import { createPageTurns, type PageTurns } from '@/lib/services/common-work';
import type { ServiceEnvironment } from '@/lib/services/environment';
import type { VenueClock } from '@/lib/services/venue-clock';
import type { MarketLog } from '@/lib/store/market-log';
import { RETENTION } from '@/lib/store/prune';
import type { MinuteHistory, Venue, VenueError } from '@/lib/venues/venue';

import { createSeriesFiller, type SeriesFiller } from './series-filler';

const HISTORY_DAYS = 30;
const SEED_DAYS = 30;
/** Kept from the edge of what the venue reaches back to: it moves while a request is on its way. */
const REACH_MARGIN_MS = 2 * HOUR_MS;
/** In so many places bars may have lost their minutes. */
const MOST_LOST_STRETCHES = 8;
/** Minutes that did not come so long after their bar's opening will not. */
const LATE_MS = HOUR_MS;
/** A figure of this moment counts for the end of a bar that is not longer past or ahead. */
const BOUNDARY_WINDOW_MS = 20 * SECOND_MS;
/** After a bar closes its open interest takes seconds to be published: ask again in these steps. */
const RETRY_MS = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000] as const;

export interface HistoryCollector {
  /** Reads what is stored; `historyStartMs` and `settledThroughMs` hold from then on. The venue's time is waited for last. */
  open(timeKnown?: Promise<void>): Promise<void>;
  /** Starts filling what is missing; failures are retried inside until the signal aborts. */
  fill(): Promise<void>;
  /** The venue's time moved or a connection came back: look whether the log lacks something. */
  poke(): void;
  /** Try now what waits. */
  retry(): void;
  readonly historyStartMs: number;
  /** From then on the minutes of bars are asked for; null where the venue has none to give. */
  readonly minutesStartMs: number | null;
  /** End of the last bar that is whole: it, its open interest and all before them are stored, or known not to exist. */
  readonly settledThroughMs: number;
}

export interface HistoryEvents {
  onProgress(daysDone: number, daysTotal: number): void;
  /** Rows were added to the log. */
  onLog(): void;
  /** The last attempt failed, or (null) worked again. */
  onError(error: VenueError | null): void;
  /** Something that should not fail did, most likely the store; tried again later. */
  onFailure(cause: unknown): void;
}

/** Keeps one contract's bars and open interest complete up to the last closed bar: 30 days at first, then each bar as it closes. */
export function createHistoryCollector(
  venue: Venue,
  contract: Contract,
  log: MarketLog,
  clock: VenueClock,
  environment: ServiceEnvironment,
  events: HistoryEvents,
  signal: AbortSignal,
  pages: PageTurns = createPageTurns(),
): HistoryCollector {
  const isPolled = venue.openInterestReachMs === 0;
  let historyStartMs = 0;
  let minutesStartMs = 0;
  let bars: SeriesFiller;
  let openInterest: SeriesFiller;
  let cancelTimer = () => {};
  let syncing: Promise<void> | null = null;
  let pokedMs = 0;
  let attempt = 0;

  /** The first fold needs open interest at its beginning, hence one point more than bars. */
  const boundary = () => floorToStep(clock.now(), BAR_MS);
  const missingMs = () => bars.missingMs(boundary()) + openInterest.missingMs(boundary() + BAR_MS);

  /** Where the venue keeps no history of it: what it says just after a bar's end. A missed end stays missing. */
  const pollOpenInterest = async (span: TimeSpan): Promise<Result<readonly OpenInterestPoint[], VenueError>> => {
    const timeMs = boundary();
    const isNear = clock.now() - timeMs <= BOUNDARY_WINDOW_MS;
    if (!isNear || timeMs < span.startMs || timeMs >= span.endMs) return ok([]);
    const snapshot = await venue.fetchSnapshot(contract.symbol, signal);
    if (!snapshot.ok) return snapshot;
    const point = snapshot.value.openInterest;
    if (point === null || Math.abs(point.timeMs - timeMs) > BOUNDARY_WINDOW_MS) return ok([]);
    return ok([{ timeMs, openInterest: point.openInterest }]);
  };

  const fetchOpenInterest = (span: TimeSpan): Promise<Result<readonly OpenInterestPoint[], VenueError>> => {
    // A venue may withdraw its history while it is in use.
    if (venue.openInterestReachMs === 0) return pollOpenInterest(span);
    const reachMs = floorToStep(clock.now() - venue.openInterestReachMs + REACH_MARGIN_MS, BAR_MS);
    if (span.endMs <= reachMs) return Promise.resolve(ok([]));
    return venue.fetchOpenInterest(contract.symbol, { ...span, startMs: Math.max(span.startMs, reachMs) }, signal);
  };

  /** From then on bars can have their minutes. */
  const minutesFromMs = ({ reachMs }: MinuteHistory) =>
    Math.max(minutesStartMs, floorToStep(clock.now() - reachMs, BAR_MS) + BAR_MS);

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

  /** Minutes are stored before their bars: what is folded of a stored bar never changes. */
  const fetchBars = async (span: TimeSpan): Promise<Result<readonly Bar[], VenueError>> => {
    if (venue.minutes === undefined) return venue.fetchBars(contract.symbol, span, signal);
    const [page, minutes] = await Promise.all([
      venue.fetchBars(contract.symbol, span, signal),
      fetchMinutes(venue.minutes, span),
    ]);
    if (!page.ok) return page;
    if (!minutes.ok) return minutes;
    const told = new Map(minutes.value.map((each) => [each.openTimeMs, each]));
    // At the end of the range they may merely be late: the bar is left for the next call, but not for ever.
    const isLate = ({ openTimeMs }: Bar) =>
      openTimeMs >= minutesStartMs &&
      !told.has(openTimeMs) &&
      openTimeMs + 2 * BAR_MS > span.endMs &&
      clock.now() < openTimeMs + LATE_MS;
    const whole = page.value.filter((bar) => !isLate(bar));
    const own = whole.map((bar) => told.get(bar.openTimeMs)).filter((each) => each !== undefined);
    if (own.length > 0) await log.appendMinutes(contract.id, own);
    return ok(whole);
  };

  /** Keeps where the fold begins once it has begun; a log that ended before the venue's reach cannot be continued. */
  const findHistoryStart = async (newestMs: number | undefined): Promise<void> => {
    const reachMs = clock.now() - HISTORY_DAYS * DAY_MS + REACH_MARGIN_MS;
    if (newestMs !== undefined && newestMs < reachMs) await log.forgetFold(contract.id);
    const startMs = fullHourFrom(Math.max(contract.listedTimeMs, reachMs));
    // Of the days before the last, a request each would be too much at the start.
    const minutesMs = Math.max(startMs, fullHourFrom(reachMs) + (HISTORY_DAYS - 1) * DAY_MS);
    const kept = await log.keepHistoryStart(contract.id, { startMs, minutesMs });
    historyStartMs = kept.startMs;
    minutesStartMs = kept.minutesMs ?? kept.startMs + (HISTORY_DAYS - 1) * DAY_MS;
  };

  /**
   * Without bars that lack their minutes, most likely because a stored day of these was damaged: they are asked for again
   * with them. A contract that lacks them in many places is one of which the venue does not list every minute.
   */
  const withMinutes = async (times: readonly number[]): Promise<readonly number[]> => {
    if (venue.minutes === undefined) return times;
    const fromMs = minutesFromMs(venue.minutes);
    const known = new Set(await log.readMinutesTimes(contract.id, fromMs));
    const lacking = new Set(times.filter((timeMs) => timeMs >= fromMs && !known.has(timeMs)));
    const [firstMs] = lacking;
    const stretches = [...lacking].filter((timeMs) => !lacking.has(timeMs - BAR_MS));
    if (firstMs === undefined || stretches.length > MOST_LOST_STRETCHES) return times;
    // They would be of a fold without them.
    await log.dropCheckpoints(contract.id, firstMs);
    return times.filter((timeMs) => !lacking.has(timeMs));
  };

  const open = async (timeKnown = Promise.resolve()): Promise<void> => {
    const [storedBars, storedPoints] = await Promise.all([
      log.readBarTimes(contract.id, 0),
      log.readOpenInterestTimes(contract.id, 0),
    ]);
    await timeKnown;
    await findHistoryStart(storedBars.at(-1));
    // What is older may have been pruned and is folded into a checkpoint already.
    const startMs = Math.max(historyStartMs, floorToStep(clock.now() - RETENTION.seriesMs + DAY_MS, BAR_MS));
    // Nothing of the past is to be had of a figure that is only told as of now.
    const interestStartMs = isPolled ? Math.max(startMs, boundary()) : startMs;
    bars = createSeriesFiller<Bar>(
      {
        stepMs: BAR_MS,
        itemsPerPage: venue.barsPerPage,
        startMs,
        timeOf: (bar) => bar.openTimeMs,
        fetch: fetchBars,
        append: (items) => log.appendBars(contract.id, items),
        inTurn: pages.bars,
      },
      (await withMinutes(storedBars)).filter((timeMs) => timeMs >= startMs),
    );
    openInterest = createSeriesFiller<OpenInterestPoint>(
      {
        stepMs: BAR_MS,
        itemsPerPage: venue.openInterestPerPage,
        startMs: interestStartMs,
        timeOf: (point) => point.timeMs,
        fetch: fetchOpenInterest,
        append: (items) => log.appendOpenInterest(contract.id, items),
        inTurn: pages.openInterest,
      },
      storedPoints.filter((timeMs) => timeMs >= interestStartMs),
    );
  };

  /** Hourly bars from before the history; stored once, so that every later fold begins the same. */
  const fillSeed = async (onPage: () => void): Promise<VenueError | null> => {
    if ((await log.readSeed(contract.id)) !== null) return null;
    const span = { startMs: historyStartMs - SEED_DAYS * DAY_MS, endMs: historyStartMs };
    const page = await venue.fetchHourlyBars(contract.symbol, span, signal);
    if (!page.ok) return page.error;
    await log.keepSeed(contract.id, page.value);
    onPage();
    return null;
  };

  const reportProgress = () => {
    const totalDays = Math.max(0, boundary() - historyStartMs) / DAY_MS;
    events.onProgress(Math.max(0, totalDays - missingMs() / 2 / DAY_MS), totalDays);
  };

  const schedule = (delayMs: number) => {
    cancelTimer();
    if (!signal.aborted) cancelTimer = environment.setTimer(() => void sync(), delayMs);
  };

  const syncOnce = async (): Promise<void> => {
    const endMs = boundary();
    // A venue whose stream is down states no time, and without one does not call the newest bar closed.
    if (attempt > 1 && bars.missingMs(endMs) > 0) await venue.fetchTime(signal);
    const onPage = () => {
      reportProgress();
      events.onLog();
    };
    const errors = await Promise.all([
      fillSeed(onPage),
      bars.fill(endMs, onPage),
      openInterest.fill(endMs + BAR_MS, onPage),
    ]);
    if (signal.aborted) return;
    const error = errors.find((each) => each !== null) ?? null;
    events.onError(error);
    const isWhole = error === null && missingMs() === 0;
    attempt = isWhole ? 0 : attempt + 1;
    const retryMs = RETRY_MS[Math.min(attempt, RETRY_MS.length) - 1] ?? 0;
    const waitMs = (error?.retryAtMs ?? 0) - environment.now();
    schedule(isWhole ? boundary() + BAR_MS - clock.now() + RETRY_MS[0] : Math.max(retryMs, waitMs));
  };

  const sync = (): Promise<void> => {
    if (signal.aborted) return Promise.resolve();
    syncing ??= syncOnce()
      .catch((cause: unknown) => {
        environment.log(`history of ${contract.id}: ${String(cause)}`);
        events.onFailure(cause);
        schedule(RETRY_MS.at(-1) ?? 0);
      })
      .finally(() => {
        syncing = null;
      });
    return syncing;
  };

  signal.addEventListener('abort', () => cancelTimer());

  return {
    open,
    fill() {
      pokedMs = boundary();
      reportProgress();
      return sync();
    },
    poke() {
      if (pokedMs === 0 || boundary() === pokedMs) return;
      pokedMs = boundary();
      attempt = 0;
      void sync();
    },
    retry() {
      attempt = 0;
      if (pokedMs !== 0) void sync();
    },
    get historyStartMs() {
      return historyStartMs;
    },
    get minutesStartMs() {
      return venue.minutes === undefined ? null : minutesStartMs;
    },
    get settledThroughMs() {
      return Math.min(bars.settledMs, openInterest.settledMs - BAR_MS);
    },
  };
}

const fullHourFrom = (timeMs: number): number => floorToStep(timeMs + HOUR_MS - 1, HOUR_MS);

import { DAY_MS, HOUR_MS, floorToStep } from '@/lib/core/time';
import { BAR_MS, type OpenInterestPoint } from '@/lib/market/bar';
import type { Contract } from '@/lib/market/contract';
import type { ServiceEnvironment } from '@/lib/services/environment';
import type { VenueClock } from '@/lib/services/venue/venue-clock';
import type { MarketLog } from '@/lib/store/log/market-log';
import { RETENTION } from '@/lib/store/log/prune';
import type { Venue, VenueError } from '@/lib/venues/venue';

import { createOpenInterestSource, REACH_MARGIN_MS } from './open-interest-source';
import { createSeriesFiller, type SeriesFiller } from './series-filler';
import { createPageTurns, type PageTurns } from './shared-work';
import { createWholeBars, type WholeBar } from './whole-bars';

const HISTORY_DAYS = 30;
const SEED_DAYS = 30;
/** A map is soon whole again of which no more is missing. */
const MOST_WAITING_MS = HOUR_MS;
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
  /** Somebody looks again. */
  catchUp(): void;
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
  /** While nobody looks, bars of the last minutes wait: they can be asked for later. */
  isSeen(): boolean;
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
  /** A venue may withdraw its history while it is in use. */
  const isPolled = () => venue.openInterestReachMs === 0;
  let historyStartMs = 0;
  let minutesStartMs = 0;
  let bars: SeriesFiller;
  let openInterest: SeriesFiller;
  let interestStartMs = 0;
  let fillInterestFrom: (fromMs: number) => void;
  let cancelTimer = () => {};
  let syncing: Promise<void> | null = null;
  let pokedMs = 0;
  let attempt = 0;

  /** The first fold needs open interest at its beginning, hence one point more than bars. */
  const boundary = () => floorToStep(clock.now(), BAR_MS);
  const missingMs = () => bars.missingMs(boundary()) + openInterest.missingMs(boundary() + BAR_MS);

  const fetchOpenInterest = createOpenInterestSource(venue, contract, clock, () => bars.newestMs, signal);

  /** Keeps where the fold begins once it has begun; a log that ended before the venue's reach cannot be continued. */
  const findHistoryStart = async (newestMs: number | undefined): Promise<void> => {
    const reachMs = clock.now() - HISTORY_DAYS * DAY_MS + REACH_MARGIN_MS;
    // By a machine's clock that is wrong neither may a fold be given up, nor one go on that began in its future.
    const isOver = newestMs !== undefined && newestMs < reachMs;
    const isAhead = ((await log.readHistoryStart(contract.id)) ?? 0) > clock.now();
    if (clock.isKnown && (isOver || isAhead)) await log.forgetFold(contract.id);
    const startMs = fullHourFrom(Math.max(contract.listedTimeMs, reachMs));
    // Of the days before the last, a request each would be too much at the start.
    const minutesMs = Math.max(startMs, fullHourFrom(reachMs) + (HISTORY_DAYS - 1) * DAY_MS);
    const kept = await log.keepHistoryStart(contract.id, { startMs, minutesMs });
    historyStartMs = kept.startMs;
    minutesStartMs = kept.minutesMs ?? kept.startMs + (HISTORY_DAYS - 1) * DAY_MS;
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
    const whole = createWholeBars(venue, contract, log, minutesStartMs, () => clock.now(), signal);
    bars = createSeriesFiller<WholeBar>(
      {
        stepMs: BAR_MS,
        itemsPerPage: venue.barsPerPage,
        startMs,
        timeOf: ({ bar }) => bar.openTimeMs,
        fetch: (span) => whole.fetch(span),
        append: (items) => whole.append(items),
        inTurn: pages.bars,
      },
      (await whole.storedTimes(storedBars)).filter((timeMs) => timeMs >= startMs),
    );
    // Nothing of the past is to be had of a figure that is only told as of now.
    fillInterestFrom = (fromMs) => {
      interestStartMs = isPolled() ? Math.max(startMs, fromMs) : startMs;
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
    fillInterestFrom(boundary());
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
    // The time was ahead when it began.
    if (isPolled() && endMs < interestStartMs) fillInterestFrom(endMs);
    // A venue whose stream is down states no time, and without one does not call the newest bar closed.
    if (attempt > 1 && bars.missingMs(endMs) > 0) await venue.fetchTime(signal);
    const onPage = () => {
      reportProgress();
      events.onLog();
    };
    const errors = await Promise.all([
      fillSeed(onPage),
      bars.fill(boundary, onPage),
      openInterest.fill(() => boundary() + BAR_MS, onPage),
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

  /** A figure that is only told as of now cannot. */
  const mayWait = () => !events.isSeen() && !isPolled() && missingMs() <= 2 * MOST_WAITING_MS;

  const sync = (): Promise<void> => {
    if (signal.aborted || mayWait()) return Promise.resolve();
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
    catchUp() {
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

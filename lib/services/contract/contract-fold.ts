import { DAY_MS, floorToStep, HOUR_MS, SECOND_MS, type Clock } from '@/lib/core/time';
import type { Contract } from '@/lib/market/contract';
import type { RiskTiers } from '@/lib/market/risk-tier';
import { VENUE_FACTS } from '@/lib/market/venue-facts';
import { createBookConfig } from '@/lib/model/book-config';
import type { FeedSampling } from '@/lib/model/sampled-feed';
import type { ServiceEnvironment } from '@/lib/services/environment';
import type { MarketLog } from '@/lib/store/log/market-log';
import { TIERS_FRESH_MS } from '@/lib/venues/tier-book';
import type { Venue } from '@/lib/venues/venue';

import { createEstimator, type Estimator } from './estimator';
import type { HistoryCollector } from './history-collector';
import { learnMix } from './learn-mix';
import { learnObserved } from './learn-observed';
import { patientPause } from './patient-pause';
import { createScoreboard, type Scoreboard } from './scoreboard';
import type { SharedWork } from './shared-work';

/** Brackets that the venue did not tell are asked for again, each time twice as late. */
const FIRST_TIERS_RETRY_MS = 15 * SECOND_MS;
const MOST_TIERS_RETRY_MS = HOUR_MS;
/** Columns are stored for good: those of the past wait for the venue's own brackets until it was asked so often. */
const COLUMNS_WAIT_TRIES = 4;
/** A fold of more than this since the last checkpoint waits its turn. */
const LONG_FOLD_MS = 2 * HOUR_MS;

/**
 * One contract's estimator through its life: opened with the tiers that hold, opened anew when they or the mix in force change,
 * fed as the log grows, scored against what was then liquidated.
 */
export interface ContractFold {
  /** Null before tiers are known. */
  readonly estimator: Estimator | null;
  readonly tiers: RiskTiers | null;
  /** Null before the first `open`. */
  readonly scoreboard: Scoreboard | null;
  /** From what is stored; the history must be open. */
  open(): Promise<void>;
  /** Asks the venue for its tiers, and folds anew where they changed; where it tells none, again later. */
  refreshTiers(): Promise<void>;
  /** Folds what the log holds by now; one fold at a time, in order. */
  advance(): void;
  /** Folds anew under the prior that is chosen now. */
  restate(): void;
  /** Asks at once for brackets that the venue did not tell. */
  retry(): void;
  /** Makes the columns that a long fold went over; nobody waits for them, so they must not hold up the next bar. */
  fillColumns(): void;
  /** Forgets what liquidations taught: the stated prior holds again, and only what comes from now on counts. */
  resetLearning(): Promise<void>;
}

export interface ContractFoldOptions {
  readonly venue: Venue;
  readonly contract: Contract;
  readonly log: MarketLog;
  readonly history: Pick<HistoryCollector, 'historyStartMs' | 'settledThroughMs'>;
  readonly environment: ServiceEnvironment;
  readonly sharedWork: SharedWork;
  readonly venueNow: Clock;
  readonly signal: AbortSignal;
  /** Open interest as of now, for where the log has none; NaN while the history is not whole. */
  readonly polledOpenInterest: () => number;
  /** After each fold. */
  readonly onFold: (hasFolded: boolean) => Promise<void> | void;
  /** Rows that the fold rests on were given up. */
  readonly onLostRows: () => void;
  readonly onError: (what: string, cause: unknown) => void;
}

export function createContractFold(options: ContractFoldOptions): ContractFold {
  const { venue, contract, log, history, environment, sharedWork, signal } = options;
  // Since April 2026 Binance keeps the largest of each second; what others keep that are sampled is taken to be the same.
  const sampling: FeedSampling = VENUE_FACTS[contract.venueId].liquidationFeed === 'sampled' ? 'largest' : 'complete';
  let estimator: Estimator | null = null;
  let tiers: RiskTiers | null = null;
  let scoreboard: Scoreboard | null = null;
  let consideredDayMs = -Infinity;
  let tiersFailures = 0;
  let cancelTiers = () => {};
  let advancing: Promise<void> = Promise.resolve();
  /** What is wanted meanwhile comes afterwards: another estimator may lack other columns. */
  let filling: Promise<void> = Promise.resolve();
  /** Of a long one bars by the hundred are folded behind: once is enough for all of them. */
  let isFillWaiting = false;

  /** Whatever reads or replaces the estimator: one after the other, so that what was wanted last holds. */
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const done = advancing.then(() => (signal.aborted ? undefined : work()));
    advancing = done.catch(() => {});
    return done;
  };
  const foldFailed = (cause: unknown) => options.onError('fold', cause);

  const createFolded = async (known: RiskTiers): Promise<Estimator> => {
    scoreboard ??= await createScoreboard(contract, log, sampling, options.venueNow());
    return createEstimator(contract, known, history.historyStartMs, log, {
      sampling,
      scoreboard,
      prior: sharedWork.prior(),
      liveBooks: sharedWork.liveBooks,
    });
  };

  /** At most once in a day of the venue, after a checkpoint, as only what is stored is learned from; true when another mix holds. */
  const learnDaily = async (folded: Estimator, known: RiskTiers): Promise<boolean> => {
    const dayMs = floorToStep(folded.savedThroughMs, DAY_MS);
    const learnedDayMs = floorToStep(folded.mixInForce?.throughMs ?? -Infinity, DAY_MS);
    if (dayMs <= learnedDayMs) return false;
    const stated = createBookConfig(known, contract.settlement, sharedWork.prior());
    // A panel may come to know enough in the course of the day.
    if (venue.fetchPosition !== undefined)
      return learnObserved(contract, stated, log, {
        openInterest: options.polledOpenInterest(),
        openedPerHeld: folded.openedPerHeld,
        throughMs: folded.savedThroughMs,
      });
    if (dayMs <= consideredDayMs) return false;
    consideredDayMs = dayMs;
    return learnMix(contract, stated, log);
  };

  const advanceFold = (folded: Estimator): Promise<boolean> => {
    const work = () => folded.advance(history.settledThroughMs, options.polledOpenInterest());
    return history.settledThroughMs - folded.savedThroughMs > LONG_FOLD_MS ? sharedWork.folds(work) : work();
  };

  const fold = async (): Promise<void> => {
    const current = estimator;
    if (current === null || tiers === null) return;
    const hasFolded = await advanceFold(current);
    await options.onFold(hasFolded);
    if (log.hasLostRows(contract.id)) options.onLostRows();
    if (current.savedThroughMs === -Infinity) return;
    await scoreboard?.settle(current.throughMs);
    if (!(await learnDaily(current, tiers))) return;
    // The map of the former mix stays until the new one is whole.
    const next = await createFolded(tiers);
    await advanceFold(next);
    estimator = next;
    await options.onFold(true);
  };

  const advance = (): void => void inTurn(fold).catch(foldFailed);

  const openEstimator = async (known: RiskTiers): Promise<void> => {
    const before = tiers;
    tiers = known;
    try {
      estimator = await createFolded(known);
    } catch (cause) {
      // Another attempt must find that these are not in force.
      tiers = before;
      throw cause;
    }
    advance();
  };

  const refreshTiers = async (): Promise<void> => {
    cancelTiers();
    const fetched = await venue.fetchRiskTiers(contract.symbol, signal);
    if (signal.aborted) return;
    if (fetched.source === 'bundled') askTiersLater();
    else {
      tiersFailures = 0;
      cancelTiers();
      // Not every venue pushes what it changes.
      cancelTiers = environment.setTimer(retryTiers, TIERS_FRESH_MS);
    }
    if (fetched.source === 'bundled' && tiers !== null) return;
    await inTurn(async () => {
      const isSame = tiers !== null && JSON.stringify(tiers.tiers) === JSON.stringify(fetched.tiers);
      if (isSame) tiers = fetched;
      // Whether or not they can be kept.
      else await openEstimator(fetched);
    });
    await log.writeRiskTiers(contract.id, fetched);
  };
  const askTiersLater = (): void => {
    cancelTiers();
    const waitMs = Math.min(MOST_TIERS_RETRY_MS, FIRST_TIERS_RETRY_MS * 2 ** tiersFailures);
    tiersFailures += 1;
    cancelTiers = environment.setTimer(retryTiers, waitMs);
    if (tiersFailures === COLUMNS_WAIT_TRIES) advance();
  };
  const retryTiers = (): void => {
    refreshTiers().catch((cause: unknown) => options.onError('tiers', cause));
  };
  signal.addEventListener('abort', () => cancelTiers());

  const fillColumns = (): void => {
    if (tiers?.source === 'bundled' && tiersFailures < COLUMNS_WAIT_TRIES) return;
    if (isFillWaiting) return;
    isFillWaiting = true;
    filling = filling
      .then(() => {
        isFillWaiting = false;
        return estimator?.fillColumns(sharedWork.columns, () => patientPause(environment), signal);
      })
      .catch((cause: unknown) => options.onError('columns', cause));
  };

  return {
    open: () =>
      inTurn(async () => {
        const known = tiers ?? (await log.readRiskTiers(contract.id));
        if (known !== null) await openEstimator(known);
      }),
    refreshTiers,
    advance,
    resetLearning: () =>
      inTurn(async () => {
        await log.resetLearning(contract.id, options.venueNow());
        scoreboard = null;
        consideredDayMs = -Infinity;
        if (tiers !== null) await openEstimator(tiers);
      }).catch(foldFailed),
    restate: () => void inTurn(async () => (tiers === null ? undefined : openEstimator(tiers))).catch(foldFailed),
    retry() {
      if (tiersFailures > 0) retryTiers();
    },
    fillColumns,
    get estimator() {
      return estimator;
    },
    get tiers() {
      return tiers;
    },
    get scoreboard() {
      return scoreboard;
    },
  };
}

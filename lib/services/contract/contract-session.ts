import { changeSince, orNull } from '@/lib/core/num';
import type { Bar } from '@/lib/market/bar';
import type { Contract } from '@/lib/market/contract';
import type { ObservedLayer } from '@/lib/market/observed';
import type { Profile } from '@/lib/market/profile';
import type { ContractSummary, ContractWindow } from '@/lib/market/summary';
import type { ServiceEnvironment } from '@/lib/services/environment';
import type { LiquidationRecord } from '@/lib/services/liquidations/liquidation-record';
import type { VenueClock } from '@/lib/services/venue/venue-clock';
import type { MarketLog } from '@/lib/store/log/market-log';
import type { Venue } from '@/lib/venues/venue';

import { createClosedBars } from './closed-bars';
import { createContractMap } from './contract-map';
import { pollContract } from './contract-polls';
import { createContractStream, type ContractStreamHandlers } from './contract-stream';
import { createContractSummary } from './contract-summary';
import { createLiveMarket } from './live-market';
import type { ReadInterval } from './market-interval';
import { createObservedAccounts } from './observed-accounts';
import { createPolledFigures } from './polled-figures';
import type { SharedWork, PageTurns } from './shared-work';

/** What a session tells the market that it is a part of. */
export interface SessionEvents {
  /** The map may be another one now. */
  onChange(): void;
  /** Only figures beside the map changed. */
  onFigures(): void;
  /** Whether anybody looks at the market: what can be asked for later waits while nobody does. */
  isSeen(): boolean;
  onProgress(daysDone: number, daysTotal: number): void;
  /** Something that should not fail did, most likely the store. */
  onFailure(cause: unknown): void;
}

/** One contract being followed: history filled, streams folded, map and figures at hand until stopped. */
export interface ContractSession {
  readonly contract: Contract;
  readonly stream: ContractStreamHandlers;
  /**
   * The map as of now, made anew only where something changed since the last; null while there is none. Lends its
   * arrays. Its groups of leverage are there where they are wanted.
   */
  profile(wantsGroups: boolean): Profile<Float32Array> | null;
  /** The contract's own figures and those of a map in its prices with its intervals; null while there are none. */
  summary(profile: Profile, interval: ReadInterval): ContractSummary | null;
  /** What its public accounts were seen to hold; null where none are public, or none is known. */
  observed(): ObservedLayer | null;
  /** What was seen to be liquidated of it. */
  liquidated(): readonly ContractWindow[];
  /** 80 % interval of the USD between two prices on one side of the last map. */
  readonly interval: ReadInterval;
  /** Fraction; null where either end is not known. */
  readonly openInterestChange24h: number | null;
  /** Before then it is taken to be what it was first seen to be; null where all of it was observed. */
  readonly openInterestSinceMs: number | null;
  readonly progress: { readonly daysDone: number; readonly daysTotal: number } | null;
  /** Machine time of the newest data; null before the first. */
  readonly lastDataMs: number | null;
  /** The bars that the log may not have yet, the newest possibly still open. */
  readonly openBars: readonly Bar[];
  /** Since when no as-of column is still to be made, as its estimator has it. */
  readonly filledFromMs: number | undefined;
  retry(): void;
  /** Asks for what waited while nobody looked. */
  catchUp(): void;
  /** Folds anew under the prior that is chosen now. */
  restate(): void;
  /** Forgets what liquidations taught. */
  resetLearning(): Promise<void>;
  stop(): void;
}

export interface SessionOptions {
  readonly venue: Venue;
  readonly contract: Contract;
  readonly log: MarketLog;
  readonly clock: VenueClock;
  readonly environment: ServiceEnvironment;
  readonly sharedWork: SharedWork;
  readonly pages: PageTurns;
  readonly events: SessionEvents;
  readonly record: LiquidationRecord;
  /** Notes up to now that the contract's liquidations are being recorded, where they are; done once that is stored. */
  readonly extendSpan: () => Promise<void>;
}

export function createContractSession(options: SessionOptions): ContractSession {
  const { venue, contract, log, clock, environment, events, record } = options;
  const abort = new AbortController();
  const { signal } = abort;
  const live = createLiveMarket();
  const figures = createPolledFigures(venue, contract, log, signal);

  const failed = (what: string, cause: unknown) => {
    if (signal.aborted) return;
    environment.log(`${what} of ${contract.id}: ${String(cause)}`);
    events.onFailure(cause);
  };

  const closed = createClosedBars(options, {
    live,
    figures,
    signal,
    failed,
    onFold(hasFigures) {
      if (hasFigures) return events.onFigures();
      touch();
      if (map.isWhole) fold.fillColumns();
    },
  });
  const { history, fold, opening, openBars } = closed;

  const accounts = createObservedAccounts(venue, {
    contract,
    log,
    venueNow: () => clock.now(),
    environment,
    isSeen: () => events.isSeen(),
    onChange: () => events.onFigures(),
    onFailure: (cause) => failed('accounts', cause),
    signal,
  });

  const map = createContractMap(fold, live, () => clock.now());

  const summary = createContractSummary({
    contract,
    fold,
    map,
    live,
    figures,
    history,
    openBars,
    onScores: () => events.onFigures(),
    onError: (cause) => failed('scores', cause),
  });

  const touch = () => {
    map.touch();
    events.onChange();
  };

  opening.open();

  const stream = createContractStream({
    live,
    accounts,
    clock,
    environment,
    pokeHistory: () => history.poke(),
    onHeard: touch,
    onLiquidation: () => events.onFigures(),
    onTiersChanged() {
      if (opening.isOpen) fold.refreshTiers().catch((cause: unknown) => failed('tiers', cause));
    },
  });

  const pollNow = pollContract({
    venue,
    contract,
    live,
    figures,
    environment,
    isSeen: () => events.isSeen(),
    onSnapshot(venueTimeMs) {
      // It may be the only open interest there is.
      if (opening.isOpen && !map.isWhole) fold.advance();
      stream.heard(venueTimeMs);
    },
    onError: (cause) => failed('poll', cause),
    signal,
  });

  return {
    contract,
    stream: stream.handlers,
    profile: (wantsGroups) => map.profile(wantsGroups),
    summary,
    observed: () => accounts?.layer(map.last, fold.tiers) ?? null,
    liquidated: () => record.windows(contract.id),
    interval: (side, fromPrice, toPrice) =>
      fold.estimator?.interval(side, fromPrice, toPrice) ?? { usd: 0, lowUsd: 0, highUsd: 0 },
    get openInterestSinceMs() {
      return figures.openInterestSinceMs;
    },
    get openInterestChange24h() {
      return orNull(changeSince(figures.dayAgo.openInterest, live.openInterest));
    },
    get openBars() {
      return openBars();
    },
    get filledFromMs() {
      return fold.estimator?.filledFromMs;
    },
    get progress() {
      return closed.progress;
    },
    get lastDataMs() {
      return stream.lastDataMs;
    },
    retry() {
      if (!opening.isOpen) return opening.open();
      history.retry();
      fold.retry();
    },
    catchUp() {
      pollNow();
      history.catchUp();
    },
    restate: () => fold.restate(),
    resetLearning: () => fold.resetLearning(),
    stop: () => abort.abort(),
  };
}

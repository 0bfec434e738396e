import { BAR_MS, type Bar } from '@/lib/market/bar';
import { SPAN_EXTEND_MS } from '@/lib/services/liquidations/recording-span';

import { createContractFold, type ContractFold } from './contract-fold';
import { reachesNow } from './contract-map';
import { createContractOpening, type ContractOpening } from './contract-opening';
import type { ContractSession, SessionOptions } from './contract-session';
import { createHistoryCollector, type HistoryCollector } from './history-collector';
import type { LiveMarket } from './live-market';
import type { PolledFigures } from './polled-figures';

/** A contract's bars from the venue to the log, and from the log to its book. */
export interface ClosedBars {
  readonly history: HistoryCollector;
  readonly fold: ContractFold;
  readonly opening: ContractOpening;
  readonly progress: ContractSession['progress'];
  /** The bars that the log may not have yet, the newest possibly still open. */
  readonly openBars: () => readonly Bar[];
}

export interface ClosedBarsOptions {
  readonly live: LiveMarket;
  readonly figures: PolledFigures;
  readonly signal: AbortSignal;
  readonly failed: (what: string, cause: unknown) => void;
  /** After each fold, and again once the figures are read that hang on it. */
  readonly onFold: (hasFigures: boolean) => void;
}

export function createClosedBars(
  { venue, contract, log, clock, environment, sharedWork, pages, events, record, extendSpan }: SessionOptions,
  { live, figures, signal, failed, onFold }: ClosedBarsOptions,
): ClosedBars {
  const { liquidationLagMs: lagMs = 0 } = venue;
  let progress: ContractSession['progress'] = null;

  const openBars = (): readonly Bar[] =>
    fold.estimator === null ? [] : live.barsAfter(fold.estimator.throughMs, fold.estimator.pendingBars);

  /** A bar counts as recorded only if the span that is stored reaches its end. */
  const foldRecorded = (): void => {
    if (!signal.aborted) void extendSpan().then(() => fold.advance());
  };

  /** Whether one bar at most is to be folded, which the map has from the stream: it can wait for its last liquidations. */
  const hasStreamedNewest = (): boolean => {
    const throughMs = fold.estimator?.throughMs ?? -Infinity;
    return history.settledThroughMs <= throughMs + BAR_MS && openBars()[0]?.openTimeMs === throughMs;
  };

  const history = createHistoryCollector(
    venue,
    contract,
    log,
    clock,
    environment,
    {
      onProgress(daysDone, daysTotal) {
        progress = { daysDone, daysTotal };
        events.onProgress(daysDone, daysTotal);
      },
      onLog() {
        if (lagMs > 0 && hasStreamedNewest()) environment.setTimer(foldRecorded, lagMs + SPAN_EXTEND_MS);
        else foldRecorded();
      },
      onError: (error) => error !== null && environment.log(`history of ${contract.id}: ${error.detail}`),
      onFailure: (cause) => events.onFailure(cause),
      isSeen: () => events.isSeen(),
    },
    signal,
    pages,
  );

  const fold = createContractFold({
    venue,
    contract,
    log,
    history,
    environment,
    sharedWork,
    venueNow: () => clock.now(),
    signal,
    polledOpenInterest: () => (reachesNow(history.settledThroughMs, clock.now()) ? live.openInterest : NaN),
    async onFold(hasFolded) {
      onFold(false);
      if (!hasFolded) return;
      await figures.readDayAgo(clock.now());
      onFold(true);
    },
    onLostRows: () => opening.repair(),
    onError: failed,
  });

  const knowTime = async (): Promise<void> => {
    if (clock.isKnown) return;
    const time = await venue.fetchTime(signal);
    if (time.ok) clock.observe(time.value);
  };

  const opening = createContractOpening({
    async read() {
      await Promise.all([record.open(contract), history.open(knowTime())]);
      void record.restore(contract.venueId);
    },
    async fill() {
      await fold.open();
      await Promise.all([history.fill(), fold.refreshTiers()]);
      await figures.readDayAgo(clock.now());
    },
    environment,
    signal,
    onError: (cause) => failed('start', cause),
  });

  return {
    history,
    fold,
    opening,
    get progress() {
      return progress;
    },
    openBars,
  };
}

import { DAY_MS, MINUTE_MS, SECOND_MS } from '@/lib/core/time';
import { BAR_MS } from '@/lib/market/bar';
import type { Contract } from '@/lib/market/contract';
import type { Profile } from '@/lib/market/profile';
import type { RiskTiers } from '@/lib/market/risk-tier';
import type { Summary } from '@/lib/market/summary';
import { createCoalescer } from '@/lib/messaging/coalescer';
import type { MarketLog } from '@/lib/store/market-log';
import type { StreamHandlers, Venue } from '@/lib/venues/venue';

import type { ServiceEnvironment } from './environment';
import { createEstimator, type Estimator } from './estimator';
import { createHistoryCollector } from './history-collector';
import { createLiquidationRecord, type LiquidationRecord } from './liquidation-record';
import { createLiveMarket } from './live-market';
import { poll } from './poller';
import { summaryFromProfile } from './summary-from-profile';
import type { VenueClock } from './venue-clock';

const PROFILE_INTERVAL_MS = 100;
const SUMMARY_INTERVAL_MS = SECOND_MS;
const SNAPSHOT_POLL_MS = 15 * SECOND_MS;
const RATIO_POLL_MS = 5 * MINUTE_MS;
const SPAN_EXTEND_MS = 5 * SECOND_MS;
const OPEN_RETRY_MS = 15 * SECOND_MS;
/** Between two slices of work that nobody waits for. */
const PAUSE_MS = 20;

/** What a session tells whoever watches its contract. */
export interface SessionEvents {
  onProfile(profile: Profile): void;
  onSummary(summary: Summary): void;
  onProgress(daysDone: number, daysTotal: number): void;
  /** Something that should not fail did, most likely the store. */
  onFailure(cause: unknown): void;
}

/** One contract being followed: history filled, streams folded, map and figures pushed until stopped. */
export interface ContractSession {
  readonly contract: Contract;
  readonly stream: Omit<StreamHandlers, 'onHealth'>;
  /** The newest of each, for a watcher that joins; null before the first. */
  readonly lastProfile: Profile | null;
  readonly lastSummary: Summary | null;
  readonly progress: { readonly daysDone: number; readonly daysTotal: number } | null;
  /** Machine time of the newest data; null before the first. */
  readonly lastDataMs: number | null;
  retry(): void;
  stop(): void;
}

export interface SessionOptions {
  readonly venue: Venue;
  readonly contract: Contract;
  readonly log: MarketLog;
  readonly clock: VenueClock;
  readonly environment: ServiceEnvironment;
  readonly events: SessionEvents;
  /** Whether the liquidation stream is being received right now. */
  readonly isRecording: () => boolean;
}

export function createContractSession(options: SessionOptions): ContractSession {
  const { venue, contract, log, clock, environment, events } = options;
  const abort = new AbortController();
  const { signal } = abort;
  const live = createLiveMarket();
  let estimator: Estimator | null = null;
  let record: LiquidationRecord | null = null;
  let tiers: RiskTiers | null = null;
  let longShortRatio: number | null = null;
  let dayAgo = { price: NaN, openInterest: NaN };
  let lastProfile: Profile | null = null;
  let lastSummary: Summary | null = null;
  let progress: ContractSession['progress'] = null;
  let lastDataMs: number | null = null;
  let recordedSinceMs: number | null = null;
  let extendedMs = environment.now();
  let isOpen = false;
  let cancelOpen = () => {};
  let advancing: Promise<void> = Promise.resolve();
  let filling: Promise<void> | null = null;

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
      onLog: () => advance(),
      onError: (error) => error !== null && environment.log(`history of ${contract.id}: ${error.detail}`),
      onFailure: (cause) => events.onFailure(cause),
    },
    signal,
  );

  const failed = (what: string) => (cause: unknown) => {
    if (signal.aborted) return;
    environment.log(`${what} of ${contract.id}: ${String(cause)}`);
    events.onFailure(cause);
  };

  const computeProfile = (): Profile | null => {
    if (estimator === null || Number.isNaN(live.markPrice) || !isHistoryWhole()) return null;
    lastProfile = estimator.profile({
      bars: live.barsAfter(estimator.throughMs, estimator.pendingBars),
      markPrice: live.markPrice,
      lastPrice: Number.isNaN(live.lastPrice) ? live.markPrice : live.lastPrice,
      asOfMs: clock.now(),
    });
    return lastProfile;
  };

  /** No levels until the first back-fill is whole; later a bar or two may be waiting for its open interest. */
  const isHistoryWhole = () => estimator !== null && estimator.throughMs > clock.now() - 12 * BAR_MS;

  const pushProfile = createCoalescer({
    minIntervalMs: PROFILE_INTERVAL_MS,
    now: environment.now,
    setTimer: environment.setTimer,
    send() {
      const profile = computeProfile();
      if (profile !== null) {
        events.onProfile(profile);
        pushSummary.trigger();
      }
    },
  });

  const pushSummary = createCoalescer({
    minIntervalMs: SUMMARY_INTERVAL_MS,
    now: environment.now,
    setTimer: environment.setTimer,
    send() {
      if (lastProfile === null || estimator === null || tiers === null || record === null) return;
      lastSummary = summaryFromProfile({
        contract,
        profile: lastProfile,
        live,
        liquidated: record.windows(clock.now()),
        dayAgo,
        longShortRatio,
        historyStartMs: history.historyStartMs,
        leverageMix: estimator.leverageMix,
        riskTiers: tiers,
      });
      events.onSummary(lastSummary);
    },
  });

  /** One fold at a time, in order. */
  const advance = (): void => {
    advancing = advancing
      .then(async () => {
        if (estimator === null || signal.aborted) return;
        if (await estimator.advance(history.settledThroughMs)) await readDayAgo();
        pushProfile.trigger();
        if (isHistoryWhole()) fillColumns();
      })
      .catch(failed('fold'));
  };

  /** Nobody waits for them, so they must not hold up the next bar. */
  const fillColumns = (): void => {
    filling ??= Promise.resolve(estimator?.fillColumns(pause, signal))
      .catch(failed('columns'))
      .finally(() => {
        filling = null;
      });
  };

  const readDayAgo = async (): Promise<void> => {
    const atMs = clock.now() - DAY_MS;
    const [bars, points] = await Promise.all([
      log.readBars(contract.id, atMs - BAR_MS, atMs),
      log.readOpenInterest(contract.id, atMs - BAR_MS, atMs),
    ]);
    dayAgo = { price: bars.at(-1)?.close ?? NaN, openInterest: points.at(-1)?.openInterest ?? NaN };
  };

  const openEstimator = async (): Promise<void> => {
    if (tiers === null) return;
    estimator = await createEstimator(contract, tiers, history.historyStartMs, log);
    advance();
  };

  const refreshTiers = async (): Promise<void> => {
    const fetched = await venue.fetchRiskTiers(contract.symbol, signal);
    if (signal.aborted || (fetched.source === 'bundled' && tiers !== null)) return;
    const isSame = tiers !== null && JSON.stringify(tiers.tiers) === JSON.stringify(fetched.tiers);
    tiers = fetched;
    await log.writeRiskTiers(contract.id, fetched);
    if (!isSame) await openEstimator();
  };

  const pause = () => new Promise<void>((resolve) => void environment.setTimer(resolve, PAUSE_MS));

  const pollSnapshot = async (): Promise<void> => {
    const snapshot = await venue.fetchSnapshot(contract.symbol, signal);
    if (!snapshot.ok) return;
    live.onSnapshot(snapshot.value);
    observe(snapshot.value.venueTimeMs);
  };

  const pollRatio = async (): Promise<void> => {
    const ratio = await venue.fetchLongShortRatio(contract.symbol, signal);
    if (ratio.ok) longShortRatio = ratio.value;
  };

  const extendSpan = async (): Promise<void> => {
    const nowMs = clock.now();
    // A gap this long is a machine that slept, whatever the stream says of itself.
    const hasSlept = environment.now() - extendedMs > 2 * SPAN_EXTEND_MS;
    extendedMs = environment.now();
    if (!options.isRecording() || hasSlept) recordedSinceMs = null;
    else {
      record?.extendSpan({ fromMs: recordedSinceMs ?? nowMs, toMs: nowMs });
      recordedSinceMs = nowMs;
    }
  };

  const open = async (): Promise<void> => {
    if (!clock.isKnown) {
      const time = await venue.fetchTime(signal);
      if (time.ok) clock.observe(time.value);
    }
    record ??= await createLiquidationRecord(contract, log, clock.now(), failed('liquidations'));
    tiers ??= await log.readRiskTiers(contract.id);
    await history.open();
    isOpen = true;
    if (tiers !== null) await openEstimator();
    await Promise.all([history.fill(), refreshTiers()]);
    await readDayAgo();
  };

  /** A store that fails now may work later. */
  const openSafely = (): void => {
    cancelOpen();
    open().catch((cause: unknown) => {
      failed('start')(cause);
      if (!signal.aborted) cancelOpen = environment.setTimer(openSafely, OPEN_RETRY_MS);
    });
  };
  signal.addEventListener('abort', () => cancelOpen());

  openSafely();
  poll(pollSnapshot, SNAPSHOT_POLL_MS, environment, signal, failed('poll'));
  poll(pollRatio, RATIO_POLL_MS, environment, signal, failed('poll'));
  poll(extendSpan, SPAN_EXTEND_MS, environment, signal, failed('poll'));

  const observe = (timeMs: number | null) => {
    if (timeMs !== null) clock.observe(timeMs);
    lastDataMs = environment.now();
    history.poke();
    pushProfile.trigger();
  };

  return {
    contract,
    stream: {
      onTrade(_symbol, trade) {
        live.onTrade(trade.price);
        observe(trade.timeMs);
      },
      onMark(_symbol, mark) {
        live.onMark(mark);
        observe(mark.timeMs);
      },
      onBar(_symbol, bar, _isClosed, timeMs) {
        live.onBar(bar);
        observe(timeMs);
      },
      onLiquidation(_symbol, liquidation) {
        record?.add(liquidation);
        pushSummary.trigger();
      },
      onTiersChanged() {
        if (isOpen) refreshTiers().catch(failed('tiers'));
      },
      onReconnect() {
        recordedSinceMs = null;
        history.poke();
      },
    },
    get lastProfile() {
      return lastProfile;
    },
    get lastSummary() {
      return lastSummary;
    },
    get progress() {
      return progress;
    },
    get lastDataMs() {
      return lastDataMs;
    },
    retry: () => (isOpen ? history.retry() : openSafely()),
    stop() {
      abort.abort();
      pushProfile.stop();
      pushSummary.stop();
    },
  };
}

import { SECOND_MS, type Clock } from '@/lib/core/time';
import { namesContract, usdOf, venueIdOf, type Contract, type ContractId, type VenueId } from '@/lib/market/contract';
import type { Liquidation, LiquidationTotal, RecordedSpan } from '@/lib/market/liquidation';
import {
  LIQUIDATION_WINDOWS_MS,
  type ByWindow,
  type LiquidatedSums,
  type LiquidationBoard,
  type RealisedLiquidation,
} from '@/lib/market/realised';
import type { ContractWindow } from '@/lib/market/summary';
import { VENUE_FACTS } from '@/lib/market/venue-facts';
import type { ServiceEnvironment } from '@/lib/services/environment';
import type { MarketLog } from '@/lib/store/log/market-log';

import { createContractKeys } from './contract-keys';
import { contractWindows } from './contract-windows';
import { knownHours } from './known-hours';
import { createLargestLiquidations } from './largest-liquidations';
import { sumContracts, sumLiquidations } from './liquidation-board';
import { createLiquidationTotals } from './liquidation-totals';
import { createLostEvents } from './lost-events';
import { createNewestLiquidations } from './newest-liquidations';
import { createRecentlySeen } from './recently-seen';
import { createRecordedSpans } from './recorded-spans';
import { createTapeRestore } from './tape-restore';
import { createTapeWriter } from './tape-writer';

/** Sums move on this often at most: they are by the minute. */
const ADVANCE_MS = SECOND_MS / 4;
const MOST_NEWEST = 100;

/**
 * All liquidations that were seen happen or told of afterwards, of every venue: each counted once, stored within a
 * quarter of a second, summed by window as it comes, with what was not recorded.
 */
export interface LiquidationRecord {
  /** A venue's contracts as listed now. */
  list(venueId: VenueId, contracts: readonly Contract[]): void;
  /** Reads back, once, what is stored of a venue's listed contracts; the venue's time should be known. */
  restore(venueId: VenueId): Promise<void>;
  /** Whether that is done. */
  isRestored(venueId: VenueId): boolean;
  /** Reads back when a contract's liquidations were recorded. */
  open(contract: Pick<Contract, 'id' | 'feedFromMs'>): Promise<void>;
  add(venueId: VenueId, symbol: string, liquidation: Liquidation): void;
  /** The stream of a venue (of one contract) was live from then to now; done once that is stored, or cannot be. */
  extendSpan(owner: VenueId | ContractId, span: RecordedSpan): Promise<void>;
  /** When the contract's liquidations are known. */
  spans(contractId: ContractId): readonly RecordedSpan[];
  /** All that the venue tells of a span that nobody recorded: it counts as recorded from now on. */
  fillEvents(contract: Contract, events: readonly Liquidation[], span: RecordedSpan): void;
  /** Sums that the venue states for such a span instead; kept in memory, they can be asked for again. */
  fillTotals(contract: Contract, totals: readonly LiquidationTotal[], span: RecordedSpan): void;
  windows(contractId: ContractId): ContractWindow[];
  /** All windows of these contracts together. */
  sums(contractIds: readonly ContractId[]): ByWindow<LiquidatedSums>;
  /** Grows with every event that is counted. */
  readonly revision: number;
  /** The newest ones are of at least `minUsd`. */
  board(minUsd: number): LiquidationBoard;
  /** Hands the hours that are over to their contracts; for the alarm. */
  settle(): Promise<void>;
}

export interface LiquidationRecordOptions {
  readonly openLog: Promise<MarketLog>;
  /** The venues' time; null before any is known. */
  readonly now: () => number | null;
  readonly environment: ServiceEnvironment;
  /** Nothing more is read back of a venue that is off. */
  readonly isOff: (venueId: VenueId) => boolean;
  readonly onError: (cause: unknown) => void;
}

export function createLiquidationRecord(options: LiquidationRecordOptions): LiquidationRecord {
  const { openLog, environment, onError } = options;
  const now: Clock = () => options.now() ?? environment.now();
  const keys = createContractKeys();
  const totals = createLiquidationTotals();
  const largest = createLargestLiquidations();
  const newest = createNewestLiquidations();
  const recentlySeen = createRecentlySeen();
  const spans = createRecordedSpans();
  const writer = createTapeWriter(
    async (batches) => (await openLog).appendTape(batches, environment.now()),
    environment,
    onError,
  );
  let advancedMs = -Infinity;
  const lost = createLostEvents();
  let revision = 0;

  /** Asking the time costs more than counting an event. */
  const advance = (): void => {
    const machineMs = environment.now();
    if (Math.abs(machineMs - advancedMs) < ADVANCE_MS) return;
    advancedMs = machineMs;
    totals.advance(now());
  };

  /** False where it was counted before. */
  const count = (key: number, liquidation: Liquidation): boolean => {
    if (recentlySeen.seen(key, liquidation)) return false;
    const contract = keys.contracts[key];
    const stream = VENUE_FACTS[contract.venueId].liquidationFeed;
    const isAsked = liquidation.isBackfilled === true && stream === 'sampled';
    const feed = isAsked ? 'unknown' : stream;
    const usd = usdOf(contract, liquidation.qty, liquidation.bankruptcyPrice);
    advance();
    // Which of a second's orders a sampled feed tells is known for none but Binance: the largest corrects least.
    totals.add(isAsked ? keys.askedKeyOf(key) : key, liquidation, usd, feed === 'sampled' ? 'largest' : 'complete');
    const { timeMs, positionSide, bankruptcyPrice, qty } = liquidation;
    const event: RealisedLiquidation = {
      timeMs,
      positionSide,
      bankruptcyPrice: bankruptcyPrice / contract.multiplier,
      qty,
      contractId: contract.id,
      venueId: contract.venueId,
      baseAsset: contract.baseAsset,
      usd,
      feed,
    };
    largest.add(event);
    newest.add(event);
    revision += 1;
    return true;
  };

  const past = createTapeRestore({
    openLog,
    startMs: environment.now(),
    spans,
    onEvent(venueId, symbol, liquidation) {
      const key = keys.keyOf(venueId, symbol);
      if (key !== undefined) count(key, liquidation);
    },
    onError,
  });

  const add = (venueId: VenueId, symbol: string, liquidation: Liquidation): void => {
    const key = keys.keyOf(venueId, symbol);
    // Of a contract that is not listed nothing can be summed, but it happened.
    if (key !== undefined && !count(key, liquidation)) return;
    if (!writer.add(venueId, symbol, liquidation)) lost.add(venueId, liquidation.timeMs);
  };

  /** After what was received in it: a worker killed in between must not leave a claim of events that are nowhere. */
  const extendStored = async (owner: VenueId | ContractId, span: RecordedSpan): Promise<void> => {
    if (!(await writer.flush())) return;
    const log = await openLog;
    if (namesContract(owner)) await log.extendRecordedSpan(owner, span);
    else await log.extendFeedSpan(owner, span);
  };

  const claim = (owner: VenueId | ContractId, span: RecordedSpan): Promise<void> => {
    spans.extend(owner, span);
    return extendStored(owner, span).catch(onError);
  };

  const extendSpan = async (owner: VenueId | ContractId, span: RecordedSpan): Promise<void> => {
    if (lost.judgeNext(owner, span)) await claim(owner, span);
  };

  return {
    list(venueId, contracts) {
      keys.list(venueId, contracts);
      for (const { id, feedFromMs } of contracts) if (feedFromMs !== undefined) spans.begin(id, feedFromMs);
    },

    restore: (venueId) => past.restore(venueId),
    isRestored: (venueId) => past.isRestored(venueId),

    async open(contract) {
      const log = await openLog;
      spans.load(contract.id, await log.readRecordedSpans(contract));
    },

    add,
    extendSpan,
    spans: (contractId) => spans.of(contractId),

    fillEvents({ id, venueId, symbol }, events, span) {
      const before = lost.countOf(id);
      for (const event of events) add(venueId, symbol, event);
      if (lost.countOf(id) === before) void claim(id, span);
    },

    fillTotals({ id }, stated, span) {
      const key = keys.keyById(id);
      if (key === undefined) return;
      advance();
      for (const each of stated) totals.addStated(key, each.openTimeMs, each.longUsd, each.shortUsd);
      spans.extend(id, span);
    },

    windows(contractId) {
      const nowMs = now();
      advance();
      // Until the past is read back its sums would look like those of a quiet market.
      const isWhole = past.isRestored(venueIdOf(contractId));
      return contractWindows(sumContracts(keys.keysOf(contractId), totals), (windowMs) =>
        isWhole ? spans.share(contractId, windowMs, nowMs) : 0,
      );
    },

    sums(contractIds) {
      advance();
      const ofAll = contractIds.flatMap((id) => keys.keysOf(id));
      return sumContracts(ofAll, totals);
    },

    get revision() {
      return revision;
    },

    board(minUsd) {
      const nowMs = now();
      advance();
      const { venues, ...sums } = sumLiquidations(keys.contracts, totals);
      return {
        asOfMs: nowMs,
        isWhole: keys.venueIds.every((venueId) => options.isOff(venueId) || past.isRestored(venueId)),
        ...sums,
        hours: knownHours(
          totals.hours(),
          keys.venueIds.flatMap((venueId) => spans.of(venueId)),
          nowMs,
        ),
        venues: keys.venueIds.map((venueId) => ({
          venueId,
          feed: VENUE_FACTS[venueId].liquidationFeed,
          sums: venues.get(venueId) ?? [],
          recordedShares: LIQUIDATION_WINDOWS_MS.map((windowMs) => spans.share(venueId, windowMs, nowMs)),
        })),
        largest: largest.read(nowMs),
        newest: newest.read(minUsd, MOST_NEWEST),
        lostCount: lost.total,
      };
    },

    async settle() {
      await past.settled();
      await writer.flush();
      const log = await openLog;
      for (const venueId of keys.venueIds) await log.settleTape(venueId, environment.now());
    },
  };
}

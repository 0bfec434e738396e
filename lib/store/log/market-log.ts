import type { Bar, BarMinutes, OpenInterestPoint } from '@/lib/market/bar';
import { venueIdOf, type Contract, type ContractId, type VenueId } from '@/lib/market/contract';
import type { Liquidation, RecordedSpan } from '@/lib/market/liquidation';
import { joinSpans, spansAfter } from '@/lib/market/recorded-share';
import type { BarScore, LocationScore } from '@/lib/market/score';

import { createAccountLog, type AccountLog } from './account-log';
import { createDerivedLog, type DerivedLog } from './derived-log';
import { createFactLog, type FactLog } from './fact-log';
import { createLearningLog, type LearningLog } from './learning-log';
import { forgetContract, forgetFold, markWatched, prune, type Retention } from './prune';
import { BAR_SCORE_CODEC, LOCATION_SCORE_CODEC } from './score-codec';
import { BAR_CODEC, LIQUIDATION_CODEC, MINUTES_CODEC, OPEN_INTEREST_CODEC } from './series-codec';
import { createSeriesLog, mergeRows, type Appended, type BrokenListener } from './series-log';
import { createSoundCheckpoints, type SoundCheckpoints } from './sound-checkpoints';
import { createSpanLog, givenUpOf } from './span-log';
import { tableUse, type TableUse } from './table-use';
import type { Tables } from './tables';
import { createTapeLog, type TapeLog } from './tape-log';

/**
 * Everything observed about contracts, append-only: what is stored once is never overwritten. Ranges are half-open
 * [fromMs, toMs), venue time, rows come oldest first. Every method rejects when the disk refuses
 * (see `storeErrorFrom`); a row that cannot be true is dropped, reported once read and may be appended again.
 */
export interface MarketLog extends FactLog, DerivedLog, SoundCheckpoints, LearningLog, TapeLog, AccountLog {
  /** False when the browser gives no database and everything is gone with the worker. */
  readonly isPersistent: boolean;
  appendBars(contractId: ContractId, bars: readonly Bar[]): Promise<Appended>;
  readBars(contractId: ContractId, fromMs: number, toMs?: number): Promise<Bar[]>;
  readBarTimes(contractId: ContractId, fromMs: number): Promise<number[]>;
  /** What is told of a bar's inside; stored before the bar itself, so that whoever reads a bar finds them. */
  appendMinutes(contractId: ContractId, minutes: readonly BarMinutes[]): Promise<Appended>;
  readMinutes(contractId: ContractId, fromMs: number, toMs?: number): Promise<BarMinutes[]>;
  readMinutesTimes(contractId: ContractId, fromMs: number): Promise<number[]>;
  appendOpenInterest(contractId: ContractId, points: readonly OpenInterestPoint[]): Promise<Appended>;
  readOpenInterest(contractId: ContractId, fromMs: number, toMs?: number): Promise<OpenInterestPoint[]>;
  readOpenInterestTimes(contractId: ContractId, fromMs: number): Promise<number[]>;
  /** Fetched afterwards; two with the same time, side, price and quantity are one. */
  appendLiquidations(contractId: ContractId, liquidations: readonly Liquidation[]): Promise<Appended>;
  /** Fetched and streamed ones. */
  readLiquidations(contractId: ContractId, fromMs: number, toMs?: number): Promise<Liquidation[]>;
  /** Adds a stretch whose liquidations of the contract are known, joined with those that it touches. */
  extendRecordedSpan(contractId: ContractId, span: RecordedSpan): Promise<void>;
  /** Adds a stretch in which the venue's stream of all its liquidations was recorded. */
  extendFeedSpan(venueId: VenueId, span: RecordedSpan): Promise<void>;
  readFeedSpans(venueId: VenueId): Promise<RecordedSpan[]>;
  /** When the contract's liquidations are known: its own spans and, since it is in it, those of its venue's feed. */
  readRecordedSpans(contract: Pick<Contract, 'id' | 'feedFromMs'>): Promise<RecordedSpan[]>;
  appendBarScores(contractId: ContractId, scores: readonly BarScore[]): Promise<Appended>;
  readBarScores(contractId: ContractId, fromMs: number, toMs?: number): Promise<BarScore[]>;
  appendLocationScores(contractId: ContractId, scores: readonly LocationScore[]): Promise<Appended>;
  readLocationScores(contractId: ContractId, fromMs: number, toMs?: number): Promise<LocationScore[]>;
  markWatched(contractId: ContractId, nowMs: number): Promise<void>;
  /** Deletes what is too old or too much, never a watched contract as a whole; `usedBytes` as the browser states it. */
  prune(
    venueMs: number | null,
    watched: ReadonlySet<ContractId>,
    retention?: Retention,
    usedBytes?: number,
  ): Promise<void>;
  /** How much every table holds. */
  tableUse(): Promise<TableUse[]>;
  /** Drops where a contract's fold began and its checkpoints: the next fold begins anew. */
  forgetFold(contractId: ContractId): Promise<void>;
  forgetContract(contractId: ContractId): Promise<void>;
}

/**
 * Composes the parts of the log over one database; `onBrokenRows` hears of every row dropped because it cannot be
 * true.
 */
export function createMarketLog(tables: Tables, onBrokenRows: BrokenListener): MarketLog {
  const derived = createDerivedLog(tables, onBrokenRows);
  const { onBroken, ...checkpoints } = createSoundCheckpoints(tables, derived, onBrokenRows);
  const bars = createSeriesLog(tables, 'bars', BAR_CODEC, onBroken);
  const minutes = createSeriesLog(tables, 'minutes', MINUTES_CODEC, onBroken);
  const openInterest = createSeriesLog(tables, 'openInterest', OPEN_INTEREST_CODEC, onBroken);
  const liquidations = createSeriesLog(tables, 'liquidations', LIQUIDATION_CODEC, onBroken);
  const barScores = createSeriesLog(tables, 'barScores', BAR_SCORE_CODEC, onBroken);
  const locationScores = createSeriesLog(tables, 'locationScores', LOCATION_SCORE_CODEC, onBroken);
  const spans = createSpanLog(tables, 'recordedSpans', onBroken);
  const feedSpans = createSpanLog(tables, 'feedSpans', onBroken);
  const { readUnsettled, ...tape } = createTapeLog(tables, liquidations, onBroken);
  return {
    isPersistent: tables.isPersistent,
    appendBars: (contractId, rows) => bars.append(contractId, rows),
    readBars: (contractId, fromMs, toMs = Infinity) => bars.read(contractId, fromMs, toMs),
    readBarTimes: (contractId, fromMs) => bars.readTimes(contractId, fromMs),
    appendMinutes: (contractId, rows) => minutes.append(contractId, rows),
    readMinutes: (contractId, fromMs, toMs = Infinity) => minutes.read(contractId, fromMs, toMs),
    readMinutesTimes: (contractId, fromMs) => minutes.readTimes(contractId, fromMs),
    appendOpenInterest: (contractId, points) => openInterest.append(contractId, points),
    readOpenInterest: (contractId, fromMs, toMs = Infinity) => openInterest.read(contractId, fromMs, toMs),
    readOpenInterestTimes: (contractId, fromMs) => openInterest.readTimes(contractId, fromMs),
    appendLiquidations: (contractId, events) => liquidations.append(contractId, events),
    async readLiquidations(contractId, fromMs, toMs = Infinity) {
      const streamed: Liquidation[] = [];
      const venueId = venueIdOf(contractId);
      await readUnsettled(venueId, (symbol, event) => {
        if (`${venueId}:${symbol}` === contractId && event.timeMs >= fromMs && event.timeMs < toMs)
          streamed.push(event);
      });
      // Read last: what is settled meanwhile is found twice rather than not at all.
      return mergeRows(LIQUIDATION_CODEC, await liquidations.read(contractId, fromMs, toMs), streamed);
    },
    extendRecordedSpan: (contractId, span) => spans.extend(contractId, span),
    appendBarScores: (contractId, scores) => barScores.append(contractId, scores),
    readBarScores: (contractId, fromMs, toMs = Infinity) => barScores.read(contractId, fromMs, toMs),
    appendLocationScores: (contractId, scores) => locationScores.append(contractId, scores),
    readLocationScores: (contractId, fromMs, toMs = Infinity) => locationScores.read(contractId, fromMs, toMs),
    extendFeedSpan: (venueId, span) => feedSpans.extend(venueId, span),
    readFeedSpans: (venueId) => feedSpans.read(venueId),
    async readRecordedSpans({ id, feedFromMs = -Infinity }) {
      const [own, ofFeed, givenUp] = await Promise.all([
        spans.read(id),
        feedSpans.read(venueIdOf(id)),
        spans.read(givenUpOf(id)),
      ]);
      const keptMs = Math.max(...givenUp.map(({ toMs }) => toMs));
      return spansAfter(joinSpans([...own, ...spansAfter(ofFeed, feedFromMs)]), keptMs);
    },
    ...tape,
    ...createFactLog(tables, onBroken),
    ...derived,
    ...checkpoints,
    ...createLearningLog(tables, onBroken),
    ...createAccountLog(tables, onBroken),
    markWatched: (contractId, nowMs) => markWatched(tables, contractId, nowMs),
    prune: (venueMs, watched, retention, usedBytes) => prune(tables, venueMs, watched, retention, usedBytes),
    tableUse: () => tableUse(tables),
    forgetFold: (contractId) => forgetFold(tables, contractId),
    forgetContract: (contractId) => forgetContract(tables, contractId),
  };
}

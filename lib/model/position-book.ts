import type { Bar, FoldBar } from '@/lib/market/bar';

import { bookConfigKey, type BookConfig } from './book-config';
import { copyBookSide, createBookSide, sideQty, type AllocateCells, type BookSide } from './book-side';
import { closePositions, scaleSide } from './close-positions';
import { consume } from './consume';
import { createEntrySpread, mirrorSpread, spreadEntries } from './entry-spread';
import { barFlow } from './flow';
import { mirrorBin, priceToBin } from './grid';
import { createMinuteSteps, openByMinute, readMinutes } from './open-by-minute';
import { openPositions } from './open-positions';
import { packSide, unpackSide, type PackedSide } from './pack-side';

/** All open positions of one contract at one venue, inferred: sum of longs = sum of shorts = open interest. */
export interface PositionBook {
  readonly config: BookConfig;
  readonly long: BookSide;
  readonly short: BookSide;
  /** Contract units of one side; NaN before the first observation. */
  openInterest: number;
  /** End of the last bar that had an open interest; NaN before. */
  openInterestTimeMs: number;
  /** End of the last bar folded; NaN before. */
  throughMs: number;
}

/** What one bar did, and what it lacked. */
export interface FoldReport {
  /** Open interest / what the book held once the bar's flow was applied: what bars or observations missing in between had changed. */
  readonly tieFactor: number;
  /** Contract units of levels that the mark crossed. */
  readonly liquidatedLong: number;
  readonly liquidatedShort: number;
  readonly isOpenInterestMissing: boolean;
  readonly isMarkMissing: boolean;
  readonly isTakerVolumeMissing: boolean;
  /** Entries were spread by the bar's four prices alone. */
  readonly isMinutePathMissing: boolean;
  readonly isChangeAboveVolume: boolean;
  /** Bars absent between the previous one and this. */
  readonly missingBarCount: number;
}

/** A book as plain numbers and typed arrays, to be stored; of use to the same configuration only. */
export interface BookSnapshot {
  readonly key: string;
  readonly openInterest: number;
  readonly openInterestTimeMs: number;
  readonly throughMs: number;
  readonly long: PackedSide;
  readonly short: PackedSide;
}

/** Scratch of one fold at a time. */
const SPREAD = createEntrySpread();
const MIRRORED_SPREAD = createEntrySpread();
const MINUTES = createMinuteSteps();

/** An empty book: no open interest, no time, NaN until `seedPositionBook` or the first bar gives them. */
export function createPositionBook(config: BookConfig, allocate?: AllocateCells): PositionBook {
  return {
    config,
    long: createBookSide(config, 'long', allocate),
    short: createBookSide(config, 'short', allocate),
    openInterest: NaN,
    openInterestTimeMs: NaN,
    throughMs: NaN,
  };
}

/** Makes `into`, a book of the same configuration, equal to `from` without allocating. */
export function copyPositionBook(from: PositionBook, into: PositionBook): void {
  copyBookSide(from.long, into.long);
  copyBookSide(from.short, into.short);
  into.openInterest = from.openInterest;
  into.openInterestTimeMs = from.openInterestTimeMs;
  into.throughMs = from.throughMs;
}

/**
 * Locates the open interest (contract units) that exists when history begins, as far as older bars reach: they are folded with it
 * held constant, so that their churn replaces positions of unknown entry. Bars of any length, oldest first, maybe none; what
 * they do not replace stays unlocated.
 */
export function seedPositionBook(book: PositionBook, olderBars: readonly Bar[], openInterest: number): void {
  if (!Number.isNaN(book.openInterest)) throw new Error('seedPositionBook: the book is not empty');
  if (!(openInterest > 0)) throw new RangeError(`seedPositionBook: open interest ${openInterest} must be positive`);
  startBook(book, openInterest);
  for (const bar of olderBars) applyBar(book, bar, 0);
}

/**
 * Folds one bar, in this order: levels that the mark crossed liquidate; the rest of what the flow closes leaves; what it opens
 * enters; all of it is tied to open interest. Bars come oldest first. Change of open interest over a stretch without bars or
 * observations counts for this bar in proportion to time; the remainder has no known entry or exit.
 * Where mark prices are NaN the trade prices stand in; where open interest is NaN the last one is kept.
 */
export function foldBar(book: PositionBook, bar: FoldBar): FoldReport {
  if (!(bar.low > 0 && bar.high >= bar.low && bar.close > 0)) {
    throw new RangeError(`foldBar: low ${bar.low}, high ${bar.high}, close ${bar.close} at ${bar.openTimeMs}`);
  }
  if (bar.openTimeMs < book.throughMs) {
    throw new RangeError(`foldBar: bar at ${bar.openTimeMs} begins before ${book.throughMs}`);
  }
  const { barMs } = book.config;
  const endMs = bar.openTimeMs + barMs;
  const missingBarCount = book.throughMs >= 0 ? Math.round((bar.openTimeMs - book.throughMs) / barMs) : 0;
  const isOpenInterestMissing = !(bar.openInterest > 0);
  let tieFactor = 1;
  let ownChange = 0;
  if (!isOpenInterestMissing) {
    if (Number.isNaN(book.openInterest)) startBook(book, bar.openInterest);
    const elapsedBars = book.openInterestTimeMs >= 0 ? Math.max(1, (endMs - book.openInterestTimeMs) / barMs) : 1;
    const change = bar.openInterest - book.openInterest;
    ownChange = change / elapsedBars;
    tieFactor = applyUnseenChange(book, change - ownChange);
    book.openInterestTimeMs = endMs;
  }
  book.throughMs = endMs;
  const applied = Number.isNaN(book.openInterest) ? NOTHING_APPLIED : applyBar(book, bar, ownChange);
  return {
    tieFactor,
    liquidatedLong: applied.liquidatedLong,
    liquidatedShort: applied.liquidatedShort,
    isOpenInterestMissing,
    isMarkMissing: Number.isNaN(bar.markLow) || Number.isNaN(bar.markHigh) || Number.isNaN(bar.markClose),
    isTakerVolumeMissing: Number.isNaN(bar.takerBuyVolume),
    isMinutePathMissing: bar.minutes === undefined,
    isChangeAboveVolume: applied.isChangeAboveVolume,
    missingBarCount,
  };
}

/** A copy under the configuration's key; `restorePositionBook` is the inverse. */
export const serializePositionBook = (book: PositionBook): BookSnapshot => ({
  key: bookConfigKey(book.config),
  openInterest: book.openInterest,
  openInterestTimeMs: book.openInterestTimeMs,
  throughMs: book.throughMs,
  long: packSide(book.long),
  short: packSide(book.short),
});

/** The book of a snapshot, equal to the bit, or null if the snapshot is of another configuration or damaged. */
export function restorePositionBook(config: BookConfig, snapshot: BookSnapshot): PositionBook | null {
  if (snapshot.key !== bookConfigKey(config)) return null;
  const book = createPositionBook(config);
  if (!unpackSide(snapshot.long, book.long) || !unpackSide(snapshot.short, book.short)) return null;
  book.openInterest = snapshot.openInterest;
  book.openInterestTimeMs = snapshot.openInterestTimeMs;
  book.throughMs = snapshot.throughMs;
  return book;
}

function startBook(book: PositionBook, openInterest: number): void {
  book.openInterest = openInterest;
  book.long.unlocated = openInterest;
  book.short.unlocated = openInterest;
}

/** Returns the factor that open interest changed by. What appeared unseen has no known entry, what vanished was anyone's. */
function applyUnseenChange(book: PositionBook, change: number): number {
  const factor = (book.openInterest + change) / book.openInterest;
  for (const side of [book.long, book.short]) {
    if (change > 0) side.unlocated += change / side.slowScale;
    else if (change < 0) scaleSide(side, factor);
  }
  book.openInterest += change;
  return factor;
}

type Applied = Pick<FoldReport, 'liquidatedLong' | 'liquidatedShort' | 'isChangeAboveVolume'>;

const NOTHING_APPLIED: Applied = { liquidatedLong: 0, liquidatedShort: 0, isChangeAboveVolume: false };

function applyBar(book: PositionBook, bar: Bar & Pick<FoldBar, 'minutes'>, openInterestChange: number): Applied {
  const { config } = book;
  const { binWidth, crossedEntryLoss } = config;
  const flow = barFlow(bar.volume, openInterestChange, bar.takerBuyVolume, config.churn, config.tilt);
  const markClose = bar.markClose > 0 ? bar.markClose : bar.close;
  const closeBin = priceToBin(markClose, binWidth);
  const lowBin = Math.min(priceToBin(bar.markLow > 0 ? bar.markLow : bar.low, binWidth), closeBin);
  const highBin = Math.max(priceToBin(bar.markHigh > 0 ? bar.markHigh : bar.high, binWidth), closeBin);
  const isFall = bar.close < bar.open;
  const longLoss = isFall ? crossedEntryLoss.hurt : crossedEntryLoss.other;
  const shortLoss = isFall ? crossedEntryLoss.other : crossedEntryLoss.hurt;
  const hasMinutes = bar.minutes !== undefined && readMinutes(bar.minutes, bar.open, binWidth, MINUTES);
  if (!hasMinutes) {
    spreadEntries(bar, binWidth, SPREAD);
    mirrorSpread(SPREAD, MIRRORED_SPREAD);
  }
  const { long, short } = book;
  const liquidatedLong = consume(long, lowBin);
  const openedLong = closeAndCount(book, long, flow.closedLong, liquidatedLong) + openInterestChange;
  if (hasMinutes) openByMinute(long, MINUTES, openedLong, lowBin, closeBin, config);
  else openPositions(long, SPREAD, openedLong, lowBin, closeBin, longLoss, config);
  const highest = mirrorBin(highBin);
  const liquidatedShort = consume(short, highest);
  const openedShort = closeAndCount(book, short, flow.closedShort, liquidatedShort) + openInterestChange;
  const shortClose = mirrorBin(closeBin);
  if (hasMinutes) openByMinute(short, MINUTES, openedShort, highest, shortClose, config);
  else openPositions(short, MIRRORED_SPREAD, openedShort, highest, shortClose, shortLoss, config);

  book.openInterest += openInterestChange;
  // Takes back the rounding of this bar, else it would add up.
  scaleSide(long, book.openInterest / sideQty(long));
  scaleSide(short, book.openInterest / sideQty(short));
  return { liquidatedLong, liquidatedShort, isChangeAboveVolume: flow.isChangeAboveVolume };
}

/** Liquidations are closings: where more was crossed than the flow closes, that is what closed. Returns contract units. */
function closeAndCount(book: PositionBook, side: BookSide, closed: number, liquidated: number): number {
  const closes = Math.min(Math.max(closed, liquidated), book.openInterest);
  closePositions(side, closes - liquidated, book.openInterest - liquidated, book.config);
  return closes;
}

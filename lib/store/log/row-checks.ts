import { MINUTE_MS } from '@/lib/core/time';
import type { ObservedPosition } from '@/lib/market/account-position';
import { BAR_MS, type Bar, type BarMinutes, type OpenInterestPoint } from '@/lib/market/bar';
import type { Contract } from '@/lib/market/contract';
import type { Liquidation, RecordedSpan } from '@/lib/market/liquidation';
import type { MixInForce } from '@/lib/market/mix-in-force';
import type { RiskTier, RiskTiers } from '@/lib/market/risk-tier';
import type { BarScore, LocationScore } from '@/lib/market/score';

import type { Row } from './tables';

/*
 * What a row must be to be stored and to be believed when it is read back. They ask for what the product would
 * otherwise compute nonsense from, not for tidiness: a row refused here is a hole in the log for good.
 */
export const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null;

const isTime = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const isPositive = (value: unknown): value is number => Number.isFinite(value) && (value as number) > 0;
const isZeroOrMore = (value: unknown): value is number => Number.isFinite(value) && (value as number) >= 0;
/** NaN stands for "not observed". */
const isUnobserved = (value: unknown): boolean => Number.isNaN(value);
const isUnobservedOrPositive = (value: unknown): boolean => isUnobserved(value) || isPositive(value);

/** Prices are positive and no high lies below its low; what a venue did not tell is NaN. */
export const isBar = (bar: Bar): boolean =>
  isTime(bar.openTimeMs) &&
  isPositive(bar.open) &&
  isPositive(bar.low) &&
  isPositive(bar.close) &&
  Number.isFinite(bar.high) &&
  bar.high >= bar.low &&
  isZeroOrMore(bar.volume) &&
  (isUnobserved(bar.takerBuyVolume) || isZeroOrMore(bar.takerBuyVolume)) &&
  isUnobservedOrPositive(bar.markHigh) &&
  isUnobservedOrPositive(bar.markLow) &&
  isUnobservedOrPositive(bar.markClose);

const PATH_LENGTH = (4 * BAR_MS) / MINUTE_MS;

/** High, low, close and volume of every minute. */
export const isBarMinutes = ({ openTimeMs, path }: BarMinutes): boolean =>
  isTime(openTimeMs) &&
  path.length === PATH_LENGTH &&
  path.every((value, i) =>
    i % 4 === 3 ? isZeroOrMore(value) : isPositive(value) && (i % 4 !== 1 || value <= path[i - 1]),
  );

/** None at all is possible, less than that is not. */
export const isOpenInterestPoint = (point: OpenInterestPoint): boolean =>
  isTime(point.timeMs) && isZeroOrMore(point.openInterest);

/** The average price alone may be unobserved. */
export const isLiquidation = (value: unknown): value is Liquidation =>
  isRow(value) &&
  isTime(value.timeMs) &&
  (value.positionSide === 'long' || value.positionSide === 'short') &&
  isPositive(value.bankruptcyPrice) &&
  isPositive(value.qty) &&
  (isUnobserved(value.averagePrice) || isPositive(value.averagePrice));

/** A position without a liquidation price is one that other collateral covers. */
export const isObservedPosition = (position: ObservedPosition): boolean =>
  isTime(position.observedMs) &&
  [position.qty, position.entryPrice, position.leverage].every(isPositive) &&
  (position.liquidationPrice === null || isPositive(position.liquidationPrice));

/** A moment is a span as well. */
export const isRecordedSpan = (value: unknown): value is RecordedSpan =>
  isRow(value) && isTime(value.fromMs) && isTime(value.toMs) && value.toMs >= value.fromMs;

const isNumbers = (value: unknown, isEach: (each: unknown) => boolean): value is number[] =>
  Array.isArray(value) && value.every(isEach);

/** One share and one deviation per leverage; what the shares lack of 1 is never liquidated within reach. */
export const isMixInForce = (value: unknown): value is MixInForce => {
  if (!isRow(value)) return false;
  const { leverages, shares, relativeDeviations } = value;
  return (
    isTime(value.throughMs) &&
    isNumbers(leverages, isPositive) &&
    isNumbers(shares, isPositive) &&
    isNumbers(relativeDeviations, isZeroOrMore) &&
    shares.length === leverages.length &&
    relativeDeviations.length === leverages.length &&
    shares.reduce((sum, share) => sum + share, 0) <= 1 &&
    typeof value.positionQty === 'number' &&
    isZeroOrMore(value.eventCount) &&
    (value.source === 'own' || value.source === 'group' || value.source === 'observed')
  );
};

const areSides = (sides: BarScore['atRisk'], isEach: (each: unknown) => boolean): boolean =>
  isEach(sides.long) && isEach(sides.short);

/** USD of both sides throughout, none negative. */
export const isBarScore = ({ openTimeMs, atRisk, expected, observed, move }: BarScore): boolean =>
  isTime(openTimeMs) && [atRisk, expected, observed, move].every((sides) => areSides(sides, isZeroOrMore));

/** Only bits may be negative: a map may be worse than chance. */
export const isLocationScore = (score: LocationScore): boolean =>
  isTime(score.startMs) &&
  [score.eventCount, score.usd, score.dayOldEventCount, score.topTenthUsd, score.topTenthUsdByChance].every(
    isZeroOrMore,
  ) &&
  Number.isFinite(score.bits) &&
  Number.isFinite(score.dayOldBits);

const isRiskTier = (value: unknown): value is RiskTier =>
  isRow(value) &&
  isZeroOrMore(value.notionalFloor) &&
  typeof value.notionalCap === 'number' &&
  value.notionalCap > value.notionalFloor &&
  isZeroOrMore(value.maintenanceMarginRate) &&
  value.maintenanceMarginRate < 1 &&
  Number.isFinite(value.maintenanceAmount) &&
  isPositive(value.maxLeverage);

/** Brackets are never empty, and each caps above its floor. */
export const isRiskTiers = (value: unknown): value is RiskTiers =>
  isRow(value) &&
  Array.isArray(value.tiers) &&
  value.tiers.length > 0 &&
  value.tiers.every(isRiskTier) &&
  (value.source === 'venue' || value.source === 'bundled') &&
  Number.isFinite(value.asOfMs);

/** As far as a stored list is used: names, steps and settlement. */
export const isContract = (value: unknown): value is Contract =>
  isRow(value) &&
  [value.id, value.venueId, value.symbol, value.baseAsset, value.quoteAsset, value.assetClass].every(
    (text) => typeof text === 'string' && text !== '',
  ) &&
  [value.multiplier, value.tickSize, value.qtyStep].every(isPositive) &&
  (value.settlement === 'linear' || value.settlement === 'inverse') &&
  typeof value.isTrading === 'boolean' &&
  Number.isFinite(value.listedTimeMs) &&
  (value.feedFromMs === undefined || Number.isFinite(value.feedFromMs));

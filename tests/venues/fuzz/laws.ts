import type { TimeSpan } from '@/lib/core/ranges';
import type { Bar, OpenInterestPoint } from '@/lib/market/bar';
import type { Contract } from '@/lib/market/contract';
import type { Liquidation, LiquidationTotal } from '@/lib/market/liquidation';
import type { RiskTiers } from '@/lib/market/risk-tier';
import type { Ticker } from '@/lib/market/ticker';
import type { Trade } from '@/lib/market/trade';
import type { TradingSession } from '@/lib/market/trading-hours';
import type { Snapshot } from '@/lib/venues/venue';

/** A figure that no parser may let through. */
export class BrokenLaw extends Error {}

const hold = (isSo: boolean, law: string, value: unknown): void => {
  if (!isSo)
    throw new BrokenLaw(
      `${law}: ${JSON.stringify(value, (_, each: unknown) => (typeof each === 'number' && !Number.isFinite(each) ? String(each) : each))}`,
    );
};
const isPositive = (value: number): boolean => value > 0 && value < Infinity;
const isQuantity = (value: number): boolean => value >= 0 && value < Infinity;
const isTime = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;
/** NaN is what was not observed. */
const orUnknown = (check: (value: number) => boolean, value: number): boolean => Number.isNaN(value) || check(value);

export function lawOfTrade(trade: Trade): void {
  hold(isPositive(trade.price) && isPositive(trade.qty) && isTime(trade.timeMs), 'trade', trade);
}

export function lawOfMark(mark: {
  timeMs: number;
  markPrice: number;
  fundingRate: number;
  nextFundingTimeMs: number;
}): void {
  hold(isTime(mark.timeMs) && isPositive(mark.markPrice), 'mark', mark);
  hold(orUnknown(Number.isFinite, mark.fundingRate) && orUnknown(isTime, mark.nextFundingTimeMs), 'funding', mark);
}

export function lawOfBar(bar: Bar): void {
  hold([bar.open, bar.high, bar.low, bar.close].every(isPositive), 'prices of a bar', bar);
  hold(bar.high >= bar.low, 'high and low of a bar', bar);
  hold(isTime(bar.openTimeMs) && isQuantity(bar.volume), 'time and volume of a bar', bar);
  hold(orUnknown(isQuantity, bar.takerBuyVolume), 'taker volume of a bar', bar);
  hold(
    [bar.markHigh, bar.markLow, bar.markClose].every((each) => orUnknown(isPositive, each)),
    'marks of a bar',
    bar,
  );
}

export function lawOfLiquidation(liquidation: Liquidation): void {
  hold(isPositive(liquidation.qty) && isTime(liquidation.timeMs), 'liquidation', liquidation);
  hold(orUnknown(isPositive, liquidation.bankruptcyPrice), 'price of a liquidation', liquidation);
  hold(orUnknown(isPositive, liquidation.averagePrice), 'fill of a liquidation', liquidation);
}

export function lawOfTotal(total: LiquidationTotal): void {
  hold(isTime(total.openTimeMs), 'time of a total', total);
  hold(
    [total.longUsd, total.shortUsd].every((each) => orUnknown(isQuantity, each)),
    'total',
    total,
  );
}

export function lawOfContract(contract: Contract): void {
  const { tickSize, qtyStep, multiplier, listedTimeMs } = contract;
  hold([tickSize, qtyStep, multiplier].every(isPositive) && isTime(listedTimeMs), 'contract', contract);
}

export function lawOfTiers({ tiers, asOfMs }: RiskTiers): void {
  hold(tiers.length > 0 && tiers[tiers.length - 1].notionalCap === Infinity, 'last bracket is open', tiers);
  for (const [nth, tier] of tiers.entries()) {
    hold(
      isQuantity(tier.notionalFloor) && tier.notionalCap > tier.notionalFloor,
      'bracket ends above its floor',
      tiers,
    );
    hold(nth === 0 || tier.notionalFloor >= tiers[nth - 1].notionalCap, 'brackets do not overlap', tiers);
    hold(tier.maintenanceMarginRate > 0 && tier.maintenanceMarginRate <= 1, 'rate of a bracket', tiers);
    hold(isQuantity(tier.maintenanceAmount) && isPositive(tier.maxLeverage), 'amount of a bracket', tiers);
  }
  hold(isTime(asOfMs), 'time of brackets', asOfMs);
}

export function lawOfPoint(point: OpenInterestPoint): void {
  hold(isTime(point.timeMs) && isQuantity(point.openInterest), 'open interest', point);
}

export function lawOfSnapshot(snapshot: Snapshot): void {
  if (snapshot.openInterest !== null) lawOfPoint(snapshot.openInterest);
  hold(snapshot.markPrice === null || isPositive(snapshot.markPrice), 'mark of a snapshot', snapshot);
  hold(snapshot.fundingRate === null || Number.isFinite(snapshot.fundingRate), 'funding of a snapshot', snapshot);
  for (const time of [snapshot.nextFundingTimeMs, snapshot.venueTimeMs])
    hold(time === null || isTime(time), 'time of a snapshot', snapshot);
  hold(
    snapshot.fundingIntervalMs === null || isPositive(snapshot.fundingIntervalMs),
    'interval of a snapshot',
    snapshot,
  );
}

export function lawOfSessions(sessions: readonly TradingSession[]): void {
  const isSound = sessions.every(
    ({ startMs, endMs }, i) => isTime(startMs) && endMs > startMs && (i === 0 || startMs > sessions[i - 1].startMs),
  );
  hold(isSound, 'trading sessions', sessions);
}

export function lawOfTicker(ticker: Ticker): void {
  hold(isPositive(ticker.lastPrice) && orUnknown(isPositive, ticker.markPrice), 'prices of a ticker', ticker);
  hold(orUnknown(isQuantity, ticker.openInterest), 'open interest of a ticker', ticker);
  hold(orUnknown(isQuantity, ticker.volume24hUsd), 'volume of a ticker', ticker);
  hold(
    [ticker.change24h, ticker.fundingRate].every((each) => orUnknown(Number.isFinite, each)),
    'ticker',
    ticker,
  );
}

/** Of a page: each time once, ascending, inside what was asked. */
export function lawOfPage(times: readonly number[], { startMs, endMs }: TimeSpan): void {
  hold(
    times.every((time, nth) => time >= startMs && time < endMs && (nth === 0 || time >= times[nth - 1])),
    'page',
    times.slice(0, 20),
  );
}

import { DAY_MS, HOUR_MS } from '@/lib/core/time';
import { BAR_MS } from '@/lib/market/bar';
import type { Liquidation } from '@/lib/market/liquidation';
import type { RiskTiers } from '@/lib/market/risk-tier';
import type { MarketLog } from '@/lib/store/log/market-log';
import { createMemoryLog } from '@/lib/store/log/open-market-log';

import { BTCUSDT } from '../market/sample-contract';
import { barAt, openInterestAt } from './fake-venue';

export const START_MS = Date.UTC(2026, 4, 10);
export const END_MS = START_MS + 6 * DAY_MS;
/** From then on the liquidation stream is recorded. */
export const RECORDED_MS = START_MS + 2 * DAY_MS + HOUR_MS;
export const TIERS: RiskTiers = {
  tiers: [
    { notionalFloor: 0, notionalCap: Infinity, maintenanceMarginRate: 0.005, maintenanceAmount: 0, maxLeverage: 125 },
  ],
  source: 'venue',
  asOfMs: 0,
};

const timesOf = (fromMs: number, toMs: number, stepMs: number): number[] =>
  Array.from({ length: (toMs - fromMs) / stepMs }, (_, i) => fromMs + i * stepMs);

/** Each bar liquidates two of the side that it moved against, at its extreme. */
export const liquidationsAt = (openTimeMs: number): Liquidation[] => {
  const { open, close, high, low } = barAt(openTimeMs);
  const isFall = close < open;
  return [60_000, 180_000].map((afterMs, i) => ({
    timeMs: openTimeMs + afterMs,
    positionSide: isFall ? 'long' : 'short',
    bankruptcyPrice: isFall ? low * 0.996 : high * 1.004,
    averagePrice: NaN,
    qty: 0.5 + ((i + openTimeMs / BAR_MS) % 3),
  }));
};

/** A log of six days whose last four were recorded, but for an hour on the fourth. */
export async function recordedLog(): Promise<MarketLog> {
  const log = createMemoryLog(() => {});
  await log.keepHistoryStart(BTCUSDT.id, { startMs: START_MS, minutesMs: null });
  const hourly = timesOf(START_MS - 3 * DAY_MS, START_MS, HOUR_MS).map((time) => barAt(time, HOUR_MS));
  await log.keepSeed(BTCUSDT.id, hourly);
  await log.appendBars(
    BTCUSDT.id,
    timesOf(START_MS, END_MS, BAR_MS).map((time) => barAt(time)),
  );
  const points = timesOf(START_MS, END_MS + BAR_MS, BAR_MS).map((timeMs) => ({
    timeMs,
    openInterest: openInterestAt(timeMs),
  }));
  await log.appendOpenInterest(BTCUSDT.id, points);
  await log.appendLiquidations(BTCUSDT.id, timesOf(RECORDED_MS, END_MS, BAR_MS).flatMap(liquidationsAt));
  const gapMs = START_MS + 3 * DAY_MS;
  await log.extendRecordedSpan(BTCUSDT.id, { fromMs: RECORDED_MS, toMs: gapMs });
  await log.extendRecordedSpan(BTCUSDT.id, { fromMs: gapMs + HOUR_MS, toMs: END_MS });
  return log;
}

/** Bars of the log that were recorded throughout. */
export const RECORDED_BARS = (END_MS - RECORDED_MS - HOUR_MS) / BAR_MS;

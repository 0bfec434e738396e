import { DAY_MS, HOUR_MS, MINUTE_MS } from '@/lib/core/time';
import type { PositionSide } from '@/lib/market/liquidation';
import { LIQUIDATION_WINDOWS_MS, type LiquidatedHour, type LiquidatedSums } from '@/lib/market/realised';
import { samplingFactor, type FeedSampling } from '@/lib/model/sampled-feed';

import { createRollingSums } from './rolling-sums';

/** Columns of one side; the other's follow. Money is in cents. */
const USD = 0;
const CORRECTED = 1;
const COUNT = 2;
const PER_SIDE = 3;
const FIRST_COLUMN: Readonly<Record<PositionSide, number>> = { long: 0, short: PER_SIDE };
const SIDES: readonly PositionSide[] = ['long', 'short'];

const MINUTE_WINDOWS_MS = LIQUIDATION_WINDOWS_MS.filter((windowMs) => windowMs <= DAY_MS);
const HOUR_WINDOWS_MS = LIQUIDATION_WINDOWS_MS.filter((windowMs) => windowMs > DAY_MS);
const SECONDS = 60;

/** By events in a minute: a sampled feed tells one a second, so that many of its seconds are occupied. */
const FACTORS: Readonly<Record<FeedSampling, readonly number[]>> = {
  complete: [1],
  largest: factorsOf('largest'),
  latest: factorsOf('latest'),
};

function factorsOf(sampling: FeedSampling): number[] {
  return Array.from({ length: SECONDS + 1 }, (_, count) => samplingFactor(sampling, count / SECONDS));
}

/** What was liquidated of each contract, a small whole number here, in each of `LIQUIDATION_WINDOWS_MS`. */
export interface LiquidationTotals {
  add(key: number, event: { timeMs: number; positionSide: PositionSide }, usd: number, sampling: FeedSampling): void;
  /** A sum that the venue itself states, for a stretch whose events are not known. */
  addStated(key: number, timeMs: number, longUsd: number, shortUsd: number): void;
  sums(key: number, window: number): LiquidatedSums;
  /** Each hour of the longest window that has anything, of all contracts together. */
  hours(): LiquidatedHour[];
  /** To be called before anything is added. */
  advance(nowMs: number): void;
}

/** A day by the minute, what is longer by the hour. */
export function createLiquidationTotals(): LiquidationTotals {
  const columnCount = SIDES.length * PER_SIDE;
  const minutes = createRollingSums({ stepMs: MINUTE_MS, windowsMs: MINUTE_WINDOWS_MS, columnCount });
  const hours = createRollingSums({ stepMs: HOUR_MS, windowsMs: HOUR_WINDOWS_MS, columnCount });

  const add = (key: number, timeMs: number, column: number, amount: number): void => {
    if (amount === 0) return;
    minutes.add(key, timeMs, column, amount);
    hours.add(key, timeMs, column, amount);
  };

  /** One side's share of the minute grows by the new event, the other's by the factor that both share. */
  const correct = (key: number, timeMs: number, sampling: FeedSampling): void => {
    const inMinute = (side: PositionSide, column: number) => minutes.inStep(key, timeMs, FIRST_COLUMN[side] + column);
    const factors = FACTORS[sampling];
    const factor = factors[Math.min(inMinute('long', COUNT) + inMinute('short', COUNT), factors.length - 1)];
    for (const side of SIDES) {
      const corrected = Math.round(inMinute(side, USD) * factor);
      add(key, timeMs, FIRST_COLUMN[side] + CORRECTED, corrected - inMinute(side, CORRECTED));
    }
  };

  return {
    add(key, { timeMs, positionSide }, usd, sampling) {
      const first = FIRST_COLUMN[positionSide];
      const cents = Math.round(usd * 100);
      add(key, timeMs, first + USD, cents);
      add(key, timeMs, first + COUNT, 1);
      // Minutes older than a day are gone, and their events with them: they stay as observed.
      if (sampling === 'complete' || minutes.inStep(key, timeMs, first + COUNT) === 0) {
        add(key, timeMs, first + CORRECTED, cents);
      } else correct(key, timeMs, sampling);
    },

    addStated(key, timeMs, longUsd, shortUsd) {
      const stated = { long: longUsd, short: shortUsd };
      for (const side of SIDES) {
        // NaN: it does not say.
        const cents = Math.round(stated[side] * 100) || 0;
        add(key, timeMs, FIRST_COLUMN[side] + USD, cents);
        add(key, timeMs, FIRST_COLUMN[side] + CORRECTED, cents);
      }
    },

    sums(key, window) {
      const [rolling, index] =
        window < MINUTE_WINDOWS_MS.length ? [minutes, window] : [hours, window - MINUTE_WINDOWS_MS.length];
      const of = (side: PositionSide, column: number) => rolling.sum(key, index, FIRST_COLUMN[side] + column);
      return {
        longUsd: of('long', USD) / 100,
        shortUsd: of('short', USD) / 100,
        longCorrectedUsd: of('long', CORRECTED) / 100,
        shortCorrectedUsd: of('short', CORRECTED) / 100,
        longCount: of('long', COUNT),
        shortCount: of('short', COUNT),
      };
    },

    hours: () =>
      hours.steps().map(({ startMs, sums }) => ({
        startMs,
        longUsd: sums[FIRST_COLUMN.long + USD] / 100,
        shortUsd: sums[FIRST_COLUMN.short + USD] / 100,
      })),

    advance(nowMs) {
      minutes.advance(nowMs);
      hours.advance(nowMs);
    },
  };
}

// Models that others publish, from their descriptions. P1 (single taker trades of $100k and more) needs trades, which no set holds.
import { HOUR_MS } from '@/lib/core/time';
import type { FoldBar } from '@/lib/market/bar';
import type { SidesUsd } from '@/lib/market/profile';

import { createLevelList } from './level-list';

/** Reads each bar's predicted volume off its levels of before, then updates them. Units are the model's own, mostly USD. */
export type PeerModel = (bars: readonly FoldBar[], initialOpenInterest: number, barMs: number) => readonly SidesUsd[];

const MAINTENANCE = 0.004;

/** P2, bar ladder: every bar puts one level of strength 1 per leverage beyond its high and low. */
export const barLadder: PeerModel = (bars) => {
  const offsets = [5, 20, 100].map((leverage) => 1 / leverage + 0.005 + 0.01 / leverage);
  const levels = createLevelList(2 * offsets.length * bars.length);
  return bars.map(({ low, high }) => {
    const crossed = levels.cross(low, high);
    for (const offset of offsets) {
      // Strength 1 wherever the level lies: the quantity takes the price back.
      levels.add(high * (1 + offset), 1 / (high * (1 + offset)), -1);
      levels.add(low * (1 - offset), 1 / (low * (1 - offset)), 1);
    }
    return crossed;
  });
};

/**
 * P3, cohorts from changes of open interest: where it rises, the candle's colour decides the side and the close the entry;
 * where it falls, every cohort shrinks alike.
 */
export const openInterestCohorts: PeerModel = (bars, initialOpenInterest) => {
  const cohorts = createCohorts(bars.length, initialOpenInterest);
  return bars.map((bar) => cohorts.fold(bar));
};

const COHORT_MIX = [
  [5, 0.15],
  [10, 0.3],
  [25, 0.25],
  [50, 0.2],
  [100, 0.1],
] as const;

/** P3's state, bar by bar. */
export function createCohorts(barCount: number, initialOpenInterest: number) {
  const levels = createLevelList(COHORT_MIX.length * barCount);
  let openInterest = initialOpenInterest;
  return {
    levels,
    fold: (bar: FoldBar): SidesUsd => {
      const crossed = levels.cross(bar.low, bar.high);
      const change = bar.openInterest > 0 ? bar.openInterest - openInterest : 0;
      openInterest += change;
      if (change > 0) {
        const sign = bar.close >= bar.open ? 1 : -1;
        for (const [leverage, share] of COHORT_MIX) {
          levels.add(bar.close * (1 - (sign * (1 - MAINTENANCE)) / leverage), change * share, sign);
        }
      } else if (change < 0) {
        levels.scale(1 - Math.min(-change / Math.max(levels.tracked(), 1e-12), 1));
      }
      return crossed;
    },
  };
}

const MARK_LADDER_HALF_LIFE_MS = 24 * HOUR_MS;

/** P4, mark ladder: all open interest hangs at fixed distances from the mark of the moment, and rises of it age where they were. */
export const markLadder: PeerModel = (bars, initialOpenInterest, barMs) => {
  const mix = [
    [5, 0.1],
    [10, 0.2],
    [25, 0.3],
    [50, 0.25],
    [100, 0.15],
  ] as const;
  const sides = [
    [1, 0.52],
    [-1, 0.48],
  ] as const;
  const levels = createLevelList(2 * mix.length * bars.length);
  const kept = 2 ** (-barMs / MARK_LADDER_HALF_LIFE_MS);
  let openInterest = initialOpenInterest;
  let mark = bars[0].open;
  return bars.map((bar) => {
    const crossed = { ...levels.cross(bar.low, bar.high) };
    const change = bar.openInterest > 0 ? bar.openInterest - openInterest : 0;
    levels.scale(kept);
    for (const [leverage, share] of mix) {
      for (const [sign, sideShare] of sides) {
        const factor = 1 - sign * (1 / leverage - MAINTENANCE);
        const usd = mark * factor * openInterest * share * sideShare;
        if (sign > 0 && bar.low <= mark * factor) crossed.long += usd;
        if (sign < 0 && bar.high >= mark * factor) crossed.short += usd;
        if (change > 0) levels.add(bar.close * factor, change * share * sideShare, sign);
      }
    }
    openInterest += change;
    mark = bar.close;
    return crossed;
  });
};

/** P5, hourly volume: each bar adds ln(volume) x exp(-0.2 age in hours) at the ladder of its open. */
export const hourlyVolume: PeerModel = (bars) => {
  const distances = [10, 25, 50, 100, 125].map((leverage) => 1 / leverage - MAINTENANCE);
  // Older bars weigh less than a thousandth.
  const reachMs = (Math.log(1000) / 0.2) * HOUR_MS;
  let oldest = 0;
  return bars.map(({ openTimeMs, low, high }, now) => {
    while (openTimeMs - bars[oldest].openTimeMs > reachMs) oldest++;
    let long = 0;
    let short = 0;
    for (let i = oldest; i < now; i++) {
      const { open, volume, openTimeMs: enteredMs } = bars[i];
      const ageHours = (openTimeMs - enteredMs) / HOUR_MS;
      const weight = Math.log(volume > 1 ? volume : 1) * Math.exp(-0.2 * ageHours);
      for (const distance of distances) {
        const below = open * (1 - distance);
        const above = open * (1 + distance);
        if (below >= low && below <= high) long += weight;
        if (above >= low && above <= high) short += weight;
      }
    }
    return { long, short };
  });
};

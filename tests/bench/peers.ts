import type { FoldBar } from '@/lib/market/bar';

/** A peer model folded over all bars; returns the sum of its levels, so that nothing can be optimised away. */
export type PeerModel = (bars: readonly FoldBar[], initialOpenInterest: number) => number;

const MAINTENANCE = 0.004;
/** Levels are kept in rows of this width in price, as such maps draw them: a fine share of the first close. */
const ROW_SHARE = 0.0005;

/**
 * P3, cohorts from changes of open interest: levels that price crosses are consumed; where open interest rises, the candle's
 * colour decides the side and the close the entry; where it falls, every cohort shrinks alike.
 */
export const foldOpenInterestCohorts: PeerModel = (bars, initialOpenInterest) => {
  const mix = [
    [5, 0.15],
    [10, 0.3],
    [25, 0.25],
    [50, 0.2],
    [100, 0.1],
  ] as const;
  // Columns, kept dense in place: the fastest plain way to hold what the description asks for.
  const levels = new Float64Array(mix.length * bars.length);
  const quantities = new Float64Array(levels.length);
  const signs = new Int8Array(levels.length);
  let count = 0;
  let openInterest = initialOpenInterest;
  for (const bar of bars) {
    const change = bar.openInterest > 0 ? bar.openInterest - openInterest : 0;
    openInterest += change;
    let kept = 0;
    let tracked = 0;
    for (let i = 0; i < count; i++) {
      if (signs[i] > 0 ? levels[i] >= bar.low : levels[i] <= bar.high) continue;
      levels[kept] = levels[i];
      quantities[kept] = quantities[i];
      signs[kept] = signs[i];
      tracked += quantities[kept++];
    }
    count = kept;
    if (change > 0) {
      const sign = bar.close >= bar.open ? 1 : -1;
      for (const [leverage, share] of mix) {
        levels[count] = bar.close * (1 - (sign * (1 - MAINTENANCE)) / leverage);
        quantities[count] = change * share;
        signs[count++] = sign;
      }
    } else if (change < 0 && tracked > 0) {
      const factor = 1 - Math.min(-change / tracked, 1);
      for (let i = 0; i < count; i++) quantities[i] *= factor;
    }
  }
  return quantities.subarray(0, count).reduce((sum, qty) => sum + qty, 0);
};

/** P5, hourly volume: each bar adds ln(volume) x exp(-0.2 age in hours) at the ladder of its open; the map is drawn anew for every bar. */
export const drawHourlyVolumeMaps: PeerModel = (bars) => {
  const leverages = [5, 10, 25, 50, 100];
  // Older bars weigh less than a thousandth.
  const reachMs = (Math.log(1000) / 0.2) * 3_600_000;
  const rowWidth = bars[0].close * ROW_SHARE;
  let sum = 0;
  let oldest = 0;
  for (let now = 0; now < bars.length; now++) {
    while (bars[now].openTimeMs - bars[oldest].openTimeMs > reachMs) oldest++;
    const rows = new Map<number, number>();
    for (let i = oldest; i <= now; i++) {
      const ageHours = (bars[now].openTimeMs - bars[i].openTimeMs) / 3_600_000;
      const weight = Math.log(Math.max(bars[i].volume, 1)) * Math.exp(-0.2 * ageHours);
      for (const leverage of leverages) {
        const distance = 1 / leverage - MAINTENANCE;
        for (const level of [bars[i].open * (1 - distance), bars[i].open * (1 + distance)]) {
          const row = Math.round(level / rowWidth);
          rows.set(row, (rows.get(row) ?? 0) + weight);
        }
      }
    }
    for (const weight of rows.values()) sum += weight;
  }
  return sum;
};

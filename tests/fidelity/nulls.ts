// Models without a map of positions that any map must beat.
import { MINUTE_MS } from '@/lib/core/time';
import type { FoldBar } from '@/lib/market/bar';
import type { SidesUsd } from '@/lib/market/profile';

import type { RecordedSet } from './recorded-set';

/** N0, constant rate: the mean of all sums known before the bar. */
export function constantRate({ bars, barMs, liquidations }: RecordedSet): readonly SidesUsd[] {
  let known = 0;
  let count = 0;
  const sum = { long: 0, short: 0 };
  return bars.map(({ openTimeMs }) => {
    for (let bin = liquidations?.bins[known]; bin !== undefined && bin.endMs <= openTimeMs;) {
      if (bin.observed !== null) {
        sum.long += bin.observed.long;
        sum.short += bin.observed.short;
        count += bin.endMs - bin.startMs;
      }
      bin = liquidations?.bins[++known];
    }
    return count === 0
      ? { long: 0, short: 0 }
      : { long: (sum.long * barMs) / count, short: (sum.short * barMs) / count };
  });
}

/** N1, uniform: open interest in USD per log-price crossed. */
export function uniformPerMove({ bars, initialOpenInterest }: RecordedSet): readonly SidesUsd[] {
  let openInterest = initialOpenInterest;
  return bars.map(({ open, low, high, ...bar }, i) => {
    const from = bars[i - 1]?.close ?? open;
    const move = moveOf(from, low, high);
    const usd = { long: openInterest * from * move.long, short: openInterest * from * move.short };
    if (bar.openInterest > 0) openInterest = bar.openInterest;
    return usd;
  });
}

const PROFILE_LEVERAGES = [10, 25, 50, 100];
export const PROFILE_BIN = 0.00025;
/** Reach of the profile's grid to either side of the first price, in ln(price). */
const PROFILE_REACH = 1.5;
const PROFILE_POINTS = 16;

/** N2's map: each bar's volume, even over its range, hangs at 10, 25, 50 and 100x until crossed. Bins of ln(price) / `PROFILE_BIN`. */
export interface VolumeMap {
  fold(bar: FoldBar): SidesUsd;
  /** Base units in a bin. */
  qtyAt(side: 'long' | 'short', bin: number): number;
}

export function createVolumeMap(firstPrice: number): VolumeMap {
  const reach = Math.ceil(PROFILE_REACH / PROFILE_BIN);
  const origin = Math.floor(Math.log(firstPrice) / PROFILE_BIN) - reach;
  const binOf = (price: number): number => Math.floor(Math.log(price) / PROFILE_BIN) - origin;
  const longs = new Float64Array(2 * reach);
  const shorts = new Float64Array(2 * reach);
  let from = firstPrice;
  return {
    qtyAt: (side, bin) => (side === 'long' ? longs : shorts)[bin - origin] ?? 0,
    fold: ({ low, high, close, volume }) => {
      const crossed = {
        long: takeBins(longs, binOf(low), binOf(from)) * close,
        short: takeBins(shorts, binOf(from), binOf(high)) * close,
      };
      const part = volume > 0 ? volume / (PROFILE_LEVERAGES.length * PROFILE_POINTS) : 0;
      for (let k = 0; k < PROFILE_POINTS; k++) {
        const entry = low + ((k + 0.5) / PROFILE_POINTS) * (high - low);
        for (const leverage of PROFILE_LEVERAGES) {
          longs[binOf(entry * (1 - 1 / leverage))] += part;
          shorts[binOf(entry * (1 + 1 / leverage))] += part;
        }
      }
      from = close;
      return crossed;
    },
  };
}

export function volumeAtFixedLeverage({ bars }: RecordedSet): readonly SidesUsd[] {
  const map = createVolumeMap(bars[0].open);
  return bars.map((bar) => map.fold(bar));
}

/** Empties bins and returns what they held. */
function takeBins(bins: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i <= to; i++) {
    sum += bins[i] ?? 0;
    bins[i] = 0;
  }
  return sum;
}

const WINDOWS = [1, 3, 6, 12, 24, 48, 96, 288, 576];
const WINDOW_MS = 5 * MINUTE_MS;
const NOTIONAL_DECAY = 0.99;
const MOVE_WEIGHT = 0.3;
const WINDOW_POWER = 0.6;

/** N4, map-free: moves beyond the extremes of the last W bars, longer windows more, times an average of the bars' notional. */
export function brokenExtremes({ bars, barMs }: RecordedSet): readonly SidesUsd[] {
  const decay = NOTIONAL_DECAY ** (barMs / WINDOW_MS);
  const windows = WINDOWS.map((count) => ({
    weight: count ** WINDOW_POWER,
    bars: Math.round((count * WINDOW_MS) / barMs),
  }))
    // Windows shorter than a bar have no extremes to break.
    .filter((window) => window.bars >= 1);
  const extremes = windows.map((window) => rollingExtremes(bars, window.bars));
  let notional = 0;
  return bars.map((bar, i) => {
    const before = moveOf(bars[i - 1]?.close ?? bar.open, bar.low, bar.high);
    let long = MOVE_WEIGHT * before.long;
    let short = MOVE_WEIGHT * before.short;
    windows.forEach(({ weight }, w) => {
      const { lows, highs } = extremes[w];
      long += weight * Math.max(0, Math.log(lows[i] / bar.low));
      short += weight * Math.max(0, Math.log(bar.high / highs[i]));
    });
    const predicted = { long: notional * long, short: notional * short };
    if (bar.volume >= 0) notional = decay * notional + (1 - decay) * bar.volume * bar.close;
    return predicted;
  });
}

const moveOf = (from: number, low: number, high: number): SidesUsd => ({
  long: Math.max(0, Math.log(from / low)),
  short: Math.max(0, Math.log(high / from)),
});

/** Lowest low and highest high of the `count` bars before each bar; the bar's own where there are none. */
function rollingExtremes(bars: readonly FoldBar[], count: number): { lows: Float64Array; highs: Float64Array } {
  const lows = new Float64Array(bars.length);
  const highs = new Float64Array(bars.length);
  for (let i = 0; i < bars.length; i++) {
    let low = Infinity;
    let high = -Infinity;
    for (let j = Math.max(0, i - count); j < i; j++) {
      low = Math.min(low, bars[j].low);
      high = Math.max(high, bars[j].high);
    }
    lows[i] = i > 0 ? low : bars[i].low;
    highs[i] = i > 0 ? high : bars[i].high;
  }
  return { lows, highs };
}

import type { MediaPx } from '@/lib/core/units';

/** The four modes of the charting library and of lightweight-charts, at the index by which their APIs name them. */
export const SCALE_MODES = ['normal', 'log', 'percent', 'indexed'] as const;
export type ScaleMode = (typeof SCALE_MODES)[number];

/**
 * Where a price lies in a chart's main pane. y = 0 is the pane's top edge, y = height - 1 its last pixel row.
 * Strictly monotone: prices fall downwards, or rise when the axis is inverted.
 */
export interface PriceScale {
  /** CSS pixels; may be fractional. */
  readonly height: number;
  readonly isInverted: boolean;
  /** Price at y = 0. */
  readonly topPrice: number;
  /** Price at y = height - 1. */
  readonly bottomPrice: number;
  priceToY(price: number): MediaPx;
  yToPrice(y: MediaPx): number;
}

/** A visible range as the charting library's `getVisiblePriceRange` gives it. */
export interface VisibleRange {
  /** Price at the bottom of the pane; above `to` when the axis is inverted. */
  readonly from: number;
  /** Price at the top of the pane. */
  readonly to: number;
  /** Pane height in CSS pixels. */
  readonly height: number;
}

/** Relative bend of a sampled axis below which a straight line will do. */
const STRAIGHT = 1e-6;

/** The logarithm's offset is at most 0.0001; what bends more than that is not a logarithm. */
const MAX_LOG_OFFSET = 1e-3;

/**
 * How far, in CSS pixels, prices at equally spaced y lie from the charting library's own formula at worst:
 * y = (H-1) (t(to)-t(p)) / (t(to)-t(from)), with t = ln(p + c) in log mode and the identity in every other, because the
 * range is in prices there too. c is 0 but for the library's own offset near its threshold, which the prices tell. Exact
 * to 0.000 px where measured. Not for lightweight-charts, whose range leaves the margins out. Infinite where the range
 * is no axis, as with a logarithm's end at 0.
 */
export function formulaDistancePx(
  prices: readonly number[],
  { from, to, height }: VisibleRange,
  mode: ScaleMode,
): number {
  const offset = (mode === 'log' && offsetOfSamples(prices)) || 0;
  const logOffset = offset > 0 && offset <= MAX_LOG_OFFSET ? offset : 0;
  const t = (price: number): number => toT(price, mode === 'log' ? logOffset : null);
  const top = t(to);
  const perT = (height - 1) / (t(from) - top);
  const step = (height - 1) / (prices.length - 1);
  const worst = Math.max(...prices.map((price, i) => Math.abs((t(price) - top) * perT - i * step)));
  // No number where the range is no axis, and with a logarithm's end at 0 all prices would lie at one place.
  return worst >= 0 && perT !== 0 ? worst : Infinity;
}

/**
 * The c for which ln(p + c) runs straight through the first, middle and last of equally spaced samples:
 * (m+c)^2 = (a+c)(b+c). Null for a straight line in p, and where no such logarithm covers the samples.
 */
function offsetOfSamples(prices: readonly number[]): number | null {
  const last = (prices.length - 1) & ~1;
  const a = prices[0];
  const m = prices[last / 2];
  const b = prices[last];
  const bend = 2 * m - a - b;
  if (Math.abs(bend) <= STRAIGHT * Math.abs(b - a)) return null;
  const offset = (a * b - m * m) / bend;
  return Math.min(...prices) + offset > 0 ? offset : null;
}

/** Whether every number is finite and each lies on the same side of the one before it. */
function isStrictlyMonotone(values: readonly number[]): boolean {
  const sign = Math.sign(values[values.length - 1] - values[0]);
  return (
    sign !== 0 &&
    values.every((value, i) => Number.isFinite(value) && (i === 0 || Math.sign(value - values[i - 1]) === sign))
  );
}

/** In what an axis runs straight: ln(p + offset), or p itself when offset is null. */
const toT = (price: number, offset: number | null): number =>
  offset === null ? price : Math.log(Math.max(0, price + offset));

/**
 * A scale through prices read at equally spaced y from 0 to height - 1, both ends included. Between the samples it
 * follows ln(p + c), whose c the samples tell: that is exact for the linear and the logarithmic axis and for the
 * logarithm with an offset; the end pieces extend beyond the pane. Two samples follow the formula of `mode`. Null unless
 * strictly monotone and finite.
 */
export function priceScaleFromSamples(prices: readonly number[], height: number, mode: ScaleMode): PriceScale | null {
  const offset = prices.length > 2 ? offsetOfSamples(prices) : mode === 'log' ? 0 : null;
  const fromT = (t: number): number => (offset === null ? t : Math.exp(t) - offset);
  // What is no number, or no logarithm, is not monotone either.
  const ts = prices.map((price) => toT(price, offset));
  const pieces = prices.length - 1;
  const step = (height - 1) / pieces;
  const direction = ts[pieces] > ts[0] ? 1 : -1;
  if (pieces < 1 || !(height > 1 && height < Infinity) || !isStrictlyMonotone(ts)) return null;

  return {
    height,
    isInverted: direction > 0,
    topPrice: prices[0],
    bottomPrice: prices[pieces],
    priceToY(price) {
      const t = toT(price, offset);
      let i = Math.floor(((t - ts[0]) / (ts[pieces] - ts[0])) * pieces);
      i = i >= 0 ? Math.min(i, pieces - 1) : 0;
      while (i > 0 && direction * (t - ts[i]) < 0) i--;
      while (i < pieces - 1 && direction * (t - ts[i + 1]) > 0) i++;
      return ((i + (t - ts[i]) / (ts[i + 1] - ts[i])) * step) as MediaPx;
    },
    yToPrice(y) {
      const i = Math.max(0, Math.min(pieces - 1, Math.floor(y / step)));
      return fromT(ts[i] + (y / step - i) * (ts[i + 1] - ts[i]));
    },
  };
}

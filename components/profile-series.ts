import type { Profile, UsdBins } from '@/lib/market/profile';
import { type ProfileSums, sumsFromProfile, usdBetween, usdToPrice } from '@/lib/render/profile-sums';

/** CSS pixels; and how far the scales reach beyond the largest figure, so that no line is cut. */
export const PLOT_HEIGHT = 96;
export const PLOT_HEADROOM = 1.02;

export type ProfileSide = 'both' | 'long' | 'short';

/** A profile laid out for drawing: one entry per bin in view, and the sums from the mark outwards. */
export interface ProfileSeries {
  readonly sums: ProfileSums;
  readonly lowPrice: number;
  readonly highPrice: number;
  readonly markPrice: number;
  /** Lower edges of the bins in view and the upper edge of the last: one more than there are bins. */
  readonly edges: readonly number[];
  readonly long: readonly number[];
  readonly short: readonly number[];
  /** USD between the mark and each edge; null on the other side of the mark. */
  readonly longSum: readonly (number | null)[];
  readonly shortSum: readonly (number | null)[];
  readonly maxBinUsd: number;
  readonly maxSumUsd: number;
}

/** The bins of `profile` within `reach` (a fraction) of its mark price, on the sides asked for. */
export function profileSeries(profile: Profile, reach: number, side: ProfileSide): ProfileSeries {
  const { binWidth, firstBin, markPrice } = profile;
  const sums = sumsFromProfile(profile);
  const lowPrice = side === 'short' ? markPrice : markPrice * (1 - reach);
  const highPrice = side === 'long' ? markPrice : markPrice * (1 + reach);
  const from = Math.floor(Math.log(lowPrice) / binWidth);
  const count = Math.floor(Math.log(highPrice) / binWidth) - from + 1;

  const edges = Array.from({ length: count + 1 }, (_, i) => Math.exp((from + i) * binWidth));
  const binsOf = (usd: UsdBins) => Array.from({ length: count }, (_, i) => usd[from + i - firstBin] ?? 0);
  const long = binsOf(profile.long);
  const short = binsOf(profile.short);
  return {
    sums,
    lowPrice,
    highPrice,
    markPrice,
    edges,
    long,
    short,
    longSum: edges.map((edge) => (side !== 'short' && edge <= markPrice ? usdToPrice(sums, edge) : null)),
    shortSum: edges.map((edge) => (side !== 'long' && edge >= markPrice ? usdToPrice(sums, edge) : null)),
    maxBinUsd: Math.max(...long, ...short),
    maxSumUsd: Math.max(usdToPrice(sums, lowPrice), usdToPrice(sums, highPrice)),
  };
}

/** How far the figure "at this price" reaches to both sides, as a fraction. */
export const READ_OUT_REACH = 0.001;

export interface ReadOut {
  readonly price: number;
  /** Signed fraction from the mark. */
  readonly distance: number;
  /** Both sides within `READ_OUT_REACH`. */
  readonly nearUsd: number;
  /** From the mark to the price. */
  readonly toHereUsd: number;
}

/** What the profile says at a share `at` of the view's width, 0 to 1. */
export function readOutAt({ sums, lowPrice, highPrice, markPrice }: ProfileSeries, at: number): ReadOut {
  const price = lowPrice + at * (highPrice - lowPrice);
  const [below, above] = [price * (1 - READ_OUT_REACH), price * (1 + READ_OUT_REACH)];
  return {
    price,
    distance: price / markPrice - 1,
    nearUsd: usdBetween(sums, 'long', below, above) + usdBetween(sums, 'short', below, above),
    toHereUsd: usdToPrice(sums, price),
  };
}

import { usdOf } from '@/lib/market/contract';

import { levelQty, type BookSide } from './book-side';
import { mirrorBin, priceToBin } from './grid';
import type { LearnedMix } from './leverage-learning';
import type { PositionBook } from './position-book';

/** An 80 % interval: one in ten lies below, one in ten above. */
export interface UsdInterval {
  readonly usd: number;
  readonly lowUsd: number;
  readonly highUsd: number;
}

/** Normal deviate that 10 % lie beyond. */
const DEVIATE = 1.2816;
/**
 * Relative standard deviation of a total that comes from what is not learned: churn, lifetimes, cross margin. Set so that
 * the intervals hold as often as they say on both kinds of synthetic market (docs/fidelity.md).
 */
const FLOW_DEVIATION = 0.22;
/** Typical position / open interest before any liquidation was seen. */
const UNKNOWN_POSITION_SHARE = 0.002;

/**
 * USD at risk between two prices on one side, and its 80 % interval. The variance of a sum U = sum of U_k over classes:
 * sum (d_k U_k)^2 from the posterior of the mix, (0.22 U)^2 from the flow, and u U from the positions being few, with u the USD
 * of a typical one, weighted by size. Quantiles are those of the gamma distribution of that mean and variance.
 */
export function usdInterval(
  book: PositionBook,
  mix: Pick<LearnedMix, 'relativeDeviations' | 'positionQty'>,
  positionSide: 'long' | 'short',
  fromPrice: number,
  toPrice: number,
): UsdInterval {
  const { config } = book;
  const { binWidth } = config;
  const lowest = priceToBin(Math.min(fromPrice, toPrice), binWidth);
  const highest = priceToBin(Math.max(fromPrice, toPrice), binWidth);
  const price = Math.sqrt(fromPrice * toPrice);
  const isLong = positionSide === 'long';
  const side = isLong ? book.long : book.short;
  const fromBin = isLong ? lowest : mirrorBin(highest);
  const toBin = isLong ? highest : mirrorBin(lowest);
  let usd = 0;
  let variance = 0;
  for (let k = 0; k < side.bases.length; k++) {
    const classUsd = usdOf(config, qtyBetween(side, k, fromBin, toBin), price);
    usd += classUsd;
    variance += (mix.relativeDeviations[k] * classUsd) ** 2;
  }
  const positionQty = mix.positionQty > 0 ? mix.positionQty : UNKNOWN_POSITION_SHARE * book.openInterest;
  variance += (FLOW_DEVIATION * usd) ** 2 + usdOf(config, positionQty, price) * usd;
  const squaredDeviation = variance / usd ** 2;
  return {
    usd,
    lowUsd: usd > 0 ? usd * gammaQuantile(squaredDeviation, -DEVIATE) : 0,
    highUsd: usd > 0 ? usd * gammaQuantile(squaredDeviation, DEVIATE) : 0,
  };
}

/** Contract units of a class with levels in bins [from, to] of the side's own axis. */
function qtyBetween(side: BookSide, k: number, from: number, to: number): number {
  let qty = 0;
  for (let bin = from; bin <= to; bin++) qty += levelQty(side, k, bin);
  return qty;
}

/** Quantile of a gamma distribution of mean 1 and variance v at a normal deviate, by Wilson and Hilferty: (1 - v/9 + z sqrt(v)/3)^3. */
const gammaQuantile = (variance: number, deviate: number): number =>
  Math.max(0, 1 - variance / 9 + (deviate * Math.sqrt(variance)) / 3) ** 3;

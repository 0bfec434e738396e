import { usdOf } from '@/lib/market/contract';
import type { Profile } from '@/lib/market/profile';

import type { BookSide } from './book-side';
import { binToPrice, mirrorBin, priceToBin } from './grid';
import type { PositionBook } from './position-book';

/** Prices of the moment that a map is drawn for. */
export interface ProfilePrices {
  readonly markPrice: number;
  readonly lastPrice: number;
  readonly asOfMs: number;
}

/** Window of a profile as multiples of the mark: a 3x long opened at the mark liquidates a third below it, a short a third above. */
const LOWEST = 0.6;
const HIGHEST = 1.6;

/** Leverage classes as groups, for a map that tells them apart. `upTo` is inclusive. */
export const LEVERAGE_GROUPS = [
  { label: '\u226410x', upTo: 10 },
  { label: '20\u201333x', upTo: 33 },
  { label: '50\u201360x', upTo: 60 },
  { label: '\u226575x', upTo: Infinity },
] as const;

/**
 * The map at these prices: USD per bin of positions that can be liquidated, quantity x the bin's middle price (of an inverse
 * contract the quantity itself). Levels that this mark has already crossed are left out, and so are the absorbing class and
 * what is unlocated.
 * A profile given as `into` lends its arrays, so that ten maps a second leave no garbage.
 */
export function profileFromBook(
  book: PositionBook,
  prices: ProfilePrices,
  into?: Profile<Float32Array>,
): Profile<Float32Array> {
  const { config, long, short } = book;
  const { binWidth } = config;
  const { markBin, firstBin, length } = windowAt(prices.markPrice, binWidth);
  const longUsd = emptyBins(length, into?.long);
  const shortUsd = emptyBins(length, into?.short);
  for (let k = 0; k < config.classes.length; k++) {
    addClass(long, k, firstBin, markBin, longUsd);
    addClass(short, k, firstBin, markBin, shortUsd);
  }
  if (config.settlement === 'linear') for (const usd of [longUsd, shortUsd]) multiplyByPrice(usd, firstBin, binWidth);
  const unlocated = (long.unlocated * long.slowScale + short.unlocated * short.slowScale) / 2;
  return {
    asOfMs: prices.asOfMs,
    markPrice: prices.markPrice,
    lastPrice: prices.lastPrice,
    binWidth,
    firstBin,
    long: longUsd,
    short: shortUsd,
    openInterestUsd: usdOf(config, book.openInterest, prices.markPrice),
    unlocatedShare: unlocated / book.openInterest,
  };
}

/**
 * The same map split into `LEVERAGE_GROUPS`, in the same bins: longs below the mark's bin and shorts above it share an
 * array. Together they are `profileFromBook`. Arrays given as `into` are used again.
 */
export function usdByLeverage(
  book: PositionBook,
  markPrice: number,
  into: readonly Float32Array[] = [],
): readonly Float32Array[] {
  const { config, long, short } = book;
  const { markBin, firstBin, length } = windowAt(markPrice, config.binWidth);
  const groups = LEVERAGE_GROUPS.map((_, i) => emptyBins(length, into[i]));
  config.classes.forEach(({ leverage }, k) => {
    const usd = groups[LEVERAGE_GROUPS.findIndex(({ upTo }) => leverage <= upTo)];
    addClass(long, k, firstBin, markBin, usd);
    addClass(short, k, firstBin, markBin, usd);
  });
  if (config.settlement === 'linear') for (const usd of groups) multiplyByPrice(usd, firstBin, config.binWidth);
  return groups;
}

/** The bins of a map, counted from the mark's bin, so that all profiles of a bin width have one length. */
function windowAt(markPrice: number, binWidth: number) {
  const markBin = priceToBin(markPrice, binWidth);
  const binsBelow = Math.ceil(-Math.log(LOWEST) / binWidth);
  const length = binsBelow + Math.ceil(Math.log(HIGHEST) / binWidth) + 1;
  return { markBin, firstBin: markBin - binsBelow, length };
}

const emptyBins = (length: number, lent?: Float32Array): Float32Array =>
  lent?.length === length ? lent.fill(0) : new Float32Array(length);

/** Makes USD of base units, at each bin's middle price. */
function multiplyByPrice(qty: Float32Array, firstBin: number, binWidth: number): void {
  for (let i = 0, price = binToPrice(firstBin + 0.5, binWidth), step = Math.exp(binWidth); i < qty.length; i++) {
    qty[i] *= price;
    price *= step;
  }
}

/** Adds a class's quantities to `qty`, whose bins count upwards in price from `firstBin`, on the positions' side of the mark. */
function addClass(side: BookSide, k: number, firstBin: number, markBin: number, qty: Float32Array): void {
  const { cells, pending, fastScale, slowScale, bases, frontiers, layout } = side;
  const isLong = side.positionSide === 'long';
  const offset = layout.starts[k] - bases[k];
  const lowest = isLong ? firstBin : mirrorBin(firstBin + qty.length - 1);
  const mark = isLong ? markBin : mirrorBin(markBin);
  const step = isLong ? 1 : -1;
  const placeOf = (bin: number): number => (isLong ? bin : mirrorBin(bin)) - firstBin;
  const from = Math.max(bases[k], lowest);
  for (let bin = from, end = Math.min(frontiers[k], mark), at = placeOf(from); bin < end; bin++, at += step) {
    const i = 2 * (bin + offset);
    qty[at] += cells[i] * fastScale + cells[i + 1] * slowScale;
  }
  if (k >= layout.waitingClasses) return;
  const shift = layout.shifts[k];
  const share = layout.shares[k];
  const first = Math.max(pending.from, lowest - shift);
  for (
    let entry = first, end = Math.min(pending.end, mark - shift), at = placeOf(first + shift);
    entry < end;
    entry++
  ) {
    const i = 2 * (entry - pending.origin);
    qty[at] += share * (pending.qty[i] * fastScale + pending.qty[i + 1] * slowScale);
    at += step;
  }
}

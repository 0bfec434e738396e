import { clamp } from '@/lib/core/num';

/** USD per bin: one contract's in single precision, a sum over contracts in double, exact to the cent. */
export interface UsdBins extends Iterable<number> {
  [bin: number]: number;
  readonly length: number;
  slice(from: number, to: number): UsdBins;
  fill(usd: number, from?: number, to?: number): UsdBins;
  reduce<T>(add: (sum: T, usd: number) => T, first: T): T;
}

/**
 * The map at one moment: USD of positions that would be force-closed, per bin of their liquidation price.
 * Bin i covers prices [exp((firstBin + i) * binWidth), exp((firstBin + i + 1) * binWidth)).
 */
export interface Profile<Bins extends UsdBins = UsdBins> {
  /** Venue time of the newest input. */
  readonly asOfMs: number;
  readonly markPrice: number;
  readonly lastPrice: number;
  readonly binWidth: number;
  readonly firstBin: number;
  /** USD at the bin's price; same length as `short`. Longs lie below the mark, shorts above. */
  readonly long: Bins;
  readonly short: Bins;
  /**
   * USD per group of leverage, lowest first, in bins as above; only where it was asked for. One array holds both sides,
   * since no bin does: longs lie below the mark's bin, shorts above it.
   */
  readonly groups?: readonly Bins[] | undefined;
  /** Open interest of one side, USD at mark. */
  readonly openInterestUsd: number;
  /** Share of open interest that existed before the first bar and has no known entry: counted, never drawn. */
  readonly unlocatedShare: number;
}

/** Price in quote at a bin's lower edge; of a fraction of a bin, within it. */
export const binPrice = (profile: Profile, bin: number): number =>
  Math.exp((profile.firstBin + bin) * profile.binWidth);

/** Bin index, possibly outside the arrays, of a price. */
export const priceBin = (profile: Profile, price: number): number =>
  Math.floor(Math.log(price) / profile.binWidth) - profile.firstBin;

/** USD of both sides. */
export interface SidesUsd {
  readonly long: number;
  readonly short: number;
}

/** USD of the levels between two prices, in either order; a bin that is cut counts by its part in ln(price). */
export function usdBetween(profile: Profile, fromPrice: number, toPrice: number): SidesUsd {
  const { long, short, binWidth, firstBin } = profile;
  const from = clamp(Math.log(Math.min(fromPrice, toPrice)) / binWidth - firstBin, 0, long.length);
  const to = clamp(Math.log(Math.max(fromPrice, toPrice)) / binWidth - firstBin, 0, long.length);
  let longUsd = 0;
  let shortUsd = 0;
  for (let bin = Math.floor(from); bin < to; bin++) {
    const part = Math.min(to, bin + 1) - Math.max(from, bin);
    longUsd += part * long[bin];
    shortUsd += part * short[bin];
  }
  return { long: longUsd, short: shortUsd };
}

/** USD of the levels within a fraction of a price on both sides of it: 0.001 is +-0.1 %. */
export const usdAround = (profile: Profile, price: number, fraction: number): SidesUsd =>
  usdBetween(profile, price * (1 - fraction), price * (1 + fraction));

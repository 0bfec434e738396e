/**
 * The map at one moment: USD of positions that would be force-closed, per bin of their liquidation price.
 * Bin i covers prices [exp((firstBin + i) * binWidth), exp((firstBin + i + 1) * binWidth)).
 */
export interface Profile {
  /** Venue time of the newest input. */
  readonly asOfMs: number;
  readonly markPrice: number;
  readonly lastPrice: number;
  readonly binWidth: number;
  readonly firstBin: number;
  /** USD at the bin's price; same length as `short`. Longs lie below the mark, shorts above. */
  readonly long: Float32Array;
  readonly short: Float32Array;
  /** Open interest of one side, USD at mark. */
  readonly openInterestUsd: number;
  /** Share of open interest that existed before the first bar and has no known entry: counted, never drawn. */
  readonly unlocatedShare: number;
}

export const binPrice = (profile: Profile, bin: number): number =>
  Math.exp((profile.firstBin + bin) * profile.binWidth);

/** Bin index, possibly outside the arrays, of a price. */
export const priceBin = (profile: Profile, price: number): number =>
  Math.floor(Math.log(price) / profile.binWidth) - profile.firstBin;

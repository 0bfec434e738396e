/** A contract's figures of the moment as a venue lists them for all its contracts at once; NaN where it does not say. */
export interface Ticker {
  readonly symbol: string;
  readonly lastPrice: number;
  readonly markPrice: number;
  /** One side, in the contract's unit. */
  readonly openInterest: number;
  /** Fraction of the price 24 hours ago. */
  readonly change24h: number;
  readonly volume24hUsd: number;
  /** Fraction per interval. */
  readonly fundingRate: number;
  readonly fundingIntervalMs: number;
}

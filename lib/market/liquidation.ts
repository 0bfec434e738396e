export type PositionSide = 'long' | 'short';

/** One forced closing as a venue published it. */
export interface Liquidation {
  readonly timeMs: number;
  readonly positionSide: PositionSide;
  /** The published price, at Binance the bankruptcy price. */
  readonly bankruptcyPrice: number;
  /** Average fill; NaN where not published. */
  readonly averagePrice: number;
  /** In the contract's unit. */
  readonly qty: number;
  /** Asked for afterwards instead of pushed: it is not one of a sample that the stream takes. Absent where it was pushed. */
  readonly isBackfilled?: true;
}

/** A stretch of time in which the liquidation stream was being recorded. */
export interface RecordedSpan {
  readonly fromMs: number;
  readonly toMs: number;
}

/** What a venue says was liquidated of a contract in one bar, all of it; NaN where it does not say. */
export interface LiquidationTotal {
  readonly openTimeMs: number;
  readonly longUsd: number;
  readonly shortUsd: number;
}

/** One bar as the chart pages send it to their charts; times in seconds, as lightweight-charts has them. */
export interface PageCandle {
  readonly time: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

/** What a page is told before its chart is made. */
export interface PageSymbol {
  /** The venue's name, e.g. `BTCUSDT`. */
  readonly name: string;
  readonly tickSize: number;
}

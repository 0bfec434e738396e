import { MINUTE_MS } from '@/lib/core/time';

/** Length of the bars that are stored and folded: the finest that venues offer with open interest. */
export const BAR_MS = 5 * MINUTE_MS;

/**
 * One bar of a contract, labelled by its start. Prices in quote, quantities in the contract's unit.
 * NaN marks what was not observed; it is never zero.
 */
export interface Bar {
  readonly openTimeMs: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
  readonly takerBuyVolume: number;
  readonly markHigh: number;
  readonly markLow: number;
  readonly markClose: number;
}

/** A bar as most venues tell it: trades alone, neither who took nor mark prices. */
export const barOfTrades = (bar: Pick<Bar, 'openTimeMs' | 'open' | 'high' | 'low' | 'close' | 'volume'>): Bar => ({
  ...bar,
  takerBuyVolume: NaN,
  markHigh: NaN,
  markLow: NaN,
  markClose: NaN,
});

/** Open interest of one side, in the contract's unit, at a moment. */
export interface OpenInterestPoint {
  readonly timeMs: number;
  readonly openInterest: number;
}

/** High, low, close and volume of each minute of a bar, one after the other; whole or not there. */
export type MinutePath = Float64Array;

/** The minutes of the bar that opens then. */
export interface BarMinutes {
  readonly openTimeMs: number;
  readonly path: MinutePath;
}

/** What the model folds: a bar, the open interest at its end (NaN where none was observed), its minutes where they are known. */
export interface FoldBar extends Bar {
  readonly openInterest: number;
  readonly minutes?: MinutePath | undefined;
}

import type { SidesUsd } from './profile';

/** What was said of one closed bar before it began, and what then happened in it. Only bars recorded throughout are scored. */
export interface BarScore {
  readonly openTimeMs: number;
  /** USD of levels that the bar's path crossed, off the map frozen before it, and of positions opened within it. */
  readonly atRisk: SidesUsd;
  /** The part of it that was expected to be liquidated, by the share learned before. */
  readonly expected: SidesUsd;
  /** USD reported as liquidated; of a sampled feed corrected for what it leaves out. */
  readonly observed: SidesUsd;
  /** How far the path went against each side, in ln(price): what the null model goes by. */
  readonly move: { readonly long: number; readonly short: number };
}

/** Where an hour's liquidations fell among the levels that price crossed, by the map frozen at its start. Sums over events. */
export interface LocationScore {
  readonly startMs: number;
  readonly eventCount: number;
  readonly usd: number;
  /** Bits over an even spread across the crossed range. */
  readonly bits: number;
  /** The same of the map of a day before (a placebo), over the events of which there was one. */
  readonly dayOldEventCount: number;
  readonly dayOldBits: number;
  /** USD in the fullest tenth of the crossed levels, and what an even spread would have put there. */
  readonly topTenthUsd: number;
  readonly topTenthUsdByChance: number;
}

/** How true a contract's map was over some time; null is "too little seen to say". */
export interface Score {
  /** Days' worth of bars that were recorded and scored. */
  readonly days: number;
  /** Liquidations that fell on levels price crossed. */
  readonly eventCount: number;
  /** Spearman's, expected with observed USD per bar, mean of both sides; beside it that of the move alone. */
  readonly rankCorrelation: number | null;
  readonly rankCorrelationInterval: FigureInterval | null;
  readonly moveRankCorrelation: number | null;
  readonly bitsPerEvent: number | null;
  readonly bitsPerEventInterval: FigureInterval | null;
  readonly dayOldBitsPerEvent: number | null;
  /** Share of USD that fell in the fullest tenth of the crossed levels, and how many times chance that is. */
  readonly topTenthShare: number | null;
  readonly topTenthLift: number | null;
  readonly topTenthLiftInterval: FigureInterval | null;
  readonly expectedUsd: number;
  readonly observedUsd: number;
  /** Share of hours and sides whose sum lay in the 80 % interval that was stated of it before. */
  readonly intervalCoverage: number | null;
}

/** 95 % interval of a figure, by redrawing whole days; none of a few days. */
export interface FigureInterval {
  readonly low: number;
  readonly high: number;
}

/** USD of one side that are expected to be liquidated if price crosses some levels within an hour. */
export interface ExpectedLiquidation {
  readonly usd: number;
  /** 80 % interval; null before enough hours were scored. */
  readonly lowUsd: number | null;
  readonly highUsd: number | null;
}

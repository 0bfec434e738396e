export type Confidence = 'good' | 'fair' | 'rough';

/** 80 % interval of a figure in USD, and a word for its width. */
export interface UsdRange {
  readonly lowUsd: number;
  readonly highUsd: number;
  readonly confidence: Confidence;
}

/** `good` is at best a factor of 1.8 from end to end: what churn, lifetimes and margin leave open is never learned. */
const GOOD_FACTOR = 2;
const FAIR_FACTOR = 4;

/** An interval of nearly the same figure, brought to `usd`: a figure's own bins and an interval's are cut a little differently. */
export function usdRangeAround(
  usd: number,
  interval: { readonly usd: number; readonly lowUsd: number; readonly highUsd: number },
): UsdRange {
  if (!(usd > 0 && interval.usd > 0)) return { lowUsd: 0, highUsd: 0, confidence: 'rough' };
  const lowUsd = (usd * interval.lowUsd) / interval.usd;
  const highUsd = (usd * interval.highUsd) / interval.usd;
  return { lowUsd, highUsd, confidence: confidenceOf(highUsd / lowUsd) };
}

const confidenceOf = (factor: number): Confidence =>
  factor <= GOOD_FACTOR ? 'good' : factor <= FAIR_FACTOR ? 'fair' : 'rough';

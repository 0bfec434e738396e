/** An 80 % interval of a sum of liquidations, USD. */
export interface SumInterval {
  readonly low: number;
  readonly high: number;
}

/** What was expected of past stretches and what then came, USD. */
export interface PastSums {
  add(expected: number, observed: number): void;
  /** Of a stretch like them of which so much is expected; null before the first. */
  intervalOf(expected: number): SumInterval | null;
  readonly count: number;
}

/** An interval rests on this many stretches of the past whose expectations come nearest. */
const NEIGHBOURS = 100;
/** With fewer stretches than this, an interval would rest on dissimilar ones. */
export const ENOUGH_SUMS = NEIGHBOURS;

/**
 * Expectation x the 10th and 90th percentile of observed / expected among the past stretches that were expected to be as
 * large. Sums come in bursts: no smooth distribution of a mean and a variance holds eight of ten in both quiet and wild times.
 */
export function createPastSums(): PastSums {
  /** By rising expectation. */
  const expectations: number[] = [];
  const ratios: number[] = [];

  /** First place whose expectation is at least this. */
  const placeOf = (expected: number): number => {
    let low = 0;
    let high = expectations.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (expectations[middle] < expected) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  return {
    add(expected, observed) {
      const at = placeOf(expected);
      expectations.splice(at, 0, expected);
      ratios.splice(at, 0, observed / (1 + expected));
    },
    intervalOf(expected) {
      if (ratios.length === 0) return null;
      const distanceTo = (i: number): number => Math.abs(Math.log1p(expectations[i]) - Math.log1p(expected));
      let from = placeOf(expected);
      let end = from;
      while (end - from < Math.min(NEIGHBOURS, ratios.length)) {
        if (end === ratios.length || (from > 0 && distanceTo(from - 1) <= distanceTo(end))) from--;
        else end++;
      }
      const near = ratios.slice(from, end).sort((a, b) => a - b);
      const at = (quantile: number): number => near[Math.floor(quantile * near.length)] * (1 + expected);
      return { low: at(0.1), high: at(0.9) };
    },
    get count() {
      return ratios.length;
    },
  };
}

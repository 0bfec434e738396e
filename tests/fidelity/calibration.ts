import { createPastSums, type SumInterval } from '@/lib/model/sum-interval';

/** What parts of a bin's dollars are read off: the map's prediction, and open interest times the move as the background. */
export interface CalibrationInput {
  readonly predicted: readonly number[];
  readonly background: readonly number[];
  readonly observed: readonly number[];
}

/** Of the background's USD before anything was observed; of the map's it is 1, as its share is learned already. */
const PRIOR_BACKGROUND = 1e-3;
/** The priors weigh as much as this many bins. */
const PRIOR_BINS = 24;

/**
 * Expected USD of each bin, from the bins before it alone: a x map + b x background. Liquidations also fall where price crossed
 * next to nothing of the map (other venues' wicks, thin margin, positions of minutes), and where much was crossed some of it
 * was closed before. a and b by expectation and maximisation of a Poisson sum, one pass: each observed dollar is shared out in
 * proportion to the two parts.
 */
export function calibrate({ predicted, background, observed }: CalibrationInput): readonly number[] {
  let map = 0;
  let mapExplained = 0;
  let even = 0;
  let evenExplained = 0;
  return predicted.map((usd, i) => {
    const mapPrior = (PRIOR_BINS * (map + usd)) / (i + 1);
    const evenPrior = (PRIOR_BINS * (even + background[i])) / (i + 1);
    const ofMap = (usd * (mapExplained + mapPrior)) / (map + mapPrior);
    const ofEven = (background[i] * (evenExplained + PRIOR_BACKGROUND * evenPrior)) / (even + evenPrior);
    const expected = ofMap + ofEven;
    map += usd;
    even += background[i];
    if (expected > 0) {
      mapExplained += (observed[i] * ofMap) / expected;
      evenExplained += (observed[i] * ofEven) / expected;
    }
    return Number.isNaN(expected) ? 0 : expected;
  });
}

/** 80 % interval of each bin's sum, from the bins before it alone. */
export function sumIntervals(expected: readonly number[], observed: readonly number[]): readonly SumInterval[] {
  const past = createPastSums();
  return expected.map((usd, i) => {
    const interval = past.intervalOf(usd);
    past.add(usd, observed[i]);
    return interval ?? { low: 0, high: 0 };
  });
}

/** Rows that a day adds, and how that changes in the course of a run. */
export interface DailyRows {
  readonly perDay: number;
  /** By which a day of the second half adds more than one of the first, and the standard error of that. */
  readonly rise: number;
  readonly riseError: number;
}

/**
 * A parabola through all samples by least squares. Single samples tell little: by what is being settled when one is taken, and by
 * the time of day, they lie hundreds of rows off.
 */
export function dailyRows(samples: readonly { readonly hours: number; readonly storedRows: number }[]): DailyRows {
  const days = samples.map(({ hours }) => hours / 24);
  const rows = samples.map(({ storedRows }) => storedRows);
  // Each term without what those before it explain.
  const level = samples.map(() => 1);
  const slope = without(days, [level]);
  const bend = without(
    slope.map((at) => at * at),
    [level, slope],
  );
  const rest = without(rows, [level, slope, bend]);
  const span = days[days.length - 1] - days[0];
  const fitted = (nth: number): number => rows[nth] - rest[nth];
  const deviation = Math.sqrt(dot(rest, rest) / (samples.length - 3));
  return {
    perDay: (fitted(samples.length - 1) - fitted(0)) / span,
    rise: span * shareOf(rows, bend),
    riseError: (span * deviation) / Math.sqrt(dot(bend, bend)),
  };
}

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, each, nth) => sum + each * b[nth], 0);

/** How much of a term is in these. */
const shareOf = (values: readonly number[], term: readonly number[]): number => dot(values, term) / dot(term, term);

const without = (values: readonly number[], terms: readonly (readonly number[])[]): number[] =>
  terms.reduce<number[]>(
    (left, term) => {
      const share = shareOf(left, term);
      return left.map((each, nth) => each - share * term[nth]);
    },
    [...values],
  );

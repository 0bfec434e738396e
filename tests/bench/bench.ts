/** One measured figure of `npm run bench`. */
export interface BenchRow {
  readonly name: string;
  readonly unit: string;
  readonly median: number;
  readonly p99: number;
  /** Budget of DESIGN.md on `p99` or `median` as `budgetOn` says; null where there is none. */
  readonly budget: number | null;
  readonly budgetOn: 'median' | 'p95' | 'p99';
  /** Comparison measured in the same run, e.g. { against: 'P3 cohorts', value: 11.2 } = 11.2 times faster. */
  readonly ratio: { readonly against: string; readonly value: number } | null;
  readonly note: string;
}

/** A benchmark file `tests/bench/*.bench.ts` exports this as `run`. */
export type Bench = () => Promise<readonly BenchRow[]>;

/** A row of durations, in ms. */
export const rowOfTimes = (times: readonly number[], row: Omit<BenchRow, 'unit' | 'median' | 'p99'>): BenchRow => ({
  unit: 'ms',
  median: quantile(times, 0.5),
  p99: quantile(times, 0.99),
  ...row,
});

export const quantile = (values: readonly number[], q: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? NaN;
};

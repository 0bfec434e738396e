import type { FigureInterval } from '@/lib/market/score';

/** Fewer days than this give no interval: redrawing them says nothing. */
const MIN_DAYS = 5;
const DRAWS = 400;

/**
 * Interval of a figure that is a function of sums over days, by redrawing whole days: liquidations cluster, so neither bars nor
 * events are independent. Always the same draws for a number of days. Null where there are too few days, or the figure is not
 * a number in one draw of ten or more.
 */
export function dayInterval(
  days: readonly Float64Array[],
  figureOf: (sums: Float64Array) => number,
): FigureInterval | null {
  if (days.length < MIN_DAYS) return null;
  const sums = new Float64Array(days[0].length);
  const drawn = resamples(days.length, DRAWS).map((indices) => {
    sums.fill(0);
    for (const index of indices) for (let k = 0; k < sums.length; k++) sums[k] += days[index][k];
    return figureOf(sums);
  });
  const figures = drawn.filter(Number.isFinite);
  return figures.length > 0.9 * DRAWS ? middle95(figures) : null;
}

/** The 2.5 % and 97.5 % quantiles of what was drawn. */
export function middle95(drawn: readonly number[]): FigureInterval {
  const sorted = [...drawn].sort((a, b) => a - b);
  return { low: sorted[Math.floor(0.025 * sorted.length)], high: sorted[Math.floor(0.975 * sorted.length)] };
}

/** Indices of blocks drawn with replacement, always the same for a count. */
export function resamples(count: number, draws: number): readonly (readonly number[])[] {
  let state = count;
  const random = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return (state >>> 0) / 2 ** 32;
  };
  return Array.from({ length: draws }, () => Array.from({ length: count }, () => Math.floor(random() * count)));
}

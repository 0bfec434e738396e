import { DAY_MS, floorToStep } from '@/lib/core/time';
import { BAR_MS } from '@/lib/market/bar';
import type { PositionSide } from '@/lib/market/liquidation';
import type { BarScore, LocationScore, Score } from '@/lib/market/score';

import { dayInterval } from './day-bootstrap';
import { intervalCoverage } from './expected-sums';

/** Fewer bars with a liquidation than this say nothing about ranks, fewer events nothing about places. */
const MIN_BUSY_BARS = 20;
const MIN_EVENTS = 20;

/** Sums up what was scored; null before the first bar. Intervals redraw whole days, `day-bootstrap.ts`. */
export function scoreFromRows(bars: readonly BarScore[], locations: readonly LocationScore[]): Score | null {
  if (bars.length === 0) return null;
  const total = (numberOf: (location: LocationScore) => number) =>
    locations.reduce((sum, location) => sum + numberOf(location), 0);
  const usdOf = (key: 'expected' | 'observed') => bars.reduce((sum, bar) => sum + bar[key].long + bar[key].short, 0);
  const eventCount = total((each) => each.eventCount);
  const dayOldEventCount = total((each) => each.dayOldEventCount);
  const hasEvents = eventCount >= MIN_EVENTS;
  const topUsd = total((each) => each.topTenthUsd);
  const ratioInterval = (numberOf: (location: LocationScore) => readonly [number, number]) =>
    hasEvents
      ? dayInterval(
          sumByDay(locations, ({ startMs }) => startMs, numberOf),
          ([part, all]) => part / all,
        )
      : null;
  const ranks = rankFigures(bars, 'expected');
  return {
    days: (bars.length * BAR_MS) / DAY_MS,
    eventCount,
    rankCorrelation: ranks?.value ?? null,
    rankCorrelationInterval: ranks?.interval ?? null,
    moveRankCorrelation: rankFigures(bars, 'move')?.value ?? null,
    bitsPerEvent: hasEvents ? total((each) => each.bits) / eventCount : null,
    bitsPerEventInterval: ratioInterval((each) => [each.bits, each.eventCount]),
    dayOldBitsPerEvent: dayOldEventCount >= MIN_EVENTS ? total((each) => each.dayOldBits) / dayOldEventCount : null,
    topTenthShare: hasEvents ? topUsd / total((each) => each.usd) : null,
    topTenthLift: hasEvents ? topUsd / total((each) => each.topTenthUsdByChance) : null,
    topTenthLiftInterval: ratioInterval((each) => [each.topTenthUsd, each.topTenthUsdByChance]),
    expectedUsd: usdOf('expected'),
    observedUsd: usdOf('observed'),
    intervalCoverage: intervalCoverage(bars),
  };
}

/** Sums of some numbers of the rows of each UTC day. */
function sumByDay<T>(
  rows: readonly T[],
  timeOf: (row: T) => number,
  numbersOf: (row: T, index: number) => readonly number[],
): readonly Float64Array[] {
  const days = new Map<number, Float64Array>();
  rows.forEach((row, i) => {
    const day = floorToStep(timeOf(row), DAY_MS);
    const numbers = numbersOf(row, i);
    const sums = days.get(day) ?? new Float64Array(numbers.length);
    days.set(day, sums);
    numbers.forEach((number, k) => (sums[k] += number));
  });
  return [...days.values()];
}

/** Spearman's of what was observed, mean of the sides that can be ranked, and its interval with the ranks of all days. */
function rankFigures(
  bars: readonly BarScore[],
  by: 'expected' | 'move',
): { readonly value: number; readonly interval: Score['rankCorrelationInterval'] } | null {
  const sides = (['long', 'short'] as const satisfies PositionSide[])
    .map((side) => ({
      x: Float64Array.from(bars, (bar) => bar[by][side]),
      y: Float64Array.from(bars, (bar) => bar.observed[side]),
    }))
    .filter(({ x, y }) => y.filter((usd) => usd > 0).length >= MIN_BUSY_BARS && isVarying(x) && isVarying(y))
    .map(({ x, y }) => ({ x: ranks(x), y: ranks(y) }));
  if (sides.length === 0) return null;
  // From the middle, so that the sums stay small.
  const middle = (bars.length - 1) / 2;
  const days = sumByDay(
    bars,
    ({ openTimeMs }) => openTimeMs,
    (_, i) => [1, ...sides.flatMap(({ x, y }) => momentsOf(x[i] - middle, y[i] - middle))],
  );
  const figureOf = (sums: Float64Array): number =>
    sides.reduce((sum, _, s) => sum + correlation(sums[0], sums.subarray(1 + 5 * s, 6 + 5 * s)), 0) / sides.length;
  const all = new Float64Array(days[0].length);
  for (const day of days) day.forEach((sum, k) => (all[k] += sum));
  return { value: figureOf(all), interval: by === 'expected' ? dayInterval(days, figureOf) : null };
}

const momentsOf = (x: number, y: number): readonly number[] => [x, y, x * x, y * y, x * y];

const correlation = (count: number, [x, y, xx, yy, xy]: Float64Array): number =>
  (count * xy - x * y) / Math.sqrt((count * xx - x * x) * (count * yy - y * y));

const isVarying = (values: Float64Array): boolean => values.some((value) => value !== values[0]);

/** Spearman's, equal values sharing the mean of their ranks; null where one of the two does not vary. */
export function rankCorrelation(xs: Float64Array, ys: Float64Array): number | null {
  if (!isVarying(xs) || !isVarying(ys)) return null;
  const x = ranks(xs);
  const y = ranks(ys);
  const sums = new Float64Array(5);
  for (let i = 0; i < x.length; i++) momentsOf(x[i], y[i]).forEach((moment, k) => (sums[k] += moment));
  return correlation(x.length, sums);
}

/** Ranks from 0. */
function ranks(values: Float64Array): Float64Array {
  const order = Uint32Array.from(values, (_, i) => i).sort((a, b) => values[a] - values[b]);
  const result = new Float64Array(values.length);
  for (let from = 0; from < order.length;) {
    let to = from;
    while (to + 1 < order.length && values[order[to + 1]] === values[order[from]]) to++;
    for (let i = from; i <= to; i++) result[order[i]] = (from + to) / 2;
    from = to + 1;
  }
  return result;
}

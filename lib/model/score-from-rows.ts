import { DAY_MS } from '@/lib/core/time';
import { BAR_MS } from '@/lib/market/bar';
import type { PositionSide } from '@/lib/market/liquidation';
import type { BarScore, LocationScore, Score } from '@/lib/market/score';

/** Fewer bars with a liquidation than this say nothing about ranks, fewer events nothing about places. */
const MIN_BUSY_BARS = 20;
const MIN_EVENTS = 20;

/** Sums up what was scored; null before the first bar. */
export function scoreFromRows(bars: readonly BarScore[], locations: readonly LocationScore[]): Score | null {
  if (bars.length === 0) return null;
  const total = (numberOf: (location: LocationScore) => number) =>
    locations.reduce((sum, location) => sum + numberOf(location), 0);
  const usdOf = (key: 'expected' | 'observed') => bars.reduce((sum, bar) => sum + bar[key].long + bar[key].short, 0);
  const eventCount = total((each) => each.eventCount);
  const dayOldEventCount = total((each) => each.dayOldEventCount);
  const hasEvents = eventCount >= MIN_EVENTS;
  const topUsd = total((each) => each.topTenthUsd);
  return {
    days: (bars.length * BAR_MS) / DAY_MS,
    eventCount,
    rankCorrelation: meanRankCorrelation(bars, 'expected'),
    moveRankCorrelation: meanRankCorrelation(bars, 'move'),
    bitsPerEvent: hasEvents ? total((each) => each.bits) / eventCount : null,
    dayOldBitsPerEvent: dayOldEventCount >= MIN_EVENTS ? total((each) => each.dayOldBits) / dayOldEventCount : null,
    topTenthShare: hasEvents ? topUsd / total((each) => each.usd) : null,
    topTenthLift: hasEvents ? topUsd / total((each) => each.topTenthUsdByChance) : null,
    expectedUsd: usdOf('expected'),
    observedUsd: usdOf('observed'),
  };
}

function meanRankCorrelation(bars: readonly BarScore[], by: 'expected' | 'move'): number | null {
  const ofSide = (side: PositionSide): number | null => {
    const observed = Float64Array.from(bars, (bar) => bar.observed[side]);
    if (observed.filter((usd) => usd > 0).length < MIN_BUSY_BARS) return null;
    return rankCorrelation(
      Float64Array.from(bars, (bar) => bar[by][side]),
      observed,
    );
  };
  const known = [ofSide('long'), ofSide('short')].filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}

/** Spearman's, equal values sharing the mean of their ranks; null where one of the two does not vary. */
export function rankCorrelation(xs: Float64Array, ys: Float64Array): number | null {
  const x = ranks(xs);
  const y = ranks(ys);
  const mean = (x.length - 1) / 2;
  let xy = 0;
  let xx = 0;
  let yy = 0;
  for (let i = 0; i < x.length; i++) {
    xy += (x[i] - mean) * (y[i] - mean);
    xx += (x[i] - mean) ** 2;
    yy += (y[i] - mean) ** 2;
  }
  return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : null;
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

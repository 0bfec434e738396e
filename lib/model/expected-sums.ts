import { floorToStep, HOUR_MS } from '@/lib/core/time';
import { BAR_MS } from '@/lib/market/bar';
import type { PositionSide } from '@/lib/market/liquidation';
import type { BarScore } from '@/lib/market/score';

import { createPastSums, ENOUGH_SUMS, type PastSums } from './sum-interval';

const BARS_PER_HOUR = HOUR_MS / BAR_MS;
/** Fewer intervals than this say nothing of how often such intervals hold. */
const MIN_JUDGED = 100;

interface HourSum {
  readonly expected: number;
  readonly observed: number;
}

/** What was expected of a side in each hour that was scored throughout, by the map before each bar, and what came. */
function hourSums(bars: readonly BarScore[], side: PositionSide): readonly HourSum[] {
  const hours: HourSum[] = [];
  for (let from = 0; from < bars.length;) {
    const hourMs = floorToStep(bars[from].openTimeMs, HOUR_MS);
    let expected = 0;
    let observed = 0;
    let end = from;
    for (; end < bars.length && floorToStep(bars[end].openTimeMs, HOUR_MS) === hourMs; end++) {
      expected += bars[end].expected[side];
      observed += bars[end].observed[side];
    }
    if (end - from === BARS_PER_HOUR) hours.push({ expected, observed });
    from = end;
  }
  return hours;
}

/** The past hours of a side, on which an interval of what is expected now rests. */
export function pastHours(bars: readonly BarScore[], side: PositionSide): PastSums {
  const past = createPastSums();
  for (const { expected, observed } of hourSums(bars, side)) past.add(expected, observed);
  return past;
}

/** Share of hours and sides whose sum lay in the 80 % interval that the hours before it gave; null where too few were judged. */
export function intervalCoverage(bars: readonly BarScore[]): number | null {
  let judged = 0;
  let held = 0;
  for (const side of ['long', 'short'] as const) {
    const past = createPastSums();
    for (const { expected, observed } of hourSums(bars, side)) {
      const interval = past.count < ENOUGH_SUMS ? null : past.intervalOf(expected);
      if (interval !== null) {
        judged += 1;
        if (observed >= interval.low && observed <= interval.high) held += 1;
      }
      past.add(expected, observed);
    }
  }
  return judged < MIN_JUDGED ? null : held / judged;
}

/** Where a chart's bars stand: evenly in pixels, evenly in time. */
export interface BarTimes {
  /** Middle of the newest bar, CSS pixels from the pane's left edge; may lie outside the pane. */
  readonly lastX: number;
  /** When the newest bar opened. */
  readonly lastTimeMs: number;
  /** CSS pixels from bar to bar. */
  readonly spacing: number;
  readonly barMs: number;
}

const SECOND_MS = 1_000;
const MINUTE_S = 60;
/** Fewer places with a bar than this prove nothing. */
const MIN_PROBES = 4;
/** A place this near the edge between two bars may belong to either. */
const EDGE_PX = 0.5;

/**
 * The i-th place at which a chart is asked for its bar. The places lie ever further apart, because at equal steps all of
 * them may lie on the edges between bars, where they prove nothing.
 */
export const placeOf = (i: number, width: number): number => (3 * i * i) % width;

/**
 * Reads bar times from a time scale's own numbers: width, pixels from bar to bar, bars right of the newest, then the times (seconds) of
 * the bars at places `placeOf` the numbers' own indices, 0 where there is none. The middle of the bar i bars before
 * the newest lies at width - 1 - (rightOffset + i + 0.5) spacing; every place must name the bar that this puts there,
 * and time must run evenly from bar to bar. Null where anything disagrees: a heat map that misses its bars is worse than none.
 */
export function barTimesFromNumbers(numbers: readonly number[]): BarTimes | null {
  const [width, spacing, rightOffset, ...times] = numbers;
  const lastX = width - 1 - (rightOffset + 0.5) * spacing;
  if (!(spacing > 0 && Number.isFinite(lastX)) || times.length < MIN_PROBES) return null;
  const barAt = (x: number): number => Math.round((lastX - x) / spacing);
  const edgeDistance = (x: number): number => (0.5 - Math.abs((lastX - x) / spacing - barAt(x))) * spacing;
  const places = times
    .map((time, i) => ({ time, x: placeOf(i + 3, width) }))
    .filter(({ time, x }) => time > 0 && (edgeDistance(x) > EDGE_PX || spacing <= 2 * EDGE_PX))
    .sort((a, b) => a.x - b.x);
  if (places.length < MIN_PROBES) return null;
  const [first, last] = [places[0], places[places.length - 1]];
  const bars = barAt(first.x) - barAt(last.x);
  const barSeconds = (last.time - first.time) / bars;
  // Bars that are narrower than a pixel cannot be told apart; then a bar more or less is no doubt.
  const slack = spacing <= 2 * EDGE_PX ? barSeconds : 0;
  const timeOf = (bar: number): number => last.time + (barAt(last.x) - bar) * barSeconds;
  const isEven = places.every(({ time, x }) => Math.abs(time - timeOf(barAt(x))) <= slack);
  if (!(barSeconds >= MINUTE_S && bars > 0 && isEven)) return null;
  return { lastX, lastTimeMs: timeOf(0) * SECOND_MS, spacing, barMs: barSeconds * SECOND_MS };
}

/** Whether the newest bar is that of now, as in a market that never sleeps; if not, the chart is in another time zone, or old. */
export const isAround = ({ lastTimeMs, barMs }: BarTimes, nowMs: number): boolean =>
  lastTimeMs <= nowMs + barMs && nowMs < lastTimeMs + 3 * barMs;

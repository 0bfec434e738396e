/** A number read off an axis and the y at which the axis has it, in CSS pixels from the pane's top. */
export interface Tick {
  readonly value: number;
  readonly y: number;
}

/** y = intercept + slope t(value), with t the identity or the natural logarithm; upright where the slope is negative. */
export interface AxisFit {
  readonly isLog: boolean;
  readonly slope: number;
  readonly intercept: number;
  /** Root mean square of the inliers' distance from the line, CSS pixels. */
  readonly residualPx: number;
  /** By which it was chosen: squared distances of all ticks, each capped. */
  readonly cost: number;
}

/** A tick further than this from a candidate line does not belong to it: rounding stays below, moved labels above. */
const TOLERANCE_PX = 0.75;
/** An inlier this much further out than the median one, and than `EXACT_PX`, is a price label rounded to whole pixels. */
const OUTLYING = 3;
const EXACT_PX = 0.1;
/** Most ticks this close to one line are its own: outliers in a heap beside it would bend another to cost less. */
const CERTAIN_PX = 0.05;
/** Two points fit every line. */
const MIN_INLIERS = 3;

/**
 * The axis that most ticks agree on. Every pair of ticks proposes a line, linear in the value and in its logarithm. Its cost
 * is the sum of squared distances, each capped at the tolerance: a line bent to admit an outlier loses to the one through
 * the others. Labels of other things (moved price labels, study values) stay outside. Null when fewer than three ticks, or
 * no more than half of them, agree.
 */
export function fitAxis(ticks: readonly Tick[]): AxisFit | null {
  const linear = fitIn(false, ticks);
  if (linear && isCertain(linear)) return linear;
  const log = fitIn(true, ticks);
  // A short range runs straight in both; the linear axis is the commoner one and extends below zero.
  return linear && !(log && (isCertain(log) || log.cost < linear.cost)) ? linear : log;
}

const isCertain = ({ residualPx }: AxisFit): boolean => residualPx < CERTAIN_PX;

/** Where the fitted axis has a value; NaN where that value has no logarithm. */
export const valueToY = (fit: AxisFit, value: number): number =>
  fit.intercept + fit.slope * (fit.isLog ? Math.log(value) : value);

/** The value that the fitted axis has at y. */
export function yToValue(fit: AxisFit, y: number): number {
  const t = (y - fit.intercept) / fit.slope;
  return fit.isLog ? Math.exp(t) : t;
}

interface Point {
  readonly t: number;
  readonly y: number;
}

interface Line {
  readonly slope: number;
  readonly intercept: number;
}

const distance = ({ slope, intercept }: Line, { t, y }: Point): number => Math.abs(y - intercept - slope * t);

function fitIn(isLog: boolean, ticks: readonly Tick[]): AxisFit | null {
  const points = ticks
    .map(({ value, y }) => ({ t: isLog ? Math.log(value) : value, y }))
    // A logarithm has no place for zero and below.
    .filter(({ t, y }) => isFinite(t + y))
    .sort((a, b) => a.y - b.y);
  const proposal = cheapestLine(points);
  const rough = proposal && leastSquares(within(TOLERANCE_PX, points, proposal));
  const inliers = rough ? closest(points, rough) : [];
  const line = leastSquares(inliers);
  if (!line || inliers.length < MIN_INLIERS || 2 * inliers.length <= ticks.length) return null;
  const squares = inliers.reduce((sum, point) => sum + distance(line, point) ** 2, 0);
  return {
    isLog,
    ...line,
    residualPx: Math.sqrt(squares / inliers.length),
    cost: costOf(line, points) + (ticks.length - points.length) * TOLERANCE_PX ** 2,
  };
}

const within = (limitPx: number, points: readonly Point[], line: Line): readonly Point[] =>
  points.filter((point) => distance(line, point) <= limitPx);

/** The points that belong to a line as closely as most of those within the tolerance do. */
function closest(points: readonly Point[], line: Line): readonly Point[] {
  const near = within(TOLERANCE_PX, points, line);
  const distances = near.map((point) => distance(line, point)).sort((a, b) => a - b);
  return within(Math.max(EXACT_PX, OUTLYING * distances[distances.length >> 1]), near, line);
}

const costOf = (line: Line, points: readonly Point[]): number =>
  points.reduce((cost, point) => cost + Math.min(distance(line, point), TOLERANCE_PX) ** 2, 0);

/** Widest pairs first, so that a clean axis is settled by its first pair. */
function cheapestLine(points: readonly Point[]): Line | null {
  let best: Line | null = null;
  let bestCost = points.length * TOLERANCE_PX ** 2;
  for (let span = points.length - 1; span > 0 && bestCost > CERTAIN_PX ** 2; span--) {
    for (let i = 0; i + span < points.length; i++) {
      const a = points[i];
      const b = points[i + span];
      const slope = (b.y - a.y) / (b.t - a.t);
      const line = { slope, intercept: a.y - slope * a.t };
      const cost = costOf(line, points);
      // No number where two ticks have one value.
      if (!(cost < bestCost)) continue;
      bestCost = cost;
      best = line;
    }
  }
  return best;
}

/** Centred, because ln of neighbouring prices differs in the fourth digit only. */
function leastSquares(points: readonly Point[]): Line | null {
  const meanT = points.reduce((sum, { t }) => sum + t, 0) / points.length;
  const meanY = points.reduce((sum, { y }) => sum + y, 0) / points.length;
  let covariance = 0;
  let variance = 0;
  for (const { t, y } of points) {
    covariance += (t - meanT) * (y - meanY);
    variance += (t - meanT) ** 2;
  }
  const slope = covariance / variance;
  return slope ? { slope, intercept: meanY - slope * meanT } : null;
}

import { DAY_MS } from '@/lib/core/time';

import type { BookConfig } from './book-config';
import type { BookSide } from './book-side';
import type { LeverageClass } from './leverage-mix';
import type { PositionBook } from './position-book';

/** Below this many liquidations the prior stands alone: "not enough events". */
export const ENOUGH_EVENTS = 300;

/** The past counts half as much after this long; shorter ones learned a worse mix on the synthetic market. */
const HALF_LIFE_MS = 30 * DAY_MS;
/** What the prior is worth in events, per class. */
const PRIOR_EVENTS = 0.5;
/** All classes together hold at most this share: somebody is always hedged. */
const LARGEST_SUM = 0.97;
const ITERATIONS = 60;
const CONVERGED = 1e-4;

/** A bar's liquidations of one side and what each class would have lost in it, had it been all that was opened. */
interface Evidence {
  readonly timeMs: number;
  /** Contract units, each event cut to the mean event so that a few large ones do not decide. */
  readonly qty: number;
  /** Contract units per unit of share, by class. */
  readonly exposures: Float64Array;
}

/**
 * What liquidations tell about the distance to liquidation: plain numbers and arrays, so that it can be stored as it is.
 * `createLearning` is the reset.
 */
export interface LearningState {
  readonly evidence: Evidence[];
  /** A_k: contract units that class k would have lost on the way the mark took, per unit of share; discounted. */
  readonly exposures: Float64Array;
  /** End of the last bar observed. */
  throughMs: number;
  eventCount: number;
  /** Sums over the events: contract units, squared, and cut as in the evidence. */
  qty: number;
  squaredQty: number;
  cutQty: number;
  squaredCutQty: number;
}

const keptAfter = (elapsedMs: number): number => 2 ** (-elapsedMs / HALF_LIFE_MS);

/** A learned mix and how sure it is. */
export interface LearnedMix {
  readonly classes: readonly LeverageClass[];
  /** Standard deviation of each class's share / the share. */
  readonly relativeDeviations: readonly number[];
  readonly eventCount: number;
  readonly isEnough: boolean;
  /** Contract units of a typical position, weighted by size: the sum of squares / the sum. NaN before the first event. */
  readonly positionQty: number;
}

/** Knows nothing yet, of a configuration's classes. */
export const createLearning = (config: BookConfig): LearningState => ({
  evidence: [],
  exposures: new Float64Array(config.classes.length),
  throughMs: NaN,
  eventCount: 0,
  qty: 0,
  squaredQty: 0,
  cutQty: 0,
  squaredCutQty: 0,
});

/** Contract units of each liquidation of a bar, by side; of a sampled feed already corrected (sampled-feed.ts). */
export interface BarLiquidations {
  readonly long: readonly number[];
  readonly short: readonly number[];
}

/**
 * Adds the bar that the book has just folded and the liquidations recorded in it. O(classes) and O(1) per event. Bars in which
 * the feed was not recorded must be left out: their exposure would count as "nothing was liquidated".
 */
export function observeBar(state: LearningState, book: PositionBook, liquidations: BarLiquidations): void {
  const { classes } = book.config;
  const elapsedMs = state.throughMs >= 0 ? book.throughMs - state.throughMs : 0;
  const kept = keptAfter(elapsedMs);
  state.throughMs = book.throughMs;
  for (let k = 0; k < classes.length; k++) state.exposures[k] *= kept;
  observeSide(state, book.long, classes, liquidations.long);
  observeSide(state, book.short, classes, liquidations.short);
}

function observeSide(
  state: LearningState,
  side: BookSide,
  classes: readonly LeverageClass[],
  quantities: readonly number[],
): void {
  const { liquidated } = side;
  let crossed = 0;
  for (let k = 0; k < classes.length; k++) {
    crossed += liquidated[k];
    state.exposures[k] += liquidated[k] / classes[k].share;
  }
  if (quantities.length === 0) return;
  let cutSum = 0;
  for (const qty of quantities) {
    state.eventCount++;
    state.qty += qty;
    state.squaredQty += qty * qty;
    const cut = Math.min(qty, state.qty / state.eventCount);
    state.cutQty += cut;
    state.squaredCutQty += cut * cut;
    cutSum += cut;
  }
  // Where no level was crossed the event tells nothing about the classes: its position is younger than the book.
  if (crossed > 0) {
    const exposures = liquidated.map((qty, k) => qty / classes[k].share);
    state.evidence.push({ timeMs: state.throughMs, qty: cutSum, exposures });
  }
}

/**
 * The mix that explains the liquidations best: y_t ~ Poisson(sum over k of w_k a_tk) for each bar and side t, found by
 * expectation and maximisation, w_k = (R_k + alpha) / (A_k + alpha / prior_k). R_k sums each event's part w_k a_tk / sum; the
 * exposure A_k accounts for near levels being liquidated more often. Both are counted in effective events: divided by the
 * overdispersion phi = sum of squares / sum. Shares are of opened quantity and absolute; what they leave is absorbing. Where
 * their sum would leave too little, one limit holds them all, and those known least give way.
 * `prior` is the group's mix or the stated one, its classes those that the evidence was gathered with.
 */
export function learnLeverageMix(state: LearningState, prior: readonly LeverageClass[]): LearnedMix {
  const { eventCount, exposures } = state;
  const positionQty = state.squaredQty / state.qty;
  const isEnough = eventCount >= ENOUGH_EVENTS;
  if (!isEnough) {
    const relativeDeviations = prior.map(() => 1 / Math.sqrt(PRIOR_EVENTS));
    return { classes: prior, relativeDeviations, eventCount, isEnough, positionQty };
  }
  const cutFactor = state.qty / state.cutQty;
  const overdispersion = (cutFactor * state.squaredCutQty) / state.cutQty;
  const weights = Float64Array.from(
    state.evidence,
    ({ timeMs, qty }) => (cutFactor * qty * keptAfter(state.throughMs - timeMs)) / overdispersion,
  );
  const resistance = prior.map(({ share }, k) => exposures[k] / overdispersion + PRIOR_EVENTS / share);
  const rows = new Float64Array(state.evidence.length * prior.length);
  state.evidence.forEach((row, t) => rows.set(row.exposures, t * prior.length));
  const support = new Float64Array(prior.length);
  let shares: Float64Array = Float64Array.from(prior, ({ share }) => share);
  for (let iteration = 0; iteration < ITERATIONS; iteration++) {
    addSupport(rows, weights, shares, support.fill(PRIOR_EVENTS));
    const next = boundedShares(support, resistance);
    const change = next.reduce((sum, share, k) => sum + Math.abs(share - shares[k]), 0);
    shares = next;
    if (change < CONVERGED) break;
  }
  return {
    classes: prior.map((each, k) => ({ ...each, share: shares[k] })),
    relativeDeviations: Array.from(support, (events) => 1 / Math.sqrt(events)),
    eventCount,
    isEnough,
    positionQty,
  };
}

/** Adds each row's weight to the classes that explain it; `rows` holds the exposures of one row after another. */
function addSupport(rows: Float64Array, weights: Float64Array, shares: Float64Array, support: Float64Array): void {
  const classCount = shares.length;
  for (let t = 0, start = 0; t < weights.length; t++, start += classCount) {
    let expected = 0;
    for (let k = 0; k < classCount; k++) expected += shares[k] * rows[start + k];
    if (!(expected > 0)) continue;
    const perExpected = weights[t] / expected;
    for (let k = 0; k < classCount; k++) support[k] += shares[k] * rows[start + k] * perExpected;
  }
}

/** support / resistance; if their sum passes the limit, support / (resistance + the multiplier that holds it there). */
function boundedShares(support: Float64Array, resistance: readonly number[]): Float64Array {
  const sumAt = (multiplier: number): number =>
    support.reduce((sum, events, k) => sum + events / (resistance[k] + multiplier), 0);
  let low = 0;
  let high = sumAt(0) > LARGEST_SUM ? support.reduce((sum, events) => sum + events, 0) / LARGEST_SUM : 0;
  for (let step = 0; step < 40 && high - low > 1e-9 * high; step++) {
    const middle = (low + high) / 2;
    if (sumAt(middle) > LARGEST_SUM) low = middle;
    else high = middle;
  }
  return support.map((events, k) => events / (resistance[k] + high));
}

/** One state of several contracts, each in units of its own typical position: what a group shares, as a prior for each. */
export function poolLearning(states: readonly LearningState[], config: BookConfig): LearningState {
  const pooled = createLearning(config);
  const told = states.filter(({ eventCount }) => eventCount > 0);
  if (told.length > 0) pooled.throughMs = Math.max(...told.map(({ throughMs }) => throughMs));
  for (const state of told) {
    const unit = state.cutQty / state.eventCount;
    // A contract that was watched last long ago has forgotten as much of its exposure as its events are now worth less.
    const kept = keptAfter(pooled.throughMs - state.throughMs);
    pooled.eventCount += state.eventCount;
    pooled.qty += state.qty / unit;
    pooled.squaredQty += state.squaredQty / unit ** 2;
    pooled.cutQty += state.cutQty / unit;
    pooled.squaredCutQty += state.squaredCutQty / unit ** 2;
    for (let k = 0; k < pooled.exposures.length; k++) pooled.exposures[k] += (kept * state.exposures[k]) / unit;
    for (const { timeMs, qty, exposures } of state.evidence) {
      pooled.evidence.push({ timeMs, qty: qty / unit, exposures: exposures.map((each) => each / unit) });
    }
  }
  return pooled;
}

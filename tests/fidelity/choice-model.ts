import { solve } from './judge';

/** The events of one crossed range. */
export interface Choice {
  /** Cell of each event. */
  readonly chosen: readonly number[];
  /** Per cell the terms of the position-in-range curve. */
  readonly features: readonly (readonly number[])[];
  /** Per cell what a map says. */
  readonly extra: readonly number[];
}

const CURVE_TERMS = 5;
const STEPS = 8;
/** Keeps weights that nothing speaks for at zero. */
const PENALTY = 1;

/** Position in the range, 0 at the start and 1 at the extreme, to the third power, and both ends for themselves. */
export const curveFeatures = (cellCount: number): readonly (readonly number[])[] =>
  Array.from({ length: cellCount }, (_, i) => {
    const x = (i + 0.5) / cellCount;
    return [x, x ** 2, x ** 3, i === 0 ? 1 : 0, i === cellCount - 1 ? 1 : 0];
  });

/**
 * Weights of a conditional logit, ln p(cell) = weights x terms + constant, by Newton's method; from those of the curve and the
 * map's alone where they are known.
 */
export function fitChoice(choices: readonly Choice[], hasExtra: boolean, start?: readonly number[]): readonly number[] {
  const size = CURVE_TERMS + (hasExtra ? 1 : 0);
  let weights: readonly number[] = start ?? Array.from({ length: size }, () => 0);
  for (let step = start === undefined ? 0 : STEPS / 2; step < STEPS; step++) {
    const normal = Array.from({ length: size }, (_, a) => {
      const row = new Float64Array(size + 1);
      row[a] = PENALTY;
      row[size] = -PENALTY * weights[a];
      return row;
    });
    for (const choice of choices) addToNormal(normal, choice, weights, hasExtra);
    const change = solve(normal);
    weights = weights.map((weight, a) => weight + change[a]);
  }
  return weights;
}

/** Best weight of the map's term while the curve stays as given, and the ln-likelihood gained: Newton's method in one dimension. */
export function fitExtra(choices: readonly Choice[], curve: readonly number[]): { weight: number; gain: number } {
  const bases = choices.map(({ features }) =>
    features.map((terms) => Math.exp(terms.reduce((score, term, k) => score + curve[k] * term, 0))),
  );
  let weight = 0;
  for (let step = 0; step < STEPS / 2; step++) {
    let slope = -PENALTY * weight;
    let curvature = PENALTY;
    choices.forEach(({ chosen, extra }, i) => {
      const { mean, variance } = tilted(bases[i], extra, weight);
      for (const cell of chosen) slope += extra[cell] - mean;
      curvature += chosen.length * variance;
    });
    weight += slope / curvature;
  }
  const gain = choices.reduce((total, { chosen, extra }, i) => {
    const change = tilted(bases[i], extra, weight).logSum - tilted(bases[i], extra, 0).logSum;
    return chosen.reduce((sum, cell) => sum + weight * extra[cell] - change, total);
  }, 0);
  return { weight, gain };
}

/** Mean and variance of the map's term under p ~ base x exp(weight x term), and ln of the sum. */
function tilted(base: readonly number[], extra: readonly number[], weight: number) {
  let sum = 0;
  let first = 0;
  let second = 0;
  for (let i = 0; i < base.length; i++) {
    const mass = base[i] * Math.exp(weight * extra[i]);
    sum += mass;
    first += mass * extra[i];
    second += mass * extra[i] * extra[i];
  }
  return { mean: first / sum, variance: second / sum - (first / sum) ** 2, logSum: Math.log(sum) };
}

/** ln p of each event's cell. */
export function logProbabilities(choice: Choice, weights: readonly number[], hasExtra: boolean): readonly number[] {
  const scores = choice.features.map((_, i) => scoreOf(choice, i, weights, hasExtra));
  const highest = Math.max(...scores);
  const total = highest + Math.log(scores.reduce((sum, score) => sum + Math.exp(score - highest), 0));
  return choice.chosen.map((cell) => scores[cell] - total);
}

const termOf = ({ features, extra }: Choice, i: number, k: number): number =>
  k < CURVE_TERMS ? features[i][k] : extra[i];

function scoreOf(choice: Choice, i: number, weights: readonly number[], hasExtra: boolean): number {
  let score = hasExtra ? weights[CURVE_TERMS] * choice.extra[i] : 0;
  for (let k = 0; k < CURVE_TERMS; k++) score += weights[k] * choice.features[i][k];
  return score;
}

/** Adds the observed information and gradient of one range's events. */
function addToNormal(
  normal: readonly Float64Array[],
  choice: Choice,
  weights: readonly number[],
  hasExtra: boolean,
): void {
  const size = normal.length;
  const { chosen, features } = choice;
  const count = chosen.length;
  const raw = features.map((_, i) => Math.exp(scoreOf(choice, i, weights, hasExtra)));
  const sum = raw.reduce((total, value) => total + value, 0);
  const means = new Float64Array(size);
  const squares = new Float64Array(size * size);
  for (let i = 0; i < raw.length; i++) {
    const share = raw[i] / sum;
    for (let a = 0; a < size; a++) {
      const part = share * termOf(choice, i, a);
      means[a] += part;
      for (let b = a; b < size; b++) squares[a * size + b] += part * termOf(choice, i, b);
    }
  }
  for (let a = 0; a < size; a++) {
    for (let b = a; b < size; b++) {
      const covariance = count * (squares[a * size + b] - means[a] * means[b]);
      normal[a][b] += covariance;
      if (b > a) normal[b][a] += covariance;
    }
    for (const cell of chosen) normal[a][size] += termOf(choice, cell, a) - means[a];
  }
}

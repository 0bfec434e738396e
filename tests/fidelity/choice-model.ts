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

/** Weights of a conditional logit, ln p(cell) = weights x terms + constant, by Newton's method. */
export function fitChoice(choices: readonly Choice[], hasExtra: boolean): readonly number[] {
  const size = CURVE_TERMS + (hasExtra ? 1 : 0);
  let weights: readonly number[] = Array.from({ length: size }, () => 0);
  for (let step = 0; step < STEPS; step++) {
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
  const count = choice.chosen.length;
  const scores = choice.features.map((_, i) => scoreOf(choice, i, weights, hasExtra));
  const highest = Math.max(...scores);
  const raw = scores.map((score) => Math.exp(score - highest));
  const sum = raw.reduce((total, value) => total + value, 0);
  const means = new Float64Array(size);
  raw.forEach((value, i) => {
    for (let k = 0; k < size; k++) means[k] += (value / sum) * termOf(choice, i, k);
  });
  raw.forEach((value, i) => {
    for (let a = 0; a < size; a++) {
      const off = ((count * value) / sum) * (termOf(choice, i, a) - means[a]);
      for (let b = 0; b < size; b++) normal[a][b] += off * (termOf(choice, i, b) - means[b]);
    }
  });
  for (const cell of choice.chosen) {
    for (let a = 0; a < size; a++) normal[a][size] += termOf(choice, cell, a) - means[a];
  }
}

import type { LocationWindow } from './location-windows';

/** What the stated shares are worth in events, per layer. */
const PRIOR_EVENTS = 1;
/** Part of a reading that no layer explains. */
const EVEN_PART = 0.1;
const ITERATIONS = 20;

/**
 * Shares of a map's layers (classes by distance to liquidation) that explain best where the events of some windows fell, given
 * that they fell into the crossed range: p(cell) ~ sum of share x mass in the cell / the same in all cells. By expectation and
 * maximisation: share = (responsibilities + prior events) / (exposure + prior events / stated share), summing to 1.
 */
export function learnShares(
  windows: readonly LocationWindow[],
  layers: readonly (readonly Float64Array[])[],
  learnedFrom: readonly number[],
  stated: readonly number[],
): readonly number[] {
  const totals = layers.map((window) => window.map((cells) => cells.reduce((sum, mass) => sum + mass, 0)));
  const support = new Float64Array(stated.length);
  const exposure = new Float64Array(stated.length);
  let shares = stated;
  for (let iteration = 0; iteration < ITERATIONS; iteration++) {
    support.fill(PRIOR_EVENTS);
    for (let k = 0; k < stated.length; k++) exposure[k] = PRIOR_EVENTS / stated[k];
    for (const i of learnedFrom) {
      const { cellCount, events } = windows[i];
      const total = shares.reduce((sum, share, k) => sum + share * totals[i][k], 0);
      if (!(total > 0)) continue;
      for (const { cell } of events) {
        let explained = (EVEN_PART * total) / cellCount;
        for (let k = 0; k < stated.length; k++) explained += shares[k] * layers[i][k][cell];
        for (let k = 0; k < stated.length; k++) support[k] += (shares[k] * layers[i][k][cell]) / explained;
      }
      for (let k = 0; k < stated.length; k++) exposure[k] += (events.length * totals[i][k]) / total;
    }
    const next = Array.from(support, (events, k) => events / exposure[k]);
    const sum = next.reduce((all, share) => all + share, 0);
    shares = next.map((share) => share / sum);
  }
  return shares;
}

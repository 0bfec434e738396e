import type { LearningState } from './leverage-learning';

/** A learning state as numbers to be stored. Evidence rows are time, quantity and one exposure per class. */
export interface PackedLearning {
  readonly sums: Float64Array;
  readonly evidence: Float64Array;
  readonly evidenceWidth: number;
}

const SUM_COUNT = 6;
const ROW_HEAD = 2;

/** `sums`: the six numbers of the state, then one exposure per class. */
export function packLearning(state: LearningState): PackedLearning {
  const evidenceWidth = ROW_HEAD + state.exposures.length;
  const evidence = new Float64Array(state.evidence.length * evidenceWidth);
  state.evidence.forEach(({ timeMs, qty, exposures }, i) => {
    evidence[i * evidenceWidth] = timeMs;
    evidence[i * evidenceWidth + 1] = qty;
    evidence.set(exposures, i * evidenceWidth + ROW_HEAD);
  });
  const { throughMs, eventCount, qty, squaredQty, cutQty, squaredCutQty, exposures } = state;
  const sums = Float64Array.of(throughMs, eventCount, qty, squaredQty, cutQty, squaredCutQty, ...exposures);
  return { sums, evidence, evidenceWidth };
}

/**
 * The inverse, to the bit; null where the numbers are of another count of classes. Of more than `mostRows` rows of evidence
 * neighbours are added up: a sum of Poisson counts is one of the sums, and only what minutes tell apart is lost.
 */
export function unpackLearning(packed: PackedLearning, classCount: number, mostRows = Infinity): LearningState | null {
  const { sums, evidence, evidenceWidth } = packed;
  if (sums.length !== SUM_COUNT + classCount || evidenceWidth !== ROW_HEAD + classCount) return null;
  const [throughMs, eventCount, qty, squaredQty, cutQty, squaredCutQty] = sums;
  const state: LearningState = {
    evidence: [],
    exposures: sums.slice(SUM_COUNT),
    throughMs,
    eventCount,
    qty,
    squaredQty,
    cutQty,
    squaredCutQty,
  };
  const run = evidenceWidth * Math.max(1, Math.ceil(evidence.length / evidenceWidth / mostRows));
  for (let start = 0; start < evidence.length; start += run) {
    const end = Math.min(start + run, evidence.length);
    const row = evidence.slice(start, start + evidenceWidth);
    for (let at = start + evidenceWidth; at < end; at++) row[(at - start) % evidenceWidth] += evidence[at];
    state.evidence.push({ timeMs: evidence[end - evidenceWidth], qty: row[1], exposures: row.subarray(ROW_HEAD) });
  }
  return state;
}

import { SECOND_MS } from '@/lib/core/time';
import type { Liquidation } from '@/lib/market/liquidation';

/** What a feed keeps of the liquidations of one symbol and second. */
export type FeedSampling = 'complete' | 'largest' | 'latest';

/** True USD / reported USD where a feed keeps the largest of each second, by events a second (simulated, heavy-tailed sizes). */
const LARGEST_FACTORS: readonly (readonly [eventsPerSecond: number, factor: number])[] = [
  [0.1, 1.01],
  [1, 1.1],
  [10, 1.7],
  [100, 3.8],
];
/** A stretch all of whose seconds carry an event says no more than "many": events a second are taken to be at most this. */
const MOST_EVENTS_PER_SECOND = 10;

/**
 * Factor that makes up for what a sampled feed leaves out, from the share of seconds that carry an event: with events at
 * random a second carries one with probability 1 - exp(-rate). A number so corrected must be labelled as such.
 */
export function samplingFactor(sampling: FeedSampling, occupiedShare: number): number {
  if (sampling === 'complete' || !(occupiedShare > 0)) return 1;
  const rate = Math.min(MOST_EVENTS_PER_SECOND, -Math.log1p(-Math.min(occupiedShare, 1 - 1e-9)));
  if (sampling === 'latest') return rate / -Math.expm1(-rate);
  const next = LARGEST_FACTORS.findIndex(([eventsPerSecond]) => eventsPerSecond >= rate);
  if (next <= 0) return 1;
  const [fromRate, from] = LARGEST_FACTORS[next - 1];
  const [toRate, to] = LARGEST_FACTORS[next];
  return from + ((to - from) * Math.log(rate / fromRate)) / Math.log(toRate / fromRate);
}

/**
 * The factor of each of a bar's events: from the share of its seconds that carry a pushed event of either side, as a feed keeps
 * one a second of the contract. What was asked for afterwards is no part of the sample: it neither counts nor is corrected.
 */
export function samplingFactors(
  liquidations: readonly Pick<Liquidation, 'timeMs' | 'isBackfilled'>[],
  sampling: FeedSampling,
  barMs: number,
): (liquidation: Pick<Liquidation, 'isBackfilled'>) => number {
  const pushed = liquidations.filter(({ isBackfilled }) => isBackfilled !== true);
  const seconds = new Set(pushed.map(({ timeMs }) => Math.floor(timeMs / SECOND_MS)));
  const factor = samplingFactor(sampling, (seconds.size * SECOND_MS) / barMs);
  return ({ isBackfilled }) => (isBackfilled === true ? 1 : factor);
}

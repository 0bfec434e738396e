import { DAY_MS } from '@/lib/core/time';
import type { SidesUsd } from '@/lib/market/profile';

/** What is known of the share of crossed USD at risk that a feed shows as liquidated: discounted sums of both. */
export interface LiquidatedShare {
  readonly observed: SidesUsd;
  readonly atRisk: SidesUsd;
}

/** Starts from nothing but the prior. */
export const NO_OBSERVATION: LiquidatedShare = { observed: { long: 0, short: 0 }, atRisk: { long: 0, short: 0 } };

/** What to expect of a feed before anything was observed: measured on three venues' totals, and on one sampled feed. */
export const PRIOR_SHARES = { severalVenues: 0.2, sampled: 0.04 } as const;

/** Weight of the prior, in USD at risk / open interest. */
export const PRIOR_WEIGHT = 0.02;

/** The past counts half as much after this long: slow, so that the share calibrates dollars and remembers no event. */
export const SHARE_HALF_LIFE_MS = 30 * DAY_MS;

/**
 * Adds a stretch that has ended: the USD at risk that was read off the map before each of its bars, and the USD that was then
 * reported. `elapsedMs` since the last addition discounts what was known before.
 */
export function observeShare(
  share: LiquidatedShare,
  atRisk: SidesUsd,
  observed: SidesUsd,
  elapsedMs: number,
): LiquidatedShare {
  const kept = 2 ** (-elapsedMs / SHARE_HALF_LIFE_MS);
  const add = (sum: SidesUsd, more: SidesUsd): SidesUsd => ({
    long: kept * sum.long + more.long,
    short: kept * sum.short + more.short,
  });
  return { observed: add(share.observed, observed), atRisk: add(share.atRisk, atRisk) };
}

/**
 * Liquidated / at risk per side: the mean of a prior that weighs as much as `priorUsd` at risk and of what was observed. Each
 * side leans on the other with the same weight, as both see the same feed.
 */
export function liquidatedShare(share: LiquidatedShare, prior: number, priorUsd: number): SidesUsd {
  const both =
    (share.observed.long + share.observed.short + prior * priorUsd) /
    (share.atRisk.long + share.atRisk.short + priorUsd);
  return {
    long: (share.observed.long + both * priorUsd) / (share.atRisk.long + priorUsd),
    short: (share.observed.short + both * priorUsd) / (share.atRisk.short + priorUsd),
  };
}

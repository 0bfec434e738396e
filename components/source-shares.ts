import { clamp } from '@/lib/core/num';
import type { Summary } from '@/lib/market/summary';

/** How the counted open interest is known, each as a share of it; together they are 1. */
export interface SourceShares {
  /** Held by accounts that anybody can see. */
  readonly observed: number;
  /** Drawn, by where bars say it was opened. */
  readonly inferred: number;
  /** Neither drawn nor of unknown entry: taken as never liquidated within reach. */
  readonly assumed: number;
  readonly notLocated: number;
}

/** What is both observed and drawn counts as observed. */
export function sourceShares({ members, observedShare, unlocatedShare }: Summary): SourceShares {
  const sum = (usdOf: (member: Summary['members'][number]) => number) =>
    members.reduce((total, member) => total + usdOf(member), 0);
  // Each contract is held by one long and one short.
  const heldUsd = 2 * sum(({ countedOpenInterestUsd }) => countedOpenInterestUsd);
  const notLocated = clamp(unlocatedShare, 0, 1);
  const drawn =
    heldUsd > 0 ? clamp(sum(({ longUsd, shortUsd }) => longUsd + shortUsd) / heldUsd, 0, 1 - notLocated) : 0;
  const observed = clamp(observedShare, 0, 1 - notLocated);
  const known = Math.max(observed, drawn);
  return { observed, inferred: known - observed, assumed: 1 - notLocated - known, notLocated };
}

import { BAR_MS } from '@/lib/market/bar';
import type { Profile } from '@/lib/market/profile';

import type { ContractFold } from './contract-fold';
import type { LiveMarket } from './live-market';

/** The map of a contract as of now. */
export interface ContractMap {
  /** No levels until the first back-fill is whole; later a bar or two may be waiting for its open interest. */
  readonly isWhole: boolean;
  /** The last that was made. */
  readonly last: Profile<Float32Array> | null;
  /** The next one is made anew. */
  touch(): void;
  /** Made anew only where something changed since the last; null while there is none. Lends its arrays. */
  profile(wantsGroups: boolean): Profile<Float32Array> | null;
}

/** Whether history that reaches so far is enough for a map. */
export const reachesNow = (throughMs: number, nowMs: number): boolean => throughMs > nowMs - 12 * BAR_MS;

export function createContractMap(fold: ContractFold, live: LiveMarket, venueNow: () => number): ContractMap {
  let last: Profile<Float32Array> | null = null;
  let hasChanged = true;

  const isWhole = () => fold.estimator !== null && reachesNow(fold.estimator.throughMs, venueNow());

  return {
    get isWhole() {
      return isWhole();
    },
    get last() {
      return last;
    },
    touch() {
      hasChanged = true;
    },
    profile(wantsGroups) {
      const lacksGroups = wantsGroups && last !== null && last.groups === undefined;
      if (!hasChanged && !lacksGroups) return last;
      hasChanged = false;
      const { estimator } = fold;
      last =
        estimator === null || Number.isNaN(live.markPrice) || !isWhole()
          ? null
          : estimator.profile(
              {
                bars: live.barsAfter(estimator.throughMs, estimator.pendingBars),
                markPrice: live.markPrice,
                lastPrice: Number.isNaN(live.lastPrice) ? live.markPrice : live.lastPrice,
                asOfMs: venueNow(),
              },
              wantsGroups,
            );
      return last;
    },
  };
}

import type { SidesUsd } from '@/lib/market/profile';

import type { RecordedSet } from './recorded-set';

/** Completed bins that the memory reaches back over, and the part of what they suggest that is added. */
const MEMORY_BINS = 4;
const MEMORY_SHARE = 3e-4;

/**
 * Ours plus a memory of what was just liquidated: per bin a small share of exp(average of ln(1 + USD)) over the last completed
 * bins. It knows that liquidations cluster, which is no property of a map, so it is never called one.
 */
export function nowcast({ bars, barMs, liquidations }: RecordedSet, ours: readonly SidesUsd[]): readonly SidesUsd[] {
  if (liquidations === null) return ours;
  const { bins, binMs } = liquidations;
  const weight = 2 / (MEMORY_BINS + 1);
  const memory = { long: 0, short: 0 };
  let known = 0;
  return bars.map(({ openTimeMs }, i) => {
    for (; bins[known]?.endMs <= openTimeMs; known++) {
      const { observed } = bins[known];
      if (observed === null) continue;
      memory.long += weight * (Math.log1p(observed.long) - memory.long);
      memory.short += weight * (Math.log1p(observed.short) - memory.short);
    }
    const part = (MEMORY_SHARE * barMs) / binMs;
    return {
      long: ours[i].long + part * Math.expm1(memory.long),
      short: ours[i].short + part * Math.expm1(memory.short),
    };
  });
}

import { SECOND_MS, type Clock } from '@/lib/core/time';
import { clustersOfCharts } from '@/lib/market/clusters';
import { oneSide } from '@/lib/market/one-side';
import type { Profile } from '@/lib/market/profile';
import type { Cluster } from '@/lib/market/summary';
import type { BandSettings } from '@/lib/store/settings';

/** What the user set of what charts are told. */
export type ChartWishes = Pick<BandSettings, 'refreshMs' | 'side'>;

/** Maps come up to this often; a wish for as many lets every one pass. */
const EVERY_MS = 100;
/** Figures that change faster cannot be read, and clusters are what costs most of a map. */
const CLUSTERS_MS = SECOND_MS;

export interface ChartPushes {
  /** As much of a map as the user wants on charts; null for one that is dropped. */
  pass(profile: Profile): Profile | null;
  /** What is told beside a map that has passed: its clusters, where those told before are old. */
  beside(profile: Profile): { readonly clusters?: readonly Cluster[] };
  /** Another contract is shown: its first map is not dropped, and has its clusters. */
  renew(): void;
}

/** Of the maps of one watch those that charts are told. */
export function createChartPushes(wishes: () => ChartWishes | null, now: Clock): ChartPushes {
  let toldMs = -Infinity;
  let told: ChartWishes['side'] | null = null;
  let clustersMs = -Infinity;
  return {
    pass(profile) {
      const wished = wishes();
      if (wished === null) return profile;
      const { refreshMs, side } = wished;
      const sinceMs = now() - toldMs;
      // A clock set back must not silence a chart; another wish is met at once.
      const isEarly = refreshMs > EVERY_MS && sinceMs >= 0 && sinceMs < refreshMs - EVERY_MS / 2;
      if (isEarly && side === told) return null;
      if (side !== told) clustersMs = -Infinity;
      toldMs = now();
      told = side;
      return side === 'both' ? profile : oneSide(profile, side);
    },
    beside(profile) {
      const sinceMs = now() - clustersMs;
      if (wishes() === null || (sinceMs >= 0 && sinceMs < CLUSTERS_MS)) return {};
      clustersMs = now();
      return { clusters: clustersOfCharts(profile) };
    },
    renew() {
      toldMs = clustersMs = -Infinity;
    },
  };
}

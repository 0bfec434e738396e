import type { Clock } from '@/lib/core/time';
import { oneSide } from '@/lib/market/one-side';
import type { Profile } from '@/lib/market/profile';
import type { BandSettings } from '@/lib/store/settings';

/** What the user set of what charts are told. */
export type ChartWishes = Pick<BandSettings, 'refreshMs' | 'side'>;

/** Maps come up to this often; a wish for as many lets every one pass. */
const EVERY_MS = 100;

export interface ChartPushes {
  /** As much of a map as the user wants on charts; null for one that is dropped. */
  pass(profile: Profile): Profile | null;
  /** Another contract is shown: its first map is not dropped. */
  renew(): void;
}

/** Of the maps of one watch those that charts are told. */
export function createChartPushes(wishes: () => ChartWishes | null, now: Clock): ChartPushes {
  let toldMs = -Infinity;
  let told: ChartWishes['side'] | null = null;
  return {
    pass(profile) {
      const wished = wishes();
      if (wished === null) return profile;
      const { refreshMs, side } = wished;
      const sinceMs = now() - toldMs;
      // A clock set back must not silence a chart; another wish is met at once.
      const isEarly = refreshMs > EVERY_MS && sinceMs >= 0 && sinceMs < refreshMs - EVERY_MS / 2;
      if (isEarly && side === told) return null;
      toldMs = now();
      told = side;
      return side === 'both' ? profile : oneSide(profile, side);
    },
    renew() {
      toldMs = -Infinity;
    },
  };
}

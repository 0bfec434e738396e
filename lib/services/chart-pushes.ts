import type { Clock } from '@/lib/core/time';
import { oneSide } from '@/lib/market/one-side';
import type { Profile } from '@/lib/market/profile';
import type { BandSettings } from '@/lib/store/settings';

/** What the user set of what charts are told. */
export type ChartWishes = Pick<BandSettings, 'refreshMs' | 'side'>;

/** Maps come up to this often; a wish for as many lets every one pass. */
const EVERY_MS = 100;

/** As much of the maps of one watch as the user wants on charts; null for those that are dropped. */
export function createChartPushes(wishes: () => ChartWishes | null, now: Clock): (profile: Profile) => Profile | null {
  let toldMs = -Infinity;
  let told: ChartWishes['side'] | null = null;
  return (profile) => {
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
  };
}

import { SECOND_MS } from '@/lib/core/time';
import type { OwnLiquidation } from '@/lib/market/own-position';
import type { ProfileSum } from '@/lib/market/profile-sum';
import { createCoalescer, type Coalescer } from '@/lib/messaging/coalescer';
import type { ServiceEnvironment } from '@/lib/services/environment';

import type { MarketFigures } from './market-figures';
import type { MarketFollower } from './market-follower';
import type { MarketFrames } from './market-frames';

const PROFILE_INTERVAL_MS = 100;
/** Maps of contracts that no chart shows are taken into the sum this often. */
const OTHERS_INTERVAL_MS = SECOND_MS / 2;
const SUMMARY_INTERVAL_MS = SECOND_MS;

/** What the followers of a market are told in turns, each as often as it is worth. */
export interface MarketPushes {
  /** The map of a contract that a follower sees is another now. */
  readonly profiles: Coalescer;
  /** That of one which is only in the sum. */
  readonly others: Coalescer;
  /** Figures beside the map, and how the user's own positions lie in it. */
  readonly summaries: Coalescer;
  stop(): void;
}

export interface MarketPushesOptions {
  readonly followers: MarketFrames<MarketFollower>;
  readonly figures: MarketFigures;
  /** As of now; null while no map is there. */
  readonly sumUp: () => ProfileSum | null;
  readonly refreshOthers: () => void;
  readonly ownLiquidations: () => readonly OwnLiquidation[];
  /** Somebody was told a map. */
  readonly onProfile: () => void;
  readonly environment: ServiceEnvironment;
}

export function createMarketPushes(options: MarketPushesOptions): MarketPushes {
  const { followers, figures, sumUp, environment } = options;
  /** Whoever had own levels must hear that they are gone. */
  let hadOwn = false;

  const coalesce = (minIntervalMs: number, send: () => boolean | void) =>
    createCoalescer({ minIntervalMs, now: environment.now, setTimer: environment.setTimer, send });

  const profiles = coalesce(PROFILE_INTERVAL_MS, () => {
    const total = sumUp();
    if (total === null) return false;
    for (const [follower, frame] of followers) {
      const profile = figures.profile(total, frame);
      if (profile === null) continue;
      const { groups } = total;
      follower.onProfile(follower.wantsGroups && groups !== null ? { ...profile, groups } : profile);
      options.onProfile();
    }
    summaries.trigger();
    return true;
  });

  const others = coalesce(OTHERS_INTERVAL_MS, () => {
    options.refreshOthers();
    profiles.trigger();
  });

  const summaries = coalesce(SUMMARY_INTERVAL_MS, () => {
    const hasOwn = options.ownLiquidations().length > 0;
    const isOwnDue = hasOwn || hadOwn;
    hadOwn = hasOwn;
    if (!isOwnDue && ![...followers.keys()].some(({ wantsSummary }) => wantsSummary)) return true;
    const total = sumUp();
    if (total === null) return false;
    for (const [follower, frame] of followers) {
      if (follower.wantsSummary) {
        const summary = figures.summary(total, frame);
        if (summary !== null) follower.onSummary(summary);
      } else if (isOwnDue) {
        const levels = figures.ownLevels(total, frame);
        if (levels !== null) follower.onOwnLevels(levels);
      }
    }
    return true;
  });

  return {
    profiles,
    others,
    summaries,
    stop() {
      for (const each of [profiles, others, summaries]) each.stop();
    },
  };
}

import { SECOND_MS } from '@/lib/core/time';
import type { Profile } from '@/lib/market/profile';
import type { Summary } from '@/lib/market/summary';
import { createCoalescer } from '@/lib/messaging/coalescer';

import type { ServiceEnvironment } from './environment';

const PROFILE_INTERVAL_MS = 100;
const SUMMARY_INTERVAL_MS = SECOND_MS;

/** What a session pushes to its watchers, no more often than anyone can see. */
export interface SessionOutput {
  /** Something the map shows changed; a new map brings its figures along. */
  touch(): void;
  /** Something only the figures show changed. */
  touchSummary(): void;
  stop(): void;
  /** The newest of each; null before the first. */
  readonly lastProfile: Profile | null;
  readonly lastSummary: Summary | null;
}

export interface SessionOutputOptions {
  readonly environment: ServiceEnvironment;
  /** Null while there is none to show. */
  readonly computeProfile: () => Profile | null;
  readonly computeSummary: (profile: Profile) => Summary | null;
  readonly onProfile: (profile: Profile) => void;
  readonly onSummary: (summary: Summary) => void;
}

export function createSessionOutput(options: SessionOutputOptions): SessionOutput {
  const { environment } = options;
  let lastProfile: Profile | null = null;
  let lastSummary: Summary | null = null;

  const summary = createCoalescer({
    minIntervalMs: SUMMARY_INTERVAL_MS,
    now: environment.now,
    setTimer: environment.setTimer,
    send() {
      const computed = lastProfile === null ? null : options.computeSummary(lastProfile);
      if (computed === null) return;
      lastSummary = computed;
      options.onSummary(computed);
    },
  });

  const profile = createCoalescer({
    minIntervalMs: PROFILE_INTERVAL_MS,
    now: environment.now,
    setTimer: environment.setTimer,
    send() {
      const computed = options.computeProfile();
      if (computed === null) return;
      lastProfile = computed;
      options.onProfile(computed);
      summary.trigger();
    },
  });

  return {
    touch: () => profile.trigger(),
    touchSummary: () => summary.trigger(),
    stop() {
      profile.stop();
      summary.stop();
    },
    get lastProfile() {
      return lastProfile;
    },
    get lastSummary() {
      return lastSummary;
    },
  };
}

import type { Contract } from '@/lib/market/contract';
import type { VenueHealth } from '@/lib/market/health';
import type { Coverage } from '@/lib/market/member';
import type { OwnLevel } from '@/lib/market/own-position';
import type { Profile } from '@/lib/market/profile';
import type { Summary } from '@/lib/market/summary';

/** Somebody who watches a market in the prices of one contract. */
export interface MarketFollower {
  readonly wanted: Contract;
  readonly wantsSummary: boolean;
  /** Nobody sees it at present: its market is kept up, and it is told nothing. */
  readonly isQuiet: boolean;
  /** Whether its profiles are to tell groups of leverage. */
  readonly wantsGroups: boolean;
  /** Whose prices are used from now on: `wanted`, or another while its venue gives nothing. */
  onFrame(contract: Contract): void;
  /** The sum of all maps; lends its arrays. */
  onProfile(profile: Profile): void;
  onSummary(summary: Summary): void;
  onOwnLevels(levels: readonly OwnLevel[]): void;
  onProgress(daysDone: number, daysTotal: number): void;
  /** The frame's venue first; `ageMs` of the frame's newest data. */
  onHealth(health: readonly VenueHealth[], coverage: Coverage, ageMs: number | null): void;
}

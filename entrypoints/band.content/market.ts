import type { VenueHealth } from '@/lib/market/health';
import type { Coverage } from '@/lib/market/member';
import type { Resolution, ServerMessage } from '@/lib/messaging/protocol';
import { labelFromCluster, type Label } from '@/lib/render/place-labels';
import type { OwnLevel } from '@/lib/render/place-own-levels';
import { sumsFromProfile, type ProfileSums } from '@/lib/render/profile-sums';

/** What the background has told about one watched symbol. Null is "not told yet". */
export interface Market {
  readonly resolution: Resolution | null;
  readonly sums: ProfileSums | null;
  /** Largest first. */
  readonly labels: readonly Label[];
  /** The user's own liquidation prices. */
  readonly ownLevels: readonly OwnLevel[];
  readonly progress: { readonly daysDone: number; readonly daysTotal: number } | null;
  /** Of the venues in use, the one whose prices are shown first. */
  readonly health: readonly VenueHealth[];
  readonly coverage: Coverage | null;
  /** Machine time of the newest data. */
  readonly dataAtMs: number | null;
}

export const NO_MARKET: Market = {
  resolution: null,
  sums: null,
  labels: [],
  ownLevels: [],
  progress: null,
  health: [],
  coverage: null,
  dataAtMs: null,
};

export function marketAfter(market: Market, message: ServerMessage, nowMs: number): Market {
  switch (message.type) {
    case 'resolved':
      // A worker that came back answers anew: the same contract keeps its picture meanwhile.
      return isSameContract(market.resolution, message.resolution)
        ? { ...market, resolution: message.resolution }
        : { ...NO_MARKET, resolution: message.resolution };
    case 'progress':
      return { ...market, progress: { daysDone: message.daysDone, daysTotal: message.daysTotal } };
    case 'profile': {
      const isNewer = market.sums !== null && message.profile.asOfMs > market.sums.profile.asOfMs;
      return {
        ...market,
        sums: sumsFromProfile(message.profile, market.sums),
        labels: message.clusters?.map(labelFromCluster) ?? market.labels,
        // Venue time cannot be compared with ours, but if it moved on, data has just arrived.
        dataAtMs: isNewer ? nowMs : market.dataAtMs,
      };
    }
    case 'own-levels':
      return { ...market, ownLevels: message.levels };
    case 'health':
      return {
        ...market,
        health: message.health,
        coverage: message.coverage,
        dataAtMs: message.ageMs === null ? market.dataAtMs : nowMs - message.ageMs,
      };
    default:
      return market;
  }
}

const isSameContract = (a: Resolution | null, b: Resolution): boolean =>
  a?.ok === true && b.ok && a.contract.id === b.contract.id;

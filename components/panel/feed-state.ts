import type { Contract } from '@/lib/market/contract';
import type { VenueHealth } from '@/lib/market/health';
import type { Profile } from '@/lib/market/profile';
import type { Summary } from '@/lib/market/summary';
import type { Resolution, ServerMessage } from '@/lib/messaging/protocol';

/** What the background has told so far about the one contract shown. Null is "not told yet"; times are the machine's. */
export interface FeedState {
  /** Of the watch whose messages count; others are late answers to what was shown before. */
  readonly key: string;
  readonly resolution: Resolution | null;
  readonly progress: Progress | null;
  readonly profile: Profile | null;
  readonly summary: Summary | null;
  /** Of the venues in use, the one whose prices are shown first. */
  readonly health: readonly VenueHealth[];
  /** When the newest data arrived. */
  readonly dataAtMs: number | null;
  readonly contracts: readonly Contract[] | null;
  readonly storageProblem: string | null;
  /** Since when the background does not answer; null while it does. */
  readonly lostAtMs: number | null;
  /** Whether this device has no network. */
  readonly isOffline: boolean;
  /** Whether the extension that the page belongs to is gone: updated or removed. */
  readonly hasEnded: boolean;
}

export interface Progress {
  readonly daysDone: number;
  readonly daysTotal: number;
  /** The first report, from which the pace is taken. */
  readonly first: { readonly daysDone: number; readonly atMs: number };
}

export const NO_FEED: FeedState = {
  key: '',
  resolution: null,
  progress: null,
  profile: null,
  summary: null,
  health: [],
  dataAtMs: null,
  contracts: null,
  storageProblem: null,
  lostAtMs: null,
  isOffline: false,
  hasEnded: false,
};

/** A new watch begins with nothing but what does not depend on the contract. */
export const watching = (state: FeedState, key: string): FeedState => {
  const { contracts, storageProblem, lostAtMs, isOffline, hasEnded } = state;
  return { ...NO_FEED, key, contracts, storageProblem, lostAtMs, isOffline, hasEnded };
};

export const connectionChanged = (state: FeedState, isConnected: boolean, nowMs: number): FeedState => ({
  ...state,
  lostAtMs: isConnected ? null : (state.lostAtMs ?? nowMs),
});

export function feedStateAfter(state: FeedState, message: ServerMessage, nowMs: number): FeedState {
  if ('key' in message && message.key !== state.key) return state;
  switch (message.type) {
    case 'resolved':
      // A worker that came back answers anew: the same contract keeps its figures meanwhile.
      return isSameContract(state.resolution, message.resolution)
        ? { ...state, resolution: message.resolution }
        : { ...watching(state, state.key), resolution: message.resolution };
    case 'progress': {
      const { daysDone, daysTotal } = message;
      return { ...state, progress: { daysDone, daysTotal, first: state.progress?.first ?? { daysDone, atMs: nowMs } } };
    }
    case 'profile':
      return {
        ...state,
        profile: message.profile,
        // Venue time cannot be compared with ours, but if it moved on, data has just arrived.
        dataAtMs: state.profile !== null && message.profile.asOfMs > state.profile.asOfMs ? nowMs : state.dataAtMs,
      };
    case 'summary':
      return { ...state, summary: message.summary };
    case 'health':
      return {
        ...state,
        health: message.health,
        dataAtMs: message.ageMs === null ? state.dataAtMs : nowMs - message.ageMs,
      };
    case 'contracts':
      return { ...state, contracts: message.contracts };
    case 'storage':
      return { ...state, storageProblem: message.problem };
    default:
      return state;
  }
}

const isSameContract = (a: Resolution | null, b: Resolution): boolean =>
  a?.ok === true && b.ok && a.contract.id === b.contract.id;

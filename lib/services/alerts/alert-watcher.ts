import { HOUR_MS, MINUTE_MS, SECOND_MS } from '@/lib/core/time';
import { CLUSTER_SEPARATION, type WatchedMap } from '@/lib/market/alert-step';
import { findClusters } from '@/lib/market/clusters';
import type { Contract, ContractId } from '@/lib/market/contract';
import type { Cluster } from '@/lib/market/summary';
import type { FeedWatch } from '@/lib/messaging/feed-server';
import type { ServiceEnvironment } from '@/lib/services/environment';

/** Clusters cost most of a map, and an alert may come some seconds late. */
const LOOK_MS = 5 * SECOND_MS;
/** A map that is older says nothing of now. */
const FRESH_MS = 60 * SECOND_MS;
/** A market's venues join a new worker's map one after the other; who does not counts no more, who was there is waited for. */
const JOIN_MS = 2 * MINUTE_MS;
/** A map that has just begun tells nothing yet: what is near at several venues is told together, with the whole sum. */
const SETTLE_MS = 15 * SECOND_MS;
const AWAY_MS = HOUR_MS;
/** Each is a market with a book for every contract at every venue. */
export const MOST_MAPS = 10;
const WITHIN = 0.13;
const MOST_CLUSTERS = 40;

/** Watches maps as a page would, for rules that need them. */
export interface AlertWatcher {
  /** Exactly these from now on, the first ten of them. */
  keep(ids: readonly ContractId[]): void;
  /** The contract, its clusters and its mark as of now; null while there is no fresh map of all its venues. */
  look(id: ContractId): (WatchedMap & { readonly contract: Contract }) | null;
  /** Whether a watch is one of these, which nobody looks at. */
  owns(watch: FeedWatch): boolean;
}

export function createAlertWatcher(
  begin: (watch: FeedWatch) => void,
  end: (watch: FeedWatch) => void,
  environment: ServiceEnvironment,
): AlertWatcher {
  interface Entry {
    readonly watch: FeedWatch;
    contract: Contract | null;
    clusters: readonly Cluster[];
    markPrice: number;
    readMs: number;
    /** Since when venues are missing; null while none is. */
    lackingSinceMs: number | null;
    /** So many venues were in the map at most, and are now. */
    mostVenues: number;
    venues: number;
    isWhole: boolean;
    readonly startMs: number;
    /** Whether every venue that is known so far is in the map. */
    hasAll: boolean;
    isSettled: boolean;
  }
  const entries = new Map<ContractId, Entry>();

  const start = (id: ContractId): void => {
    const startMs = environment.now();
    const entry: Entry = {
      watch: {
        request: { type: 'watch-contract', key: `alert ${id}`, contractId: id, detail: 'band' },
        tabId: null,
        push(update) {
          if (update.type === 'resolved') {
            // Another contract's prices are no answer to a rule about this one.
            const { resolution } = update;
            entry.contract = resolution.ok && resolution.contract.id === id ? resolution.contract : null;
          } else if (update.type === 'profile' && environment.now() - entry.readMs >= LOOK_MS) {
            const { markPrice } = update.profile;
            entry.readMs = environment.now();
            // A venue that has just fallen out is told of after the map without it.
            const waitMs = entry.venues < entry.mostVenues ? AWAY_MS : JOIN_MS;
            entry.isWhole = entry.lackingSinceMs !== null && entry.readMs - entry.lackingSinceMs >= waitMs;
            entry.markPrice = markPrice;
            entry.clusters = findClusters(update.profile, {
              fromPrice: markPrice * (1 - WITHIN),
              toPrice: markPrice * (1 + WITHIN),
              count: MOST_CLUSTERS,
              minSeparation: CLUSTER_SEPARATION,
            });
          } else if (update.type === 'health') {
            const { coverage } = update;
            // At first a market knows of no venue but the contract's own.
            const hasJoined = environment.now() - startMs >= JOIN_MS;
            const isAll = coverage !== null && coverage.countedVenues === coverage.venues;
            const isComplete = hasJoined && isAll;
            entry.hasAll = isAll;
            if (isComplete && entry.lackingSinceMs === null) entry.isWhole = true;
            entry.lackingSinceMs = isComplete ? null : (entry.lackingSinceMs ?? environment.now());
            entry.venues = coverage?.countedVenues ?? 0;
            entry.mostVenues = Math.max(entry.mostVenues, entry.venues);
          }
        },
      },
      contract: null,
      clusters: [],
      markPrice: NaN,
      readMs: -Infinity,
      lackingSinceMs: startMs,
      mostVenues: 0,
      venues: 0,
      isWhole: false,
      startMs,
      hasAll: false,
      isSettled: false,
    };
    entries.set(id, entry);
    begin(entry.watch);
  };

  return {
    keep(ids) {
      const kept = new Set(ids.slice(0, MOST_MAPS));
      for (const [id, { watch }] of entries) {
        if (kept.has(id)) continue;
        entries.delete(id);
        end(watch);
      }
      for (const id of kept) if (!entries.has(id)) start(id);
    },
    look(id) {
      const entry = entries.get(id);
      if (entry === undefined || entry.contract === null) return null;
      const ageMs = environment.now() - entry.startMs;
      entry.isSettled ||= ageMs >= JOIN_MS || (entry.hasAll && ageMs >= SETTLE_MS);
      if (!entry.isSettled) return null;
      const { contract, clusters, markPrice, isWhole, readMs } = entry;
      return environment.now() - readMs <= FRESH_MS ? { contract, clusters, markPrice, isWhole } : null;
    },
    owns: (watch) => [...entries.values()].some((entry) => entry.watch === watch),
  };
}

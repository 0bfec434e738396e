import { SECOND_MS } from '@/lib/core/time';
import type { Contract, ContractId, VenueId } from '@/lib/market/contract';
import { isTrouble, missingState } from '@/lib/market/health';
import type { Profile } from '@/lib/market/profile';
import type { ContractSession, SessionEvents } from '@/lib/services/contract/contract-session';
import type { ServiceEnvironment } from '@/lib/services/environment';
import type { VenueSession } from '@/lib/services/venue/venue-session';
import type { MarketLog } from '@/lib/store/log/market-log';

import type { OpenInterestBook } from './open-interest-book';

/** Data older than this do not count: the polls alone come three times as often. */
const FRESH_MS = 45 * SECOND_MS;

/** A contract whose map is in the sum. */
export interface CountedMember {
  readonly contract: Contract;
  readonly session: ContractSession;
  readonly profile: Profile;
}

/** The running contracts of one market, each with its own book. */
export interface MarketMembers {
  /** Runs exactly these from now on, starting them in this order. */
  keep(contracts: readonly Contract[]): void;
  /** Takes the newest maps of those that `isDue`, by leverage too where wanted, and drops whatever is not fed any more. */
  refresh(isDue: (id: ContractId) => boolean, wantsGroups: boolean): void;
  sessionOf(id: ContractId): ContractSession | null;
  /** Whose maps were taken last, in order of their start. */
  counted(): readonly CountedMember[];
  /** Whether a contract gives no map because its venue fails, as against not yet. */
  hasFailed(id: ContractId): boolean;
  readonly ids: readonly ContractId[];
}

export interface MarketMembersOptions {
  readonly venues: ReadonlyMap<VenueId, VenueSession>;
  readonly log: MarketLog;
  readonly environment: ServiceEnvironment;
  readonly openInterest: OpenInterestBook;
  readonly eventsOf: (contract: Contract) => SessionEvents;
}

interface Entry {
  readonly contract: Contract;
  readonly venue: VenueSession;
  readonly session: ContractSession;
  profile: Profile | null;
}

export function createMarketMembers(options: MarketMembersOptions): MarketMembers {
  const { venues, log, environment, openInterest, eventsOf } = options;
  const entries = new Map<ContractId, Entry>();

  const isFresh = ({ lastDataMs }: ContractSession) =>
    lastDataMs !== null && environment.now() - lastDataMs <= FRESH_MS;

  const start = (contract: Contract) => {
    const venue = venues.get(contract.venueId);
    if (venue === undefined || entries.has(contract.id)) return;
    const session = venue.start(contract, log, eventsOf(contract));
    entries.set(contract.id, { contract, venue, session, profile: null });
    log
      .markWatched(contract.id, environment.now())
      .catch((cause: unknown) => environment.log(`store: ${String(cause)}`));
  };

  return {
    keep(contracts) {
      const kept = new Set(contracts.map(({ id }) => id));
      for (const [id, { venue, session }] of entries) {
        if (kept.has(id)) continue;
        entries.delete(id);
        venue.stop(session);
      }
      contracts.forEach(start);
    },
    refresh(isDue, wantsGroups) {
      for (const [id, entry] of entries) {
        if (!isFresh(entry.session)) entry.profile = null;
        else if (entry.profile === null || isDue(id)) entry.profile = entry.session.profile(wantsGroups);
        if (entry.profile !== null) openInterest.observe(id, entry.profile.openInterestUsd);
      }
    },
    sessionOf: (id) => entries.get(id)?.session ?? null,
    counted: () =>
      [...entries.values()].flatMap(({ contract, session, profile }) =>
        profile === null ? [] : [{ contract, session, profile }],
      ),
    hasFailed(id) {
      const entry = entries.get(id);
      if (entry === undefined || entry.profile !== null) return false;
      const { session, venue } = entry;
      return (session.lastDataMs !== null && !isFresh(session)) || isTrouble(missingState(venue.health()));
    },
    get ids() {
      return [...entries.keys()];
    },
  };
}

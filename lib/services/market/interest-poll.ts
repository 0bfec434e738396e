import { MINUTE_MS, SECOND_MS } from '@/lib/core/time';
import type { ContractId, VenueId } from '@/lib/market/contract';
import type { ServiceEnvironment } from '@/lib/services/environment';
import { poll } from '@/lib/services/scheduling/poller';
import type { VenueSession } from '@/lib/services/venue/venue-session';

import type { ListedTicker } from './ticker-poll';

/** 30 requests of weight 1 a minute. */
const STEP_MS = 2 * SECOND_MS;
/** How long a figure serves before it is asked for again. */
const FRESH_MS = 5 * MINUTE_MS;
/** The report's top 50 are among a venue's most traded; what they need must come round while it is fresh. */
const MOST_CONTRACTS = 100;

/** Asks venues that tell open interest of one contract at a time, slowly and the most traded first. */
export interface InterestPoll {
  start(): void;
  stop(): void;
}

export function createInterestPoll(options: {
  readonly venues: readonly VenueSession[];
  /** Whether the user wants nothing asked of a venue. */
  readonly isOff: (venueId: VenueId) => boolean;
  readonly environment: ServiceEnvironment;
  readonly listed: () => readonly ListedTicker[];
  /** In the contract's unit, of one side. */
  readonly observe: (listed: ListedTicker, amount: number) => void;
}): InterestPoll {
  const { venues, isOff, environment, listed, observe } = options;
  const askedMs = new Map<ContractId, number>();
  let abort: AbortController | null = null;

  /** Of those that are due the most traded one that was never asked, else the one asked longest ago. */
  const nextOf = ({ venue }: VenueSession): ListedTicker | undefined => {
    const volumeOf = ({ ticker }: ListedTicker) => ticker.volume24hUsd || 0;
    const askedOf = ({ contract }: ListedTicker) => askedMs.get(contract.id) ?? -Infinity;
    return listed()
      .filter(({ contract }) => contract.venueId === venue.id)
      .sort((a, b) => volumeOf(b) - volumeOf(a))
      .slice(0, MOST_CONTRACTS)
      .filter((each) => environment.now() - askedOf(each) >= FRESH_MS)
      .reduce<ListedTicker | undefined>(
        (oldest, each) => (oldest === undefined || askedOf(each) < askedOf(oldest) ? each : oldest),
        undefined,
      );
  };

  const askNext = async (session: VenueSession, signal: AbortSignal): Promise<void> => {
    const next = isOff(session.venue.id) ? undefined : nextOf(session);
    if (next === undefined) return;
    askedMs.set(next.contract.id, environment.now());
    const told = await session.venue.fetchOpenInterestNow?.(next.contract.symbol, signal);
    if (told?.ok === true) observe(next, told.value);
  };

  return {
    start() {
      if (abort !== null) return;
      const { signal } = (abort = new AbortController());
      for (const session of venues.filter(({ venue }) => venue.fetchOpenInterestNow !== undefined)) {
        const failed = (cause: unknown) => environment.log(`open interest of ${session.venue.name}: ${String(cause)}`);
        poll(() => askNext(session, signal), STEP_MS, environment, signal, failed);
      }
    },
    stop() {
      abort?.abort();
      abort = null;
    },
  };
}

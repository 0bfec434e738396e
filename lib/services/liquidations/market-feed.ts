import { MINUTE_MS, SECOND_MS } from '@/lib/core/time';
import type { Contract, ContractId, VenueId } from '@/lib/market/contract';
import { VENUE_FACTS } from '@/lib/market/venue-facts';
import type { ServiceEnvironment } from '@/lib/services/environment';
import { poll } from '@/lib/services/scheduling/poller';
import type { VenueSession } from '@/lib/services/venue/venue-session';
import type { MarketLog } from '@/lib/store/log/market-log';

import { backfillLiquidations } from './liquidation-backfill';
import type { LiquidationRecord } from './liquidation-record';

/** The first map comes before the rest of the market. */
const START_DELAY_MS = 3 * SECOND_MS;
/** A venue that was down is asked again, a new listing followed, a gap filled. */
const REFRESH_MS = MINUTE_MS;

/** Follows the liquidations of every venue's whole market while anything at all is watched. */
export interface MarketFeed {
  start(): void;
  /** These were switched on or off. */
  switched(venueIds: readonly VenueId[]): void;
  stop(): void;
}

export interface MarketFeedOptions {
  readonly venues: readonly VenueSession[];
  readonly record: LiquidationRecord;
  readonly openLog: Promise<MarketLog>;
  readonly environment: ServiceEnvironment;
  /** Contracts whose gaps are worth a request. */
  readonly wanted: () => ReadonlySet<ContractId>;
  /** Whether the user wants nothing of a venue. */
  readonly isOff: (venueId: VenueId) => boolean;
}

export function createMarketFeed(options: MarketFeedOptions): MarketFeed {
  const { venues, record, openLog, environment, wanted, isOff } = options;
  const unproven = new Map<string, number>();
  let abort: AbortController | null = null;

  const backfill = async (
    { venue, clock, told }: VenueSession,
    contracts: readonly Contract[],
    signal: AbortSignal,
  ): Promise<void> => {
    const log = await openLog;
    const ids = wanted();
    for (const contract of contracts.filter(({ id }) => ids.has(id))) {
      if (signal.aborted) return;
      await backfillLiquidations({
        venue,
        contract,
        record,
        log,
        nowMs: clock.now(),
        toldMs: told(),
        signal,
        unproven,
      });
    }
  };

  const refresh = async (session: VenueSession, signal: AbortSignal): Promise<void> => {
    if (isOff(session.venue.id)) return session.followLiquidations([]);
    const contracts = await session.contracts();
    if (!contracts.ok || signal.aborted) return;
    if (!session.clock.isKnown) {
      const time = await session.venue.fetchTime(signal);
      if (time.ok) session.clock.observe(time.value);
    }
    await record.restore(session.venue.id);
    if (signal.aborted) return;
    // A venue that tells none needs no connection for it.
    if (VENUE_FACTS[session.venue.id].liquidationFeed !== 'none')
      session.followLiquidations(contracts.value.filter(({ isTrading }) => isTrading));
    await backfill(session, contracts.value, signal);
  };

  const failedAt =
    ({ venue }: VenueSession) =>
    (cause: unknown): void =>
      environment.log(`market of ${venue.name}: ${String(cause)}`);

  const run = (signal: AbortSignal): void => {
    for (const session of venues)
      poll(() => refresh(session, signal), REFRESH_MS, environment, signal, failedAt(session));
  };

  return {
    start() {
      if (abort !== null) return;
      const { signal } = (abort = new AbortController());
      const cancel = environment.setTimer(() => run(signal), START_DELAY_MS);
      signal.addEventListener('abort', cancel);
    },
    switched(venueIds) {
      if (abort === null) return;
      const { signal } = abort;
      for (const session of venues)
        if (venueIds.includes(session.venue.id)) refresh(session, signal).catch(failedAt(session));
    },
    stop() {
      abort?.abort();
      abort = null;
      for (const session of venues) session.followLiquidations([]);
    },
  };
}

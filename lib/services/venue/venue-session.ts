import { err, ok, type Result } from '@/lib/core/result';
import { DAY_MS, HOUR_MS, type Clock } from '@/lib/core/time';
import type { Contract } from '@/lib/market/contract';
import type { VenueHealth } from '@/lib/market/health';
import {
  createContractSession,
  type ContractSession,
  type SessionEvents,
} from '@/lib/services/contract/contract-session';
import { createPageTurns, type SharedWork } from '@/lib/services/contract/shared-work';
import type { ServiceEnvironment } from '@/lib/services/environment';
import { createFeedRecorder } from '@/lib/services/liquidations/feed-recorder';
import { withFeedStarts } from '@/lib/services/liquidations/feed-start';
import type { LiquidationRecord } from '@/lib/services/liquidations/liquidation-record';
import type { MarketLog } from '@/lib/store/log/market-log';
import { type VenueStream, type StreamHandlers, type Venue, type VenueError } from '@/lib/venues/venue';

import { createVenueClock, type VenueClock } from './venue-clock';

const CONTRACTS_FRESH_MS = DAY_MS;
/** A list kept in memory is looked at again this often: the stored one may have grown old. */
const CONTRACTS_CHECK_MS = HOUR_MS;

/** One venue while something of it is watched: its clock, its stream shared by all contracts, its list of contracts. */
export interface VenueSession {
  readonly venue: Venue;
  readonly clock: VenueClock;
  /** The newest time that was pushed; -Infinity before the first. */
  readonly told: Clock;
  /** The venue's contracts; from the store while fresh, or when the venue gives none. */
  contracts(): Promise<Result<readonly Contract[], VenueError>>;
  start(contract: Contract, log: MarketLog, events: SessionEvents): ContractSession;
  stop(session: ContractSession): void;
  /** Liquidations of exactly these contracts, besides those that have a session. */
  followLiquidations(contracts: readonly Contract[]): void;
  health(): VenueHealth;
  /** Folds what runs anew under the prior that is chosen now. */
  restate(): void;
  /** Try now what waits or failed. */
  retry(): void;
}

export function createVenueSession(
  venue: Venue,
  openLog: Promise<MarketLog>,
  environment: ServiceEnvironment,
  record: LiquidationRecord,
  sharedWork: SharedWork,
  onHealth: () => void,
): VenueSession {
  const clock = createVenueClock(environment.now);
  const pages = createPageTurns();
  const sessions = new Map<string, ContractSession>();
  /** The newest time that was pushed: what was pushed before it has arrived. */
  let toldMs = -Infinity;
  const told: Clock = () => toldMs;
  const recorder = createFeedRecorder(venue, told, record, environment);
  /** Contracts whose liquidations the venue does not push on this connection. */
  const unrecorded = new Set<string>();
  let stream: VenueStream | null = null;
  let marketSymbols: readonly string[] = [];
  let listing: Promise<Result<readonly Contract[], VenueError>> | null = null;
  let listedMs = -Infinity;

  const handlers: StreamHandlers = {
    onTrade(symbol, trade) {
      toldMs = Math.max(toldMs, trade.timeMs);
      sessions.get(symbol)?.stream.onTrade(symbol, trade);
    },
    onMark(symbol, mark) {
      toldMs = Math.max(toldMs, mark.timeMs);
      sessions.get(symbol)?.stream.onMark(symbol, mark);
    },
    onBar: (symbol, bar, isClosed, timeMs) => sessions.get(symbol)?.stream.onBar(symbol, bar, isClosed, timeMs),
    onLiquidation(symbol, liquidation) {
      toldMs = Math.max(toldMs, liquidation.timeMs);
      record.add(venue.id, symbol, liquidation);
      sessions.get(symbol)?.stream.onLiquidation(symbol, liquidation);
    },
    onLiquidationsRefused(symbol) {
      unrecorded.add(symbol);
      follow();
    },
    onLiquidationsAccepted(symbol) {
      unrecorded.delete(symbol);
      followRecords();
    },
    onTiersChanged: (symbol) => sessions.get(symbol)?.stream.onTiersChanged(symbol),
    onReconnect() {
      recorder.interrupt();
      unrecorded.clear();
      followRecords();
      for (const session of sessions.values()) session.stream.onReconnect();
    },
    onHealth,
  };

  /** A span of the venue speaks for all of its contracts: where it lacks one, those that are watched are noted one by one. */
  const followRecords = () => {
    const watched = [...sessions.values()].filter(({ contract }) => !unrecorded.has(contract.symbol));
    const isWhole = marketSymbols.length > 0 && unrecorded.size === 0;
    recorder.follow(isWhole ? [venue.id] : watched.map(({ contract }) => contract.id));
  };

  const follow = () => {
    if (sessions.size === 0 && marketSymbols.length === 0) {
      stream?.close();
      stream = null;
      unrecorded.clear();
      return followRecords();
    }
    stream ??= venue.openStream(handlers);
    stream.follow([...sessions.keys()]);
    stream.followLiquidations(marketSymbols);
    followRecords();
  };

  const list = async (): Promise<Result<readonly Contract[], VenueError>> => {
    const log = await openLog;
    const stored = await log.readContracts(venue.id).catch(() => null);
    // One of the future was fetched while the machine's clock was wrong: nothing is known of its age.
    const isFresh = stored !== null && Math.abs(environment.now() - stored.fetchedAtMs) < CONTRACTS_FRESH_MS;
    if (isFresh) return ok(stored.contracts);
    const fetched = await venue.fetchContracts(new AbortController().signal);
    if (!fetched.ok) return stored === null ? err(fetched.error) : ok(stored.contracts);
    const contracts = withFeedStarts(fetched.value, stored, clock.now());
    await log
      .writeContracts(venue.id, { contracts, fetchedAtMs: environment.now() })
      .catch((cause: unknown) => environment.log(`contracts of ${venue.name}: ${String(cause)}`));
    return ok(contracts);
  };

  return {
    venue,
    clock,
    told,
    async contracts() {
      if (environment.now() - listedMs > CONTRACTS_CHECK_MS) {
        listedMs = environment.now();
        listing = null;
      }
      listing ??= list().catch((cause: unknown) => {
        listing = null;
        throw cause;
      });
      const result = await listing;
      if (result.ok) record.list(venue.id, result.value);
      else listing = null;
      return result;
    },
    start(contract, log, events) {
      const session = createContractSession({
        venue,
        contract,
        log,
        clock,
        environment,
        sharedWork,
        pages,
        events,
        record,
        extendSpan: () => recorder.extend(),
      });
      sessions.set(contract.symbol, session);
      follow();
      return session;
    },
    stop(session) {
      session.stop();
      sessions.delete(session.contract.symbol);
      follow();
    },
    followLiquidations(contracts) {
      const symbols = contracts.map(({ symbol }) => symbol);
      if (symbols.join() === marketSymbols.join()) return;
      marketSymbols = symbols;
      follow();
    },
    health: () => venue.health(),
    restate() {
      for (const session of sessions.values()) session.restate();
    },
    retry() {
      venue.retry();
      for (const session of sessions.values()) session.retry();
    },
  };
}

import { SECOND_MS } from '@/lib/core/time';
import type { Contract, ContractId, VenueId } from '@/lib/market/contract';
import { contractsOfMarket, marketIdOf } from '@/lib/market/market';
import type { OwnLiquidation } from '@/lib/market/own-position';
import type { PaneRequest } from '@/lib/market/pane-history';
import { scaleProfile } from '@/lib/market/profile-sum';
import type { Summary } from '@/lib/market/summary';
import { standInFor, type Resolved } from '@/lib/market/symbols';
import { createCoalescer } from '@/lib/messaging/coalescer';
import type { FeedWatch } from '@/lib/messaging/feed-server';
import { wantsGroups, wantsSummary } from '@/lib/messaging/protocol';
import type { ServiceEnvironment } from '@/lib/services/environment';
import type { Universe } from '@/lib/services/resolution/universe';
import type { TradingCalendar } from '@/lib/services/venue/trading-calendar';
import type { VenueSession } from '@/lib/services/venue/venue-session';
import type { MarketLog } from '@/lib/store/log/market-log';

import { createChartPushes, type ChartWishes } from './chart-pushes';
import type { MarketFollower } from './market-follower';
import { createMarketSession, type MarketSession } from './market-session';
import type { MarketVenue } from './market-view';
import type { OpenInterestBook } from './open-interest-book';
import { readPaneHistory } from './pane-history';

/** A session outlives its last watcher for as long as a page takes to reload. */
export const LINGER_MS = 5 * SECOND_MS;
const HEALTH_INTERVAL_MS = SECOND_MS;
/** Ages are pushed this often even when nothing changes, so that a page can tell silence from a dead background. */
const HEARTBEAT_MS = 5 * SECOND_MS;

/** A market that somebody watches. */
interface Watched {
  readonly id: string;
  readonly session: MarketSession;
  cancelStop: () => void;
}

/** A follower whose prices may be told in another multiple. */
interface ChartFollower extends MarketFollower {
  priceFactor(): number;
}

/** The sessions of every market that is watched: started with its first watch, stopped a little after its last. */
export interface WatchedMarkets {
  /** Follows the contract's market for a watch, unless `isWanted` tells that it wants something else by then. */
  attach(watch: FeedWatch, resolved: Resolved, isWanted: () => boolean): Promise<void>;
  detach(watch: FeedWatch): void;
  /** Tells a watch the history of its market in parts, until it is gone. */
  readHistory(watch: FeedWatch, request: PaneRequest): void;
  /** Venues were switched, or have told of contracts. */
  setVenues(): void;
  /** The user's own positions are other ones. */
  touchOwnLevels(): void;
  /** Some venue's health changed. */
  touchHealth(): void;
  summaryOf(marketId: string): Summary | null;
  contractIds(): ReadonlySet<ContractId>;
  /** Null where the contract is not followed. */
  resetLearning(contractId: ContractId): Promise<void> | null;
  readonly size: number;
}

export interface WatchedMarketsOptions {
  readonly venues: ReadonlyMap<VenueId, VenueSession>;
  readonly universe: Universe;
  readonly openInterest: OpenInterestBook;
  readonly openLog: Promise<MarketLog>;
  readonly environment: ServiceEnvironment;
  readonly calendar: TradingCalendar;
  readonly isOff: (venueId: VenueId) => boolean;
  /** The user's own positions on a market. */
  readonly ownLiquidations: (marketId: string) => readonly OwnLiquidation[];
  /** What the user wants a watch to be told; null where that is everything. */
  readonly wishesOf: (watch: FeedWatch) => ChartWishes | null;
  /** A market's first map stands. */
  readonly onOpen: () => void;
  readonly onFailure: (cause: unknown) => void;
}

export function createWatchedMarkets(options: WatchedMarketsOptions): WatchedMarkets {
  const { venues, universe, openInterest, openLog, environment, isOff } = options;
  const watched = new Map<string, Watched>();
  const attached = new Map<FeedWatch, { readonly market: Watched; readonly follower: ChartFollower }>();
  let cancelHeartbeat: (() => void) | null = null;

  const pushHealth = createCoalescer({
    minIntervalMs: HEALTH_INTERVAL_MS,
    now: environment.now,
    setTimer: environment.setTimer,
    send() {
      for (const { session } of watched.values()) session.pushHealth();
    },
  });

  const heartbeat = () => {
    pushHealth.trigger();
    cancelHeartbeat = watched.size === 0 ? null : environment.setTimer(heartbeat, HEARTBEAT_MS);
  };

  const venuesOf = (marketId: string): MarketVenue[] =>
    [...venues].map(([venueId, venue]) => {
      const list = universe.listOf(venueId);
      return {
        venueId,
        isOff: isOff(venueId),
        contracts: list === null ? null : contractsOfMarket(list, marketId),
        health: () => venue.health(),
      };
    });

  const start = async (contract: Contract): Promise<Watched> => {
    const log = await openLog;
    const id = marketIdOf(contract);
    const running = watched.get(id);
    if (running !== undefined) return running;
    const session = createMarketSession({
      hours: () => options.calendar.hours(contract.assetClass),
      venues,
      log,
      environment,
      openInterest,
      ownLiquidations: () => options.ownLiquidations(id),
      onOpen: options.onOpen,
      onCoverage: () => pushHealth.trigger(),
      onFailure: options.onFailure,
    });
    const market: Watched = { id, session, cancelStop: () => {} };
    session.setVenues(venuesOf(id));
    watched.set(id, market);
    if (cancelHeartbeat === null) heartbeat();
    return market;
  };

  const followerOf = (watch: FeedWatch, resolved: Resolved): ChartFollower => {
    let shown = resolved;
    const { detail } = watch.request;
    const pushes = createChartPushes(() => options.wishesOf(watch), environment.now);
    const isQuiet = detail === 'quiet';
    const push: FeedWatch['push'] = isQuiet ? () => {} : (update) => watch.push(update);
    return {
      wanted: resolved.contract,
      wantsSummary: wantsSummary(detail),
      isQuiet,
      wantsGroups: wantsGroups(detail),
      onFrame(contract: Contract) {
        shown = standInFor(resolved, contract);
        pushes.renew();
        push({ type: 'resolved', resolution: shown });
        pushHealth.trigger();
      },
      priceFactor: () => shown.priceFactor,
      onProfile(profile) {
        const passed = pushes.pass(profile);
        if (passed === null) return;
        const inShown = scaleProfile(passed, shown.priceFactor);
        push({ type: 'profile', profile: inShown, ...pushes.beside(inShown) });
      },
      onSummary: (summary) => push({ type: 'summary', summary }),
      onOwnLevels(levels) {
        const inShown = levels.map(({ positionSide, price }) => ({ positionSide, price: price * shown.priceFactor }));
        push({ type: 'own-levels', levels: inShown });
      },
      onProgress: (daysDone, daysTotal) => push({ type: 'progress', daysDone, daysTotal }),
      onHealth: (health, coverage, ageMs) => push({ type: 'health', health, coverage, ageMs }),
    };
  };

  const release = (market: Watched) => {
    if (market.session.isFollowed) return;
    market.cancelStop();
    market.cancelStop = environment.setTimer(() => {
      if (market.session.isFollowed) return;
      watched.delete(market.id);
      market.session.stop();
    }, LINGER_MS);
  };

  return {
    async attach(watch, resolved, isWanted) {
      const market = await start(resolved.contract);
      // Gone or resolved to another contract meanwhile.
      if (!isWanted()) return release(market);
      market.cancelStop();
      const follower = followerOf(watch, resolved);
      attached.set(watch, { market, follower });
      market.session.follow(follower);
      market.session.pushHealth();
    },
    detach(watch) {
      const entry = attached.get(watch);
      if (entry === undefined) return;
      attached.delete(watch);
      entry.market.session.unfollow(entry.follower);
      release(entry.market);
    },
    readHistory(watch, request) {
      const entry = attached.get(watch);
      if (entry === undefined) return;
      const sourceNow = () => ({
        ...entry.market.session.historySource(entry.follower),
        priceFactor: entry.follower.priceFactor(),
      });
      const source = sourceNow();
      // What is left of it once another contract stands in would be in that one's place.
      const isWanted = () => attached.get(watch) === entry && sourceNow().contractIds[0] === source.contractIds[0];
      openLog
        .then((log) =>
          readPaneHistory(log, source, request, (part) => watch.push({ type: 'history', ...part }), isWanted),
        )
        .catch(options.onFailure);
    },
    setVenues() {
      for (const { id, session } of watched.values()) session.setVenues(venuesOf(id));
      pushHealth.trigger();
    },
    touchOwnLevels() {
      for (const { session } of watched.values()) session.touchOwnLevels();
    },
    touchHealth: () => pushHealth.trigger(),
    summaryOf: (marketId) => watched.get(marketId)?.session.summary() ?? null,
    contractIds: () => new Set([...watched.values()].flatMap(({ session }) => session.contractIds)),
    resetLearning(contractId) {
      const running = [...watched.values()].map(({ session }) => session.resetLearning(contractId));
      return running.find((each) => each !== null) ?? null;
    },
    get size() {
      return watched.size;
    },
  };
}

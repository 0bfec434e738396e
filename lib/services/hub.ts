import { SECOND_MS } from '@/lib/core/time';
import type { Contract, VenueId } from '@/lib/market/contract';
import { contractsOfMarket, marketIdOf } from '@/lib/market/market';
import { scaleProfile } from '@/lib/market/profile-sum';
import { standInFor, type Resolution, type Resolved } from '@/lib/market/symbols';
import { createCoalescer } from '@/lib/messaging/coalescer';
import type { FeedHandlers, FeedWatch } from '@/lib/messaging/feed-server';
import type { MarketLog } from '@/lib/store/market-log';
import { storeErrorFrom } from '@/lib/store/store-error';
import type { Venue } from '@/lib/venues/venue';

import { createBoardWatches } from './board-watches';
import type { ServiceEnvironment } from './environment';
import { createLiquidationRecord } from './liquidation-record';
import { createMarketFeed } from './market-feed';
import { createMarketReporter } from './market-report';
import { createMarketSession, type MarketFollower, type MarketSession } from './market-session';
import type { MarketVenue } from './market-view';
import { createOpenInterestBook } from './open-interest-book';
import { createResolver } from './resolver';
import { createUniverse } from './universe';
import { marketNow } from './venue-clock';
import { createVenueSession, type VenueSession } from './venue-session';

/** A session outlives its last watcher for as long as a page takes to reload. */
const LINGER_MS = 5 * SECOND_MS;
const RESOLVE_RETRY_MS = 15 * SECOND_MS;
const HEALTH_INTERVAL_MS = SECOND_MS;
/** Ages are pushed this often even when nothing changes, so that a page can tell silence from a dead background. */
const HEARTBEAT_MS = 5 * SECOND_MS;

export interface HubOptions {
  readonly venues: readonly Venue[];
  readonly openLog: Promise<MarketLog>;
  /** Why the log is in memory only; null where it is on disk. */
  readonly storeProblem: Promise<string | null>;
  readonly environment: ServiceEnvironment;
  /** The contract last watched, for a popup beside no chart. */
  readonly lastContract: { getValue(): Promise<string | null>; setValue(id: string | null): Promise<void> };
  /** The venues that the user does not want to count. */
  readonly venuesOff: {
    getValue(): Promise<readonly VenueId[]>;
    watch(listener: (venueIds: readonly VenueId[]) => void): void;
  };
}

/** What is watched, by whom: the only place that starts and stops work. */
export interface Hub {
  readonly handlers: FeedHandlers;
  /** Prunes the store; for the alarm. */
  upkeep(): Promise<void>;
}

/** A market that somebody watches. */
interface Watched {
  readonly id: string;
  readonly session: MarketSession;
  cancelStop: () => void;
}

/** A watch that has its contract. */
interface Attached {
  readonly watched: Watched;
  readonly follower: MarketFollower;
}

export function createHub(options: HubOptions): Hub {
  const { openLog, environment, lastContract, venuesOff } = options;
  const watched = new Map<string, Watched>();
  /** Every live watch and what was found for it; null while that is under way. */
  const resolutions = new Map<FeedWatch, Resolution | null>();
  const attached = new Map<FeedWatch, Attached>();
  const openInterest = createOpenInterestBook();
  let off: readonly VenueId[] = [];
  let problem: string | null = null;
  let cancelRetry = () => {};
  let cancelMarketStop = () => {};
  let cancelHeartbeat: (() => void) | null = null;

  const pushHealth = createCoalescer({
    minIntervalMs: HEALTH_INTERVAL_MS,
    now: environment.now,
    setTimer: environment.setTimer,
    send() {
      for (const { session } of watched.values()) session.pushHealth();
    },
  });
  const storeFailed = (cause: unknown) => {
    // Anything else is a fault of ours and in the log; the store's own failures have names.
    if (cause instanceof DOMException) setProblem(storeErrorFrom(cause).message);
  };

  const record = createLiquidationRecord({
    openLog,
    now: () => marketNow([...venues.values()].map(({ clock }) => clock)),
    environment,
    onError(cause) {
      environment.log(`liquidations: ${String(cause)}`);
      storeFailed(cause);
    },
  });
  const venues = new Map<VenueId, VenueSession>(
    options.venues.map((venue) => [
      venue.id,
      createVenueSession(venue, openLog, environment, record, () => pushHealth.trigger()),
    ]),
  );
  const universe = createUniverse(venues, () => onLists());
  const resolver = createResolver(universe, openInterest);
  const watchedContracts = () => new Set([...watched.values()].flatMap(({ session }) => session.contractIds));
  const wholeMarket = {
    venues: [...venues.values()],
    record,
    environment,
    isOff: (venueId: VenueId) => off.includes(venueId),
  };
  const marketFeed = createMarketFeed({ ...wholeMarket, openLog, wanted: watchedContracts });
  const boards = createBoardWatches(record, () => reporter, environment);
  const reporter = createMarketReporter({
    ...wholeMarket,
    summaryOf: (marketId) => watched.get(marketId)?.session.summary() ?? null,
    openInterestOf: openInterest.usdOf,
    onChange: () => boards.touchReport(),
  });

  const heartbeat = () => {
    pushHealth.trigger();
    cancelHeartbeat = watched.size === 0 ? null : environment.setTimer(heartbeat, HEARTBEAT_MS);
  };

  const setProblem = (text: string | null) => {
    if (text === problem) return;
    problem = text;
    for (const watch of resolutions.keys()) watch.push({ type: 'storage', problem });
  };

  const venuesOf = (marketId: string): MarketVenue[] =>
    [...venues].map(([venueId, venue]) => {
      const list = universe.listOf(venueId);
      return {
        venueId,
        isOff: off.includes(venueId),
        contracts: list === null ? null : contractsOfMarket(list, marketId),
        health: () => venue.health(),
      };
    });

  const startMarket = async (contract: Contract): Promise<Watched> => {
    const log = await openLog;
    const id = marketIdOf(contract);
    const running = watched.get(id);
    if (running !== undefined) return running;
    const session = createMarketSession({
      assetClass: contract.assetClass,
      venues,
      log,
      environment,
      openInterest,
      onOpen: () => askAll(),
      onCoverage: () => pushHealth.trigger(),
      onFailure: storeFailed,
    });
    const entry: Watched = { id, session, cancelStop: () => {} };
    session.setVenues(venuesOf(id));
    watched.set(id, entry);
    if (cancelHeartbeat === null) heartbeat();
    return entry;
  };

  const followerOf = (watch: FeedWatch, resolved: Resolved): MarketFollower => {
    let shown = resolved;
    return {
      wanted: resolved.contract,
      wantsSummary: watch.request.detail === 'summary',
      onFrame(contract: Contract) {
        shown = standInFor(resolved, contract);
        watch.push({ type: 'resolved', resolution: shown });
        pushHealth.trigger();
      },
      onProfile: (profile) => watch.push({ type: 'profile', profile: scaleProfile(profile, shown.priceFactor) }),
      onSummary: (summary) => watch.push({ type: 'summary', summary }),
      onProgress: (daysDone, daysTotal) => watch.push({ type: 'progress', daysDone, daysTotal }),
      onHealth: (health, coverage, ageMs) => watch.push({ type: 'health', health, coverage, ageMs }),
    };
  };

  const attach = async (watch: FeedWatch, resolved: Resolved): Promise<void> => {
    const { contract } = resolved;
    const entry = await startMarket(contract);
    // Gone or resolved to another contract meanwhile.
    if (resolutions.get(watch) !== resolved) return release(entry);
    entry.cancelStop();
    const follower = followerOf(watch, resolved);
    attached.set(watch, { watched: entry, follower });
    entry.session.follow(follower);
    entry.session.pushHealth();
    lastContract.setValue(contract.id).catch((cause: unknown) => environment.log(`settings: ${String(cause)}`));
  };

  const detach = (watch: FeedWatch) => {
    const entry = attached.get(watch);
    if (entry === undefined) return;
    attached.delete(watch);
    entry.watched.session.unfollow(entry.follower);
    release(entry.watched);
  };

  /** The market is followed while anything is watched, and as long after as a session. */
  const followMarket = () => {
    cancelMarketStop();
    if (resolutions.size + boards.size > 0) marketFeed.start();
    else cancelMarketStop = environment.setTimer(() => marketFeed.stop(), LINGER_MS);
  };

  const release = (entry: Watched) => {
    if (entry.session.isFollowed) return;
    entry.cancelStop();
    entry.cancelStop = environment.setTimer(() => {
      if (entry.session.isFollowed) return;
      watched.delete(entry.id);
      entry.session.stop();
    }, LINGER_MS);
  };

  /** The tab's own chart where it has one, or else whatever was watched last. */
  const resolveTab = async (tabId: number): Promise<Resolution> => {
    const ofTab = [...resolutions].filter(([{ request, tabId: id }]) => id === tabId && request.type === 'watch');
    const charts = ofTab.map(([, resolution]) => resolution).filter((resolution) => resolution !== null);
    const chart = charts.findLast((resolution) => resolution.ok) ?? charts.at(-1);
    // Figures are told in the contract's own prices, whatever its chart counts in.
    if (chart !== undefined) return chart.ok ? { ...chart, priceFactor: 1 } : chart;
    const lastId = await lastContract.getValue();
    const last = lastId === null ? null : await resolver.contractOf(lastId);
    if (last !== null) return { ok: true, contract: last, proxyFor: null, priceFactor: 1 };
    return resolver.nothing('No chart in this tab.');
  };

  const resolve = async (watch: FeedWatch): Promise<void> => {
    await settingsRead;
    const { request } = watch;
    const current = resolutions.get(watch);
    const resolution =
      request.type === 'watch-tab'
        ? await resolveTab(request.tabId)
        : await resolver.resolve(request, current?.ok === true ? current.contract.id : null);
    const before = resolutions.get(watch);
    if (before === undefined) return;
    if (isSame(before, resolution)) return scheduleRetry();
    resolutions.set(watch, resolution);
    watch.push({ type: 'resolved', resolution });
    detach(watch);
    if (resolution.ok) await attach(watch, resolution);
    else sendVenueHealth(watch);
    if (watch.request.type === 'watch') resolveFollowers(watch.tabId);
    scheduleRetry();
  };

  /** Without a contract there is no session, but the panel still says how its venues are. */
  const sendVenueHealth = (watch: FeedWatch) => {
    const health = universe.venueIds.flatMap((venueId) => venues.get(venueId)?.health() ?? []);
    watch.push({ type: 'health', health, coverage: null, ageMs: null });
  };

  const resolveSafely = (watch: FeedWatch) =>
    void resolve(watch).catch((cause: unknown) => environment.log(`resolve: ${String(cause)}`));

  const resolveFollowers = (tabId: number | null) => {
    for (const watch of resolutions.keys()) {
      if (watch.request.type === 'watch-tab' && watch.request.tabId === tabId) resolveSafely(watch);
    }
  };

  const resolveAll = () => {
    for (const watch of resolutions.keys()) resolveSafely(watch);
  };

  const setVenues = () => {
    for (const { id, session } of watched.values()) session.setVenues(venuesOf(id));
    pushHealth.trigger();
  };

  /** A venue told its contracts: markets grow, and a chart may find its own contract at last. */
  const onLists = () => {
    setVenues();
    for (const [watch, resolution] of resolutions) {
      if (resolution?.ok !== true || resolution.proxyFor !== null) resolveSafely(watch);
    }
  };

  const askAll = () => void universe.ask(universe.venueIds).then(scheduleRetry);

  const retryNow = () => {
    askAll();
    for (const [watch, resolution] of resolutions) if (mayHeal(resolution)) resolveSafely(watch);
  };

  /** Asking again costs nothing while a venue waits, and finds access that was granted meanwhile. */
  const scheduleRetry = () => {
    cancelRetry();
    const isIncomplete = watched.size > 0 && universe.venueIds.some((venueId) => universe.errorOf(venueId) !== null);
    if (isIncomplete || [...resolutions.values()].some(mayHeal))
      cancelRetry = environment.setTimer(retryNow, RESOLVE_RETRY_MS);
  };

  const switchVenues = (venueIds: readonly VenueId[]) => {
    // Whoever switches a venue on wants it to be asked now, whatever it answered before.
    for (const venueId of off) if (!venueIds.includes(venueId)) venues.get(venueId)?.retry();
    off = venueIds;
    universe.setOff(off);
    setVenues();
    resolveAll();
    if (watched.size > 0) askAll();
  };

  const settingsRead = venuesOff
    .getValue()
    .then((venueIds) => {
      off = venueIds;
      universe.setOff(off);
    })
    .catch((cause: unknown) => environment.log(`settings: ${String(cause)}`));
  venuesOff.watch(switchVenues);
  void options.storeProblem.then(setProblem);

  return {
    handlers: {
      onWatch(watch) {
        resolutions.set(watch, null);
        followMarket();
        if (problem !== null) watch.push({ type: 'storage', problem });
        resolveSafely(watch);
      },
      onUnwatch(watch) {
        resolutions.delete(watch);
        followMarket();
        detach(watch);
        if (watch.request.type === 'watch') resolveFollowers(watch.tabId);
      },
      onWatchBoard(watch) {
        boards.add(watch);
        followMarket();
      },
      onUnwatchBoard(watch) {
        boards.remove(watch);
        followMarket();
      },
      onRetry() {
        for (const venue of venues.values()) venue.retry();
        retryNow();
      },
      onResetLearning(contractId) {
        const running = [...watched.values()].map(({ session }) => session.resetLearning(contractId));
        const reset =
          running.find((each) => each !== null) ??
          openLog.then((log) => log.resetLearning(contractId, environment.now()));
        reset.catch((cause: unknown) => environment.log(`reset: ${String(cause)}`));
      },
      onListContracts(reply) {
        void universe.ask(universe.venueIds).then(() => reply(universe.contracts()));
      },
    },
    async upkeep() {
      const log = await openLog;
      await record.settle();
      await log.prune(environment.now(), watchedContracts());
    },
  };
}

const mayHeal = (resolution: Resolution | null): boolean =>
  resolution?.ok === false && resolution.reason !== 'unmapped-symbol' && resolution.reason !== 'no-chart';

const isSame = (a: Resolution | null, b: Resolution): boolean =>
  a !== null &&
  (a.ok ? b.ok && a.contract.id === b.contract.id && a.proxyFor === b.proxyFor : !b.ok && a.detail === b.detail);

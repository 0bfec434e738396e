import { SECOND_MS } from '@/lib/core/time';
import type { HiddenReason } from '@/lib/market/chart-symbol';
import type { Contract, ContractId, VenueId } from '@/lib/market/contract';
import type { Profile } from '@/lib/market/profile';
import { scaleProfile } from '@/lib/market/profile-sum';
import { resolveChartSymbol, type Resolution, type Resolved } from '@/lib/market/symbols';
import { createCoalescer } from '@/lib/messaging/coalescer';
import type { FeedHandlers, FeedWatch } from '@/lib/messaging/feed-server';
import type { MarketLog } from '@/lib/store/market-log';
import { storeErrorFrom } from '@/lib/store/store-error';
import type { Venue, VenueError } from '@/lib/venues/venue';

import type { ContractSession } from './contract-session';
import type { ServiceEnvironment } from './environment';
import { createVenueSession, type VenueSession } from './venue-session';

/** A session outlives its last watcher for as long as a page takes to reload. */
const LINGER_MS = 5 * SECOND_MS;
const RESOLVE_RETRY_MS = 15 * SECOND_MS;
const HEALTH_INTERVAL_MS = SECOND_MS;
/** Ages are pushed this often even when nothing changes, so that a page can tell silence from a dead background. */
const HEARTBEAT_MS = 5 * SECOND_MS;

const REASON_OF_ERROR: Readonly<Record<VenueError['kind'], HiddenReason>> = {
  blocked: 'blocked',
  withheld: 'withheld',
  network: 'venue-down',
  limited: 'venue-down',
  http: 'venue-down',
  schema: 'venue-down',
  aborted: 'connecting',
};

export interface HubOptions {
  readonly venues: readonly Venue[];
  readonly openLog: Promise<MarketLog>;
  /** Why the log is in memory only; null where it is on disk. */
  readonly storeProblem: Promise<string | null>;
  readonly environment: ServiceEnvironment;
  /** The contract last watched, for a popup beside no chart. */
  readonly lastContract: { getValue(): Promise<string | null>; setValue(id: string | null): Promise<void> };
}

/** What is watched, by whom: the only place that starts and stops work. */
export interface Hub {
  readonly handlers: FeedHandlers;
  /** Prunes the store; for the alarm. */
  upkeep(): Promise<void>;
}

interface Watched {
  readonly session: ContractSession;
  readonly venue: VenueSession;
  readonly watches: Set<FeedWatch>;
  cancelStop: () => void;
}

export function createHub({ venues, openLog, storeProblem, environment, lastContract }: HubOptions): Hub {
  const watched = new Map<ContractId, Watched>();
  /** Every live watch and how it was resolved; null while that is being found out. */
  const resolutions = new Map<FeedWatch, Resolution | null>();
  let problem: string | null = null;
  let cancelRetry = () => {};
  let cancelHeartbeat: (() => void) | null = null;

  const pushHealth = createCoalescer({
    minIntervalMs: HEALTH_INTERVAL_MS,
    now: environment.now,
    setTimer: environment.setTimer,
    send() {
      for (const entry of watched.values()) for (const watch of entry.watches) sendHealth(watch, entry);
    },
  });
  const venueSessions = new Map<VenueId, VenueSession>(
    venues.map((venue) => [venue.id, createVenueSession(venue, openLog, environment, () => pushHealth.trigger())]),
  );

  const sendHealth = (watch: FeedWatch, { session, venue }: Watched) => {
    const ageMs = session.lastDataMs === null ? null : environment.now() - session.lastDataMs;
    watch.push({ type: 'health', health: venue.health(), ageMs });
  };

  const pushProfile = (watch: FeedWatch, profile: Profile) => {
    const resolution = resolutions.get(watch);
    if (resolution?.ok === true)
      watch.push({ type: 'profile', profile: scaleProfile(profile, resolution.priceFactor) });
  };

  const heartbeat = () => {
    pushHealth.trigger();
    cancelHeartbeat = watched.size === 0 ? null : environment.setTimer(heartbeat, HEARTBEAT_MS);
  };

  const setProblem = (text: string | null) => {
    if (text === problem) return;
    problem = text;
    for (const watch of resolutions.keys()) watch.push({ type: 'storage', problem });
  };

  const startSession = async (contract: Contract, venue: VenueSession): Promise<Watched> => {
    const log = await openLog;
    const running = watched.get(contract.id);
    if (running !== undefined) return running;
    const watches = new Set<FeedWatch>();
    const summaries = () => [...watches].filter((watch) => watch.request.detail === 'summary');
    const session = venue.start(contract, log, {
      onProfile: (profile) => watches.forEach((watch) => pushProfile(watch, profile)),
      onSummary: (summary) => summaries().forEach((watch) => watch.push({ type: 'summary', summary })),
      onProgress: (daysDone, daysTotal) =>
        watches.forEach((watch) => watch.push({ type: 'progress', daysDone, daysTotal })),
      onFailure(cause) {
        // Anything else is a fault of ours and in the log; the store's own failures have names.
        if (cause instanceof DOMException) setProblem(storeErrorFrom(cause).message);
      },
    });
    const entry: Watched = { session, venue, watches, cancelStop: () => {} };
    watched.set(contract.id, entry);
    if (cancelHeartbeat === null) heartbeat();
    log
      .markWatched(contract.id, environment.now())
      .catch((cause: unknown) => environment.log(`store: ${String(cause)}`));
    return entry;
  };

  const attach = async (watch: FeedWatch, resolution: Resolved): Promise<void> => {
    const { contract } = resolution;
    const venue = venueSessions.get(contract.venueId);
    if (venue === undefined) return;
    const entry = await startSession(contract, venue);
    // Gone or resolved to another contract meanwhile.
    if (resolutions.get(watch) !== resolution) return release(contract.id);
    entry.cancelStop();
    entry.watches.add(watch);
    const { progress, lastProfile, lastSummary } = entry.session;
    if (progress !== null) watch.push({ type: 'progress', ...progress });
    sendHealth(watch, entry);
    if (lastProfile !== null) pushProfile(watch, lastProfile);
    if (lastSummary !== null && watch.request.detail === 'summary')
      watch.push({ type: 'summary', summary: lastSummary });
    lastContract.setValue(contract.id).catch((cause: unknown) => environment.log(`settings: ${String(cause)}`));
  };

  const detach = (watch: FeedWatch) => {
    for (const [id, entry] of watched) if (entry.watches.delete(watch)) release(id);
  };

  const release = (id: ContractId) => {
    const entry = watched.get(id);
    if (entry === undefined || entry.watches.size > 0) return;
    entry.cancelStop();
    entry.cancelStop = environment.setTimer(() => {
      if (entry.watches.size > 0) return;
      watched.delete(id);
      entry.venue.stop(entry.session);
    }, LINGER_MS);
  };

  const allContracts = async (): Promise<{ contracts: Contract[]; error: VenueError | null }> => {
    const results = await Promise.all([...venueSessions.values()].map((venue) => venue.contracts()));
    const contracts = results.flatMap((result) => (result.ok ? result.value : []));
    const failed = results.find((result) => !result.ok);
    return { contracts, error: failed === undefined || failed.ok ? null : failed.error };
  };

  /** The tab's own chart where it has one, or else whatever was watched last. */
  const resolveTab = async (tabId: number, contracts: readonly Contract[]): Promise<Resolution> => {
    const ofTab = [...resolutions].filter(([{ request, tabId: id }]) => id === tabId && request.type === 'watch');
    const charts = ofTab.map(([, resolution]) => resolution).filter((resolution) => resolution !== null);
    const chart = charts.findLast((resolution) => resolution.ok) ?? charts.at(-1);
    // Figures are told in the contract's own prices, whatever its chart counts in.
    if (chart !== undefined) return chart.ok ? { ...chart, priceFactor: 1 } : chart;
    const lastId = await lastContract.getValue();
    const last = contracts.find(({ id }) => id === lastId);
    if (last !== undefined) return { ok: true, contract: last, proxyFor: null, priceFactor: 1 };
    return { ok: false, reason: 'no-chart', detail: 'No chart in this tab.' };
  };

  const findResolution = async ({ request }: FeedWatch): Promise<Resolution> => {
    const { contracts, error } = await allContracts();
    if (contracts.length === 0 && error !== null) {
      return { ok: false, reason: REASON_OF_ERROR[error.kind], detail: error.message };
    }
    if (request.type === 'watch') return resolveChartSymbol(request.symbol, contracts);
    if (request.type === 'watch-tab') return resolveTab(request.tabId, contracts);
    const contract = contracts.find(({ id }) => id === request.contractId);
    if (contract !== undefined) return { ok: true, contract, proxyFor: null, priceFactor: 1 };
    return { ok: false, reason: 'unmapped-symbol', detail: `${request.contractId} is not listed.` };
  };

  const resolve = async (watch: FeedWatch): Promise<void> => {
    const resolution = await findResolution(watch);
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
    for (const venue of venueSessions.values()) watch.push({ type: 'health', health: venue.health(), ageMs: null });
  };

  const resolveSafely = (watch: FeedWatch) =>
    void resolve(watch).catch((cause: unknown) => environment.log(`resolve: ${String(cause)}`));

  const resolveFollowers = (tabId: number | null) => {
    for (const watch of resolutions.keys()) {
      if (watch.request.type === 'watch-tab' && watch.request.tabId === tabId) resolveSafely(watch);
    }
  };

  const resolveFailed = () => {
    for (const [watch, resolution] of resolutions) {
      if (mayHeal(resolution)) resolveSafely(watch);
    }
  };

  const scheduleRetry = () => {
    cancelRetry();
    if ([...resolutions.values()].some(mayHeal)) cancelRetry = environment.setTimer(resolveFailed, RESOLVE_RETRY_MS);
  };

  void storeProblem.then(setProblem);

  return {
    handlers: {
      onWatch(watch) {
        resolutions.set(watch, null);
        if (problem !== null) watch.push({ type: 'storage', problem });
        resolveSafely(watch);
      },
      onUnwatch(watch) {
        resolutions.delete(watch);
        detach(watch);
        if (watch.request.type === 'watch') resolveFollowers(watch.tabId);
      },
      onRetry() {
        for (const venue of venueSessions.values()) venue.retry();
        resolveFailed();
      },
      onListContracts(reply) {
        void allContracts().then(({ contracts }) => reply(contracts));
      },
    },
    async upkeep() {
      const log = await openLog;
      await log.prune(environment.now(), new Set(watched.keys()));
    },
  };
}

/** Asking again costs nothing while a venue waits, and finds access that was granted meanwhile. */
const mayHeal = (resolution: Resolution | null): boolean =>
  resolution?.ok === false && resolution.reason !== 'unmapped-symbol' && resolution.reason !== 'no-chart';

const isSame = (a: Resolution | null, b: Resolution): boolean =>
  a !== null &&
  (a.ok ? b.ok && a.contract.id === b.contract.id && a.proxyFor === b.proxyFor : !b.ok && a.detail === b.detail);

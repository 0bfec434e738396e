import type { Contract, VenueId } from '@/lib/market/contract';
import { contractsOfMarket, marketIdOf } from '@/lib/market/market';
import type { FeedHandlers, FeedWatch } from '@/lib/messaging/feed-server';
import { wantsSummary } from '@/lib/messaging/protocol';
import { createSharedWork } from '@/lib/services/contract/shared-work';
import { createResolutions, type Resolutions } from '@/lib/services/resolution/resolutions';
import { createResolver } from '@/lib/services/resolution/resolver';
import { createUniverse } from '@/lib/services/resolution/universe';
import { createTradingCalendar } from '@/lib/services/venue/trading-calendar';
import { marketNow, marketTold } from '@/lib/services/venue/venue-clock';
import { createVenueSession, type VenueSession } from '@/lib/services/venue/venue-session';
import type { MarketLog } from '@/lib/store/log/market-log';
import type { Venue } from '@/lib/venues/venue';

import { createAlertService, type AlertOutlet } from './alerts/alert-service';
import type { ActivityLog } from './diagnostics/activity-log';
import { createDiagnosticsWatches } from './diagnostics/diagnostics-watches';
import type { ServiceEnvironment } from './environment';
import { followSettings, type Settings } from './followed-settings';
import { FIRST_SETTINGS, type HubSettings } from './hub-settings';
import { createLiquidationRecord } from './liquidations/liquidation-record';
import { createOpenInterestBook } from './market/open-interest-book';
import { createWatchedMarkets } from './market/watched-markets';
import { createWholeMarket } from './market/whole-market';
import { createOwnHandlers } from './own-handlers';
import { createOwnPositions, type OwnPositionsOptions } from './positions/own-positions';
import { createPositionWatches } from './positions/position-watches';
import { createStoreKeeper } from './store-keeper';

export interface HubOptions {
  readonly venues: readonly Venue[];
  readonly openLog: Promise<MarketLog>;
  /** Why the log is in memory only; null where it is on disk. */
  readonly storeProblem: Promise<string | null>;
  readonly environment: ServiceEnvironment;
  readonly activity: ActivityLog;
  /** The contract last watched, for a popup beside no chart. */
  readonly lastContract: { getValue(): Promise<string | null>; setValue(id: string | null): Promise<void> };
  readonly settings: Settings<HubSettings>;
  /** What the user entered of positions; on this device only. */
  readonly storedPositions: OwnPositionsOptions['stored'];
  readonly alerts: AlertOutlet;
  /** A contract's chart is on this page. */
  readonly onChart: (contract: Contract, page: Pick<FeedWatch, 'pageUrl' | 'tabId'>) => void;
}

/** What is watched, by whom: the only place that starts and stops work. */
export interface Hub {
  readonly handlers: FeedHandlers;
  /** Why the store keeps new rows in memory only, or (null) that it does not. */
  readonly tellStoreProblem: (problem: string | null) => void;
  /** Prunes the store; for the alarm. */
  upkeep(): Promise<void>;
  /** Looks at what alert rules are about; for the alarm. */
  evaluateAlerts(): Promise<void>;
  /** The contract of a key; null where its venue does not tell it. */
  contractOf(id: string): Promise<Contract | null>;
  readonly isOnChart: Resolutions['isOnChart'];
}

export function createHub(options: HubOptions): Hub {
  const { openLog, environment, activity, lastContract } = options;
  const openInterest = createOpenInterestBook();
  const clocks = () => [...venues.values()].map(({ clock }) => clock);
  const venuesNow = () => marketNow(clocks());
  /** The machine's while no venue told the time yet. */
  const marketTime = () => venuesNow() ?? environment.now();

  const store = createStoreKeeper({
    openLog,
    storeProblem: options.storeProblem,
    limits: () => settings.read.then(() => settings.now),
    settle: () => record.settle(),
    marketTold: () => marketTold(clocks()),
    watched: () => markets.contractIds(),
    onProblem(problem) {
      for (const watch of resolutions.watches()) watch.push({ type: 'storage', problem });
    },
  });
  const record = createLiquidationRecord({
    openLog,
    now: venuesNow,
    environment,
    isOff: (venueId) => isOff(venueId),
    onError(cause) {
      environment.log(`liquidations: ${String(cause)}`);
      store.failed(cause);
    },
  });
  const settings = followSettings(
    options.settings,
    FIRST_SETTINGS,
    {
      venuesOff(off, before) {
        // Whoever switches a venue on wants it to be asked now, whatever it answered before.
        for (const venueId of before) if (!off.includes(venueId)) venues.get(venueId)?.retry();
        wholeMarket.switched([...before, ...off].filter((id) => before.includes(id) !== off.includes(id)));
        markets.setVenues();
        resolutions.resolveAll();
        if (markets.size > 0) resolutions.askAll();
      },
      choices: () => resolutions.resolveAll(),
      // Another side is shown at once.
      charts: () => markets.touchHealth(),
      keptContracts: () => void store.prune().catch(store.failed),
      storedMegabytes: () => void store.prune().catch(store.failed),
      prior() {
        for (const venue of venues.values()) venue.restate();
      },
    },
    (cause) => environment.log(`settings: ${String(cause)}`),
  );
  const isOff = (venueId: VenueId): boolean => settings.now.venuesOff.includes(venueId);
  const sharedWork = createSharedWork(() => settings.now.prior);
  const venues = new Map<VenueId, VenueSession>(
    options.venues.map((venue) => [
      venue.id,
      createVenueSession(venue, openLog, environment, record, sharedWork, () => {
        activity.noteHealth(venue.health());
        markets.touchHealth();
      }),
    ]),
  );
  const universe = createUniverse(venues, isOff, () => {
    // Markets grow, and a chart may find its own contract at last.
    markets.setVenues();
    resolutions.resolveUnsettled();
  });
  const resolver = createResolver(universe, openInterest, () => settings.now.choices);
  const markets = createWatchedMarkets({
    venues,
    universe,
    openInterest,
    openLog,
    environment,
    calendar: createTradingCalendar(venues, isOff, environment, () => markets.touchHealth()),
    isOff,
    ownLiquidations: (marketId) => ownPositions.inMarket(marketId),
    wishesOf: (watch) =>
      watch.request.type === 'watch' && !wantsSummary(watch.request.detail) ? settings.now.charts : null,
    onOpen: () => resolutions.askAll(),
    onFailure: store.failed,
  });
  const resolutions = createResolutions({
    resolver,
    universe,
    markets,
    lastContract,
    settingsRead: settings.read,
    environment,
    onAttached(watch, { contract, proxyFor }) {
      // What an alert rule watches, or the report, nobody looks at.
      if (alerts.owns(watch) || watch.request.detail === 'quiet') return;
      if (watch.request.type === 'watch' && proxyFor === null) options.onChart(contract, watch);
      lastContract.setValue(contract.id).catch((cause: unknown) => environment.log(`settings: ${String(cause)}`));
    },
    /** Without a contract there is no session, but the panel still says how its venues are. */
    onNothing(watch) {
      const health = universe.venueIds.flatMap((venueId) => venues.get(venueId)?.health() ?? []);
      watch.push({ type: 'health', health, coverage: null, ageMs: null });
    },
  });
  const contractOf = (id: string) => settings.read.then(() => resolver.contractOf(id));
  const levelsOf = (marketId: string) => markets.summaryOf(marketId)?.ownLevels ?? [];
  const ownPositions = createOwnPositions({
    stored: options.storedPositions,
    venues,
    contractOf,
    isOff,
    openLog,
    environment,
    onChange() {
      markets.touchOwnLevels();
      positionWatches.touch();
    },
  });
  const positionWatches = createPositionWatches(() => ownPositions, levelsOf, environment);
  /** What is not listed is nowhere in the record; a venue that tells no list cannot be waited for. */
  const isTold = (venueId: VenueId): boolean =>
    universe.listOf(venueId) === null ? universe.errorOf(venueId) !== null : record.isRestored(venueId);
  const alerts = createAlertService({
    ...options.alerts,
    watch: (watch) => onWatch(watch),
    unwatch: (watch) => onUnwatch(watch),
    contractOf,
    marketOf: (contract) => contractsOfMarket(universe.contracts(), marketIdOf(contract)),
    record,
    isRecordWhole: () => universe.venueIds.every(isTold),
    openLog,
    marketTime,
    ownRows: () => ownPositions.rows(levelsOf),
    environment,
    onFollow: () => followMarket(),
  });
  const diagnostics = createDiagnosticsWatches(options.venues, activity, environment);
  const wholeMarket = createWholeMarket({
    venues: [...venues.values()],
    record,
    openLog,
    environment,
    isOff,
    wanted: () => markets.contractIds(),
    isWanted: () => resolutions.size > 0 || alerts.wantsLiquidations,
    summaryOf: (marketId) => markets.summaryOf(marketId),
    openInterest,
  });

  const followMarket = () => {
    wholeMarket.update();
    // Nothing else asks for the lists where only an alert rule is about liquidations.
    if (alerts.wantsLiquidations) resolutions.askAll();
  };

  const onWatch = (watch: FeedWatch) => {
    resolutions.add(watch);
    followMarket();
    if (store.problem !== null) watch.push({ type: 'storage', problem: store.problem });
  };
  const onUnwatch = (watch: FeedWatch) => {
    resolutions.remove(watch);
    followMarket();
  };

  return {
    handlers: {
      onWatch,
      onUnwatch,
      onReadHistory: (watch, request) => markets.readHistory(watch, request),
      onWatchBoard: (watch) => wholeMarket.addBoard(watch),
      onUnwatchBoard: (watch) => wholeMarket.removeBoard(watch),
      ...createOwnHandlers(ownPositions, positionWatches, alerts, diagnostics, environment),
      onRetry() {
        for (const venue of venues.values()) venue.retry();
        resolutions.retry();
      },
      onResetLearning(contractId) {
        const reset =
          markets.resetLearning(contractId) ?? openLog.then((log) => log.resetLearning(contractId, marketTime()));
        reset.catch((cause: unknown) => environment.log(`reset: ${String(cause)}`));
      },
      onListContracts: (reply) => void universe.ask(universe.venueIds).then(() => reply(universe.contracts())),
    },
    evaluateAlerts: () => alerts.evaluate(),
    contractOf,
    isOnChart: resolutions.isOnChart,
    tellStoreProblem: store.tellProblem,
    upkeep: () => store.prune(),
  };
}

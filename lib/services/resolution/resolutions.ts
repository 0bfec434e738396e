import { SECOND_MS } from '@/lib/core/time';
import type { ContractId } from '@/lib/market/contract';
import type { Resolution, Resolved } from '@/lib/market/symbols';
import type { FeedWatch } from '@/lib/messaging/feed-server';
import type { ServiceEnvironment } from '@/lib/services/environment';
import type { WatchedMarkets } from '@/lib/services/market/watched-markets';

import type { Resolver } from './resolver';
import type { Universe } from './universe';

const RESOLVE_RETRY_MS = 15 * SECOND_MS;

/** Every live watch and the contract that was found for it; asked again while one may still be found. */
export interface Resolutions {
  add(watch: FeedWatch): void;
  remove(watch: FeedWatch): void;
  readonly size: number;
  watches(): Iterable<FeedWatch>;
  /** Whether a chart in this tab shows the contract itself. */
  readonly isOnChart: (id: ContractId, tabId: number) => boolean;
  /** Something that decides about all of them changed. */
  resolveAll(): void;
  /** A venue told its contracts: a chart may find its own at last. */
  resolveUnsettled(): void;
  /** Asks venues and for what was not found now. */
  retry(): void;
  /** Asks all venues for their contracts. */
  askAll(): void;
}

export interface ResolutionsOptions {
  readonly resolver: Resolver;
  readonly universe: Universe;
  readonly markets: WatchedMarkets;
  /** The contract last watched, for a popup beside no chart. */
  readonly lastContract: { getValue(): Promise<string | null> };
  /** Before then it is not known what the user wants. */
  readonly settingsRead: Promise<void>;
  readonly environment: ServiceEnvironment;
  /** A watch follows its contract's market from now on. */
  readonly onAttached: (watch: FeedWatch, resolved: Resolved) => void;
  /** Nothing was found for a watch. */
  readonly onNothing: (watch: FeedWatch) => void;
}

export function createResolutions(options: ResolutionsOptions): Resolutions {
  const { resolver, universe, markets, lastContract, settingsRead, environment } = options;
  /** Null while it is under way. */
  const resolutions = new Map<FeedWatch, Resolution | null>();
  let cancelRetry = () => {};

  const attach = async (watch: FeedWatch, resolved: Resolved): Promise<void> => {
    const isCurrent = () => resolutions.get(watch) === resolved;
    await markets.attach(watch, resolved, isCurrent);
    if (isCurrent()) options.onAttached(watch, resolved);
  };

  const chartsIn = (tabId: number): Resolution[] =>
    [...resolutions].flatMap(([watch, resolution]) =>
      watch.tabId === tabId && watch.request.type === 'watch' && resolution !== null ? [resolution] : [],
    );
  const chartOf = (tabId: number): Resolution | null => {
    const charts = chartsIn(tabId);
    const chart = charts.findLast((resolution) => resolution.ok) ?? charts.at(-1);
    // Figures are told in the contract's own prices, whatever its chart counts in.
    return chart?.ok === true ? { ...chart, priceFactor: 1 } : (chart ?? null);
  };

  /** The tab's own chart where it has one, or else whatever was watched last. */
  const resolveTab = async (tabId: number): Promise<Resolution> => {
    const known = chartOf(tabId);
    if (known !== null) return known;
    const lastId = await lastContract.getValue();
    const last = lastId === null ? null : await resolver.contractOf(lastId);
    // The tab's chart may have been found meanwhile, by whoever asked later.
    const chart = chartOf(tabId);
    if (chart !== null) return chart;
    return last === null ? resolver.nothing() : { ok: true, contract: last, proxyFor: null, priceFactor: 1 };
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
    markets.detach(watch);
    if (resolution.ok) await attach(watch, resolution);
    else options.onNothing(watch);
    if (watch.request.type === 'watch') resolveFollowers(watch.tabId);
    scheduleRetry();
  };

  const resolveSafely = (watch: FeedWatch): void =>
    void resolve(watch).catch((cause: unknown) => {
      environment.log(`resolve: ${String(cause)}`);
      // Nothing else may ask for it again.
      environment.setTimer(() => resolutions.has(watch) && resolveSafely(watch), RESOLVE_RETRY_MS);
    });

  const resolveFollowers = (tabId: number | null) => {
    for (const watch of resolutions.keys())
      if (watch.request.type === 'watch-tab' && watch.request.tabId === tabId) resolveSafely(watch);
  };

  const askAll = () => void universe.ask(universe.venueIds).then(scheduleRetry);

  const retry = () => {
    askAll();
    for (const [watch, resolution] of resolutions) if (mayHeal(resolution)) resolveSafely(watch);
  };

  /** Asking again costs nothing while a venue waits, and finds access that was granted meanwhile. */
  const scheduleRetry = () => {
    cancelRetry();
    const isIncomplete = markets.size > 0 && universe.venueIds.some((venueId) => universe.errorOf(venueId) !== null);
    if (isIncomplete || [...resolutions.values()].some(mayHeal))
      cancelRetry = environment.setTimer(retry, RESOLVE_RETRY_MS);
  };

  return {
    add(watch) {
      resolutions.set(watch, null);
      resolveSafely(watch);
    },
    remove(watch) {
      resolutions.delete(watch);
      markets.detach(watch);
      if (watch.request.type === 'watch') resolveFollowers(watch.tabId);
    },
    get size() {
      return resolutions.size;
    },
    watches: () => resolutions.keys(),
    isOnChart: (id, tabId) =>
      chartsIn(tabId).some((chart) => chart.ok && chart.contract.id === id && chart.proxyFor === null),
    resolveAll() {
      for (const watch of resolutions.keys()) resolveSafely(watch);
    },
    resolveUnsettled() {
      for (const [watch, resolution] of resolutions) {
        if (resolution?.ok !== true || resolution.proxyFor !== null) resolveSafely(watch);
      }
    },
    retry,
    askAll,
  };
}

const mayHeal = (resolution: Resolution | null): boolean =>
  resolution?.ok === false && resolution.reason !== 'unmapped-symbol' && resolution.reason !== 'no-chart';

const isSame = (a: Resolution | null, b: Resolution): boolean =>
  a !== null &&
  (a.ok
    ? b.ok && a.contract.id === b.contract.id && a.proxyFor === b.proxyFor
    : !b.ok && a.reason === b.reason && a.detail === b.detail);

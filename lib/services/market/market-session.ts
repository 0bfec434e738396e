import { SECOND_MS } from '@/lib/core/time';
import type { ContractId, VenueId } from '@/lib/market/contract';
import { closedHealth, type VenueHealth } from '@/lib/market/health';
import { coverageOf } from '@/lib/market/member';
import type { OwnLiquidation } from '@/lib/market/own-position';
import { createProfileSum, sumProfiles, type ProfileSum } from '@/lib/market/profile-sum';
import type { Summary } from '@/lib/market/summary';
import type { MarketHours } from '@/lib/market/trading-hours';
import type { ServiceEnvironment } from '@/lib/services/environment';
import type { VenueSession } from '@/lib/services/venue/venue-session';
import type { MarketLog } from '@/lib/store/log/market-log';

import { createAttention } from './attention';
import { createMarketFigures } from './market-figures';
import type { MarketFollower } from './market-follower';
import { createMarketFrames } from './market-frames';
import { createMarketMembers } from './market-members';
import { createMarketPushes } from './market-pushes';
import { isPartOf, membersOf, type MarketVenue } from './market-view';
import type { OpenInterestBook } from './open-interest-book';
import type { PaneSource } from './pane-history';

/** The contract that is waited for has the network to itself until its first map, at most this long. */
const HEAD_START_MS = SECOND_MS;

/** One underlying being watched: a book for each contract on it at every venue in use, and their sum. */
export interface MarketSession {
  follow(follower: MarketFollower): void;
  unfollow(follower: MarketFollower): void;
  readonly isFollowed: boolean;
  /** The market's venues and contracts, whenever they become known or change. */
  setVenues(venues: readonly MarketVenue[]): void;
  /** The user's own positions are other ones. */
  touchOwnLevels(): void;
  /** Looks who is still fed, and tells every follower how the venues are. */
  pushHealth(): void;
  readonly contractIds: readonly ContractId[];
  /** Where a follower's history is read: the contract in whose prices it is told first. */
  historySource(follower: MarketFollower): Omit<PaneSource, 'priceFactor'>;
  /** Forgets what a contract's liquidations taught; null where the contract is not one of these. */
  resetLearning(id: ContractId): Promise<void> | null;
  /** The figures as of now, in the prices of the first follower; null while no map is there. */
  summary(): Summary | null;
  stop(): void;
}

export interface MarketSessionOptions {
  /** Of the market behind it; null for one that is never closed. */
  readonly hours: () => MarketHours | null;
  readonly venues: ReadonlyMap<VenueId, VenueSession>;
  readonly log: MarketLog;
  readonly environment: ServiceEnvironment;
  readonly openInterest: OpenInterestBook;
  /** The user's own positions on the market. */
  readonly ownLiquidations: () => readonly OwnLiquidation[];
  /** The first contract has its map, or had its time: now the lists of the other venues may be asked for. */
  readonly onOpen: () => void;
  /** Another set of contracts is in the sum. */
  readonly onCoverage: () => void;
  /** Something that should not fail did, most likely the store. */
  readonly onFailure: (cause: unknown) => void;
}

export function createMarketSession(options: MarketSessionOptions): MarketSession {
  const { log, environment, openInterest } = options;
  let venues: readonly MarketVenue[] = [];
  let isOpen = false;
  let cancelHeadStart: (() => void) | null = null;
  let sum: ProfileSum | null = null;
  let countedIds = '';

  const members = createMarketMembers({
    ...options,
    eventsOf: (contract) => ({
      onChange: () => isHeard() && (followers.isFrame(contract.id) ? pushes.profiles : pushes.others).trigger(),
      onFigures: () => isHeard() && pushes.summaries.trigger(),
      isSeen: () => attention.isPaid(),
      onProgress(daysDone, daysTotal) {
        for (const [follower, frame] of followers)
          if (frame.id === contract.id) follower.onProgress(daysDone, daysTotal);
      },
      onFailure: options.onFailure,
    }),
  });

  const followers = createMarketFrames<MarketFollower>(members, openInterest);
  const figures = createMarketFigures({ ...options, members, venues: () => venues });

  const isClosed = (): boolean => options.hours()?.isClosed === true;
  /** A market that is closed is quiet, which is no fault of a venue. */
  const told = (health: VenueHealth): VenueHealth => (isClosed() ? closedHealth(health) : health);

  const refresh = (isDue: (id: ContractId) => boolean) =>
    members.refresh(
      isDue,
      [...followers.keys()].some(({ wantsGroups }) => wantsGroups),
    );

  /** Runs what is wanted, and once the first had its start, all contracts of the market. */
  const run = () => {
    const wanted = [...followers.keys()].map((follower) => follower.wanted);
    members.keep([
      ...wanted,
      ...(isOpen ? venues.flatMap(({ isOff, contracts }) => (isOff ? [] : (contracts ?? []))) : []),
    ]);
  };

  const open = () => {
    cancelHeadStart?.();
    if (isOpen) return;
    isOpen = true;
    options.onOpen();
    run();
    recall();
  };

  /** What is missing still has its weight in the market. */
  const recall = () => {
    for (const contract of venues.flatMap(({ contracts }) => contracts ?? [])) {
      openInterest
        .recall(contract, log, environment.now())
        .catch((cause: unknown) => environment.log(`store: ${String(cause)}`));
    }
  };

  const reframe = () => followers.reframe(({ id }) => refresh((other) => other === id));

  /** The sum as of now; null while no map is there. */
  const sumUp = (): ProfileSum | null => {
    refresh((id) => followers.isFrame(id));
    reframe();
    const counted = members.counted();
    const ids = counted.map(({ contract }) => contract.id).join();
    if (ids !== countedIds) options.onCoverage();
    countedIds = ids;
    const profiles = counted.map(({ profile }) => profile);
    if (profiles.length === 0) return null;
    sum ??= createProfileSum(profiles[0].long.length);
    sumProfiles(profiles, sum);
    return sum;
  };

  const isHeard = () => [...followers.keys()].some(({ isQuiet }) => !isQuiet);
  const attention = createAttention(isHeard, environment.now, () => {
    for (const id of members.ids) members.sessionOf(id)?.catchUp();
  });

  const pushes = createMarketPushes({
    ...options,
    followers,
    figures,
    sumUp,
    refreshOthers: () => refresh(() => true),
    onProfile: open,
  });

  return {
    follow(follower) {
      const wasHeard = isHeard();
      attention.renew(() => followers.add(follower));
      run();
      const { progress } = members.sessionOf(follower.wanted.id) ?? { progress: null };
      if (progress !== null) follower.onProgress(progress.daysDone, progress.daysTotal);
      if (!isOpen) cancelHeadStart ??= environment.setTimer(open, HEAD_START_MS);
      if (isHeard()) (wasHeard ? pushes.profiles : pushes.others).trigger();
      // Whoever opens a page looks at it now, and not when the next figures are due for others.
      if (follower.wantsSummary) for (const each of [pushes.others, pushes.profiles, pushes.summaries]) each.flush();
    },
    unfollow(follower) {
      followers.delete(follower);
    },
    get isFollowed() {
      return followers.size > 0;
    },
    setVenues(known) {
      venues = known.map((venue) => ({ ...venue, health: () => told(venue.health()) }));
      run();
      if (isOpen) recall();
      if (isHeard()) pushes.summaries.trigger();
    },
    touchOwnLevels: () => isHeard() && pushes.summaries.trigger(),
    pushHealth() {
      if (!isHeard()) return;
      refresh(() => false);
      reframe();
      pushes.profiles.trigger();
      const coverage = coverageOf(membersOf(venues, members, openInterest, isClosed()));
      for (const [follower, frame] of followers) {
        const isOwn = ({ venueId }: MarketVenue) => venueId === frame.venueId;
        const inUse = venues.filter((venue) => !venue.isOff && isPartOf(venue));
        const ordered = [...inUse.filter(isOwn), ...inUse.filter((venue) => !isOwn(venue))];
        const { lastDataMs } = members.sessionOf(frame.id) ?? { lastDataMs: null };
        const ageMs = lastDataMs === null ? null : environment.now() - lastDataMs;
        follower.onHealth(
          ordered.map(({ health }) => health()),
          coverage,
          ageMs,
        );
      }
    },
    historySource(follower) {
      const { id } = followers.get(follower) ?? follower.wanted;
      const contractIds = [id, ...members.ids.filter((other) => other !== id)];
      const filled = contractIds.map((each) => members.sessionOf(each)?.filledFromMs ?? 0);
      return {
        contractIds,
        madeOf: [contractIds, filled].join(),
        filledFromMs: Math.max(...filled),
        openBars: members.sessionOf(id)?.openBars ?? [],
      };
    },
    resetLearning: (id) => members.sessionOf(id)?.resetLearning() ?? null,
    get contractIds() {
      return members.ids;
    },
    summary() {
      attention.read();
      if (!isHeard()) refresh(() => true);
      const [frame] = followers.values();
      const total = frame === undefined ? null : sumUp();
      return total === null ? null : figures.summary(total, frame);
    },
    stop() {
      cancelHeadStart?.();
      pushes.stop();
      members.keep([]);
    },
  };
}

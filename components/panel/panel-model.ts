import type { Clock } from '@/lib/core/time';
import type { Contract, ContractId } from '@/lib/market/contract';
import type { FeedClient } from '@/lib/messaging/feed-client';
import type { ClientMessage, WatchDetail } from '@/lib/messaging/protocol';

import { connectionChanged, feedStateAfter, NO_FEED, watching } from './feed-state';
import { type PanelView, panelView } from './panel-view';

/** What a page shows, as of the last message or tick. */
export interface PanelSnapshot {
  readonly view: PanelView;
  /** Machine time. */
  readonly nowMs: number;
  /** Null while the list is under way. */
  readonly contracts: readonly Contract[] | null;
  /** Why nothing can be stored. */
  readonly storageProblem: string | null;
}

export interface PanelModel {
  snapshot(): PanelSnapshot;
  /** Calls back after every change; the returned function ends it. */
  subscribe(listener: () => void): () => void;
  /** Shows what the tab's charts show, else what was last watched. */
  watchTab(tabId: number): void;
  watchContract(contract: Pick<Contract, 'id'>): void;
  /** Whether maps are to tell their groups of leverage. */
  wantGroups(isWanted: boolean): void;
  listContracts(): void;
  retry(): void;
  /** Lets the stated prior hold again, until the contract's liquidations teach anew. */
  forgetLearning(contractId: ContractId): void;
  /** Ages move on even when nothing arrives. */
  tick(): void;
  setOffline(isOffline: boolean): void;
  /** The extension is gone: nothing will come any more. */
  end(): void;
}

type WatchRequest = Extract<ClientMessage, { readonly detail: unknown }>;

/** All data state of a page: messages in, view out. */
export function createPanelModel(feed: FeedClient, now: Clock): PanelModel {
  const listeners = new Set<() => void>();
  let state = NO_FEED;
  let nowMs = now();
  let watchCount = 0;
  let watched: WatchRequest | null = null;
  let detail: WatchDetail = 'summary';

  const become = (next: typeof state) => {
    state = next;
    nowMs = now();
    for (const listener of listeners) listener();
  };
  const watch = (requestOf: (key: string) => WatchRequest) => {
    if (watched !== null) feed.send({ type: 'unwatch', key: watched.key });
    watched = requestOf(`popup-${++watchCount}`);
    become(watching(state, watched.key));
    feed.send(watched);
  };

  feed.onMessage((message) => become(feedStateAfter(state, message, now())));
  feed.onConnection((isConnected) => become(connectionChanged(state, isConnected, now())));

  return {
    snapshot: () => ({
      view: panelView(state, nowMs),
      nowMs,
      contracts: state.contracts,
      storageProblem: state.storageProblem,
    }),
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    watchTab: (tabId) => watch((key) => ({ type: 'watch-tab', key, tabId, detail })),
    watchContract: ({ id }) => watch((key) => ({ type: 'watch-contract', key, contractId: id, detail })),
    wantGroups(isWanted) {
      detail = isWanted ? 'summary-groups' : 'summary';
      if (watched !== null) feed.send((watched = { ...watched, detail }));
    },
    listContracts: () => feed.send({ type: 'list-contracts' }),
    retry: () => feed.send({ type: 'retry' }),
    forgetLearning: (contractId) => feed.send({ type: 'reset-learning', contractId }),
    tick: () => become(state),
    setOffline: (isOffline) => become({ ...state, isOffline }),
    end: () => become({ ...state, hasEnded: true }),
  };
}

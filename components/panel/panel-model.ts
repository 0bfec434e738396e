import type { Clock } from '@/lib/core/time';
import type { Contract, ContractId } from '@/lib/market/contract';
import type { FeedClient } from '@/lib/messaging/feed-client';
import type { ClientMessage, WatchDetail } from '@/lib/messaging/protocol';

import { createModel, type Model } from './feed-model';
import { connectionChanged, type FeedState, feedStateAfter, NO_FEED, watching } from './feed-state';
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

export interface PanelModel extends Model<PanelSnapshot> {
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
  const told = createModel(NO_FEED);
  let nowMs = now();
  let watchCount = 0;
  let watched: WatchRequest | null = null;
  let detail: WatchDetail = 'summary';

  const become = (next: FeedState) => {
    nowMs = now();
    told.become(next);
  };
  const watch = (requestOf: (key: string) => WatchRequest) => {
    if (watched !== null) feed.send({ type: 'unwatch', key: watched.key });
    watched = requestOf(`popup-${++watchCount}`);
    become(watching(told.state(), watched.key));
    feed.send(watched);
  };

  feed.onMessage((message) => become(feedStateAfter(told.state(), message, now())));
  feed.onConnection((isConnected) => become(connectionChanged(told.state(), isConnected, now())));

  return {
    subscribe: (listener) => told.subscribe(listener),
    // Its words are of the language in force when it is drawn.
    state() {
      const state = told.state();
      const { contracts, storageProblem } = state;
      return { view: panelView(state, nowMs), nowMs, contracts, storageProblem };
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
    tick: () => become({ ...told.state() }),
    setOffline: (isOffline) => become({ ...told.state(), isOffline }),
    end: () => become({ ...told.state(), hasEnded: true }),
  };
}

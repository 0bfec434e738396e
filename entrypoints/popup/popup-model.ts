import { batch, computed, type ReadonlySignal, signal } from '@preact/signals';

import type { Clock } from '@/lib/core/time';
import type { Contract } from '@/lib/market/contract';
import type { FeedClient } from '@/lib/messaging/feed-client';

import { connectionChanged, feedStateAfter, NO_FEED, watching } from './feed-state';
import { type PopupView, popupView } from './popup-view';

export interface PopupModel {
  readonly view: ReadonlySignal<PopupView>;
  /** Machine time as of the last message or tick. */
  readonly nowMs: ReadonlySignal<number>;
  /** Null while the list is under way. */
  readonly contracts: ReadonlySignal<readonly Contract[] | null>;
  /** Shows what the tab's charts show, else what was last watched. */
  watchTab(tabId: number): void;
  watchContract(contract: Contract): void;
  listContracts(): void;
  retry(): void;
  /** Ages move on even when nothing arrives. */
  tick(): void;
}

/** All data state of the popup: messages in, view out. */
export function createPopupModel(feed: FeedClient, now: Clock): PopupModel {
  const state = signal(NO_FEED);
  const nowMs = signal(now());
  const view = computed(() => popupView(state.value, nowMs.value));
  let watchCount = 0;

  const nextKey = (): string => {
    if (watchCount > 0) feed.send({ type: 'unwatch', key: state.value.key });
    const key = `popup-${++watchCount}`;
    state.value = watching(state.value, key);
    return key;
  };

  feed.onMessage((message) =>
    batch(() => {
      nowMs.value = now();
      state.value = feedStateAfter(state.value, message, nowMs.value);
    }),
  );
  feed.onConnection((isConnected) =>
    batch(() => {
      nowMs.value = now();
      state.value = connectionChanged(state.value, isConnected, nowMs.value);
    }),
  );

  return {
    view,
    nowMs,
    contracts: computed(() => state.value.contracts),
    watchTab: (tabId) => feed.send({ type: 'watch-tab', key: nextKey(), tabId, detail: 'summary' }),
    watchContract: ({ id }) => feed.send({ type: 'watch-contract', key: nextKey(), contractId: id, detail: 'summary' }),
    listContracts: () => feed.send({ type: 'list-contracts' }),
    retry: () => feed.send({ type: 'retry' }),
    tick: () => void (nowMs.value = now()),
  };
}

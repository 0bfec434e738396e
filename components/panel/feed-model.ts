import type { FeedClient } from '@/lib/messaging/feed-client';
import type { ClientMessage, ServerMessage } from '@/lib/messaging/protocol';

/** State of a page that changes by itself. */
export interface Model<State> {
  state(): State;
  /** Calls back after every change; the returned function ends it. */
  subscribe(listener: () => void): () => void;
}

/** A model, and how it comes to another state. */
export function createModel<State>(initial: State): Model<State> & { readonly become: (next: State) => void } {
  const listeners = new Set<() => void>();
  let state = initial;
  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    become(next) {
      if (next === state) return;
      state = next;
      for (const listener of listeners) listener();
    },
  };
}

/** What follows from the background's messages; one that says nothing of it leaves the state as it is. */
export function createFeedModel<State>(
  feed: FeedClient,
  initial: State,
  stateAfter: (state: State, message: ServerMessage) => State,
): Model<State> {
  const { become, ...model } = createModel(initial);
  feed.onMessage((message) => become(stateAfter(model.state(), message)));
  return model;
}

/** Watches until the returned function is called. */
export function watchUntil(feed: FeedClient, watch: Extract<ClientMessage, { readonly key: string }>): () => void {
  feed.send(watch);
  return () => feed.send({ type: 'unwatch', key: watch.key });
}

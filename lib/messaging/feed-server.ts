import type { Contract, ContractId } from '@/lib/market/contract';

import { parseClientMessage } from './feed-parse';
import type { Port } from './feed-port';
import { encodeServerMessage, encodingFromHello, type Encoding } from './feed-wire';
import { FEED_PORT, type ClientMessage, type ServerMessage } from './protocol';

export type WatchRequest = Extract<ClientMessage, { readonly detail: unknown }>;

type WithoutKey<Message> = Message extends { readonly key: string } ? Omit<Message, 'key'> : Message;

/** Whatever is pushed to a watch; its key is filled in. */
export type WatchUpdate = WithoutKey<Exclude<ServerMessage, { readonly type: 'contracts' }>>;

/** One wish of one page to be kept informed. */
export interface FeedWatch {
  readonly request: WatchRequest;
  /** The tab that the page is in; null for the popup. */
  readonly tabId: number | null;
  /** Does nothing once the watch is gone. */
  push(update: WatchUpdate): void;
}

export interface FeedHandlers {
  onWatch(watch: FeedWatch): void;
  /** Called once for every watch: given up, replaced by another with its key, or its port is gone. */
  onUnwatch(watch: FeedWatch): void;
  onRetry(): void;
  onResetLearning(contractId: ContractId): void;
  onListContracts(reply: (contracts: readonly Contract[]) => void): void;
}

export interface FeedServer {
  /** Serves a port; to be called synchronously from `runtime.onConnect`. Ports of another name are left alone. */
  accept(port: Port): void;
}

/** A page with more charts than this is not a page with charts. */
const MAX_WATCHES = 64;

/**
 * The background's end of the feed. It keeps ports, keys and tabs apart; what a watch means and when to push is the
 * handlers' part. Messages that are not understood are ignored: the other end may be a hostile page.
 * `ownOrigin` is where the extension's own pages live: only they may ask for another tab than theirs.
 */
export function createFeedServer(handlers: FeedHandlers, ownOrigin: string): FeedServer {
  return {
    accept(port) {
      if (port.name !== FEED_PORT) return;
      const tabId = port.sender?.tab?.id ?? null;
      const mayAskForAnyTab = tabId === null || port.sender?.url?.startsWith(ownOrigin) === true;
      const watches = new Map<string, FeedWatch>();
      let encoding: Encoding | null = null;

      const close = () => {
        for (const key of watches.keys()) drop(key);
      };

      const drop = (key: string) => {
        const watch = watches.get(key);
        if (watch === undefined) return;
        watches.delete(key);
        handlers.onUnwatch(watch);
      };

      const post = (message: ServerMessage) => {
        if (encoding === null) return;
        try {
          port.postMessage(encodeServerMessage(message, encoding));
        } catch {
          // The page went away a moment ago; its disconnect is on the way.
          close();
        }
      };

      const watch = (request: WatchRequest) => {
        drop(request.key);
        if (watches.size >= MAX_WATCHES) return;
        const added: FeedWatch = {
          request,
          tabId,
          push(update) {
            if (watches.get(request.key) !== added) return;
            post(update.type === 'storage' ? update : { ...update, key: request.key });
          },
        };
        watches.set(request.key, added);
        handlers.onWatch(added);
      };

      const receive = (message: ClientMessage) => {
        switch (message.type) {
          case 'unwatch':
            drop(message.key);
            break;
          case 'retry':
            handlers.onRetry();
            break;
          case 'reset-learning':
            if (mayAskForAnyTab) handlers.onResetLearning(message.contractId);
            break;
          case 'list-contracts':
            handlers.onListContracts((contracts) => post({ type: 'contracts', contracts }));
            break;
          case 'watch-tab':
            if (mayAskForAnyTab || message.tabId === tabId) watch(message);
            break;
          default:
            watch(message);
        }
      };

      port.onMessage.addListener((wire) => {
        encoding ??= encodingFromHello(wire);
        const message = parseClientMessage(wire);
        if (message !== null && encoding !== null) receive(message);
      });
      port.onDisconnect.addListener(close);
    },
  };
}

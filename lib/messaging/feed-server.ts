import { SECOND_MS, type Clock } from '@/lib/core/time';
import type { BandWordsSource } from '@/lib/i18n/band-words';
import type { Contract, ContractId } from '@/lib/market/contract';
import type { PaneRequest } from '@/lib/market/pane-history';

import { createAllowance } from './allowance';
import { cutProfile } from './cut-profile';
import { parseClientMessage } from './feed-parse';
import type { Port } from './feed-port';
import { TAKEN } from './feed-wire';
import { createNewestPushes } from './newest-pushes';
import { FEED_PORT, type ClientMessage, type ServerMessage, wantsSummary } from './protocol';

/** Wishes for one contract's market. */
export type WatchRequest = Extract<ClientMessage, { readonly detail: unknown }>;
/** Wishes for the market as a whole. */
export type BoardRequest = Extract<ClientMessage, { readonly type: 'watch-liquidations' | 'watch-report' }>;

/** Wishes for what the extension's own pages alone are told: what the user keeps on this device, and how all of it runs. */
export type PositionsRequest = Extract<ClientMessage, { readonly type: 'watch-positions' }>;
export type AlertRequest = Extract<ClientMessage, { readonly type: 'watch-alerts' }>;
export type DiagnosticsRequest = Extract<ClientMessage, { readonly type: 'watch-diagnostics' }>;
export type OwnRequest = PositionsRequest | AlertRequest | DiagnosticsRequest;
/** Changes of what the user keeps. */
export type PositionChange = Extract<ClientMessage, { readonly type: 'save-position' | 'remove-position' }>;
export type AlertChange = Extract<ClientMessage, { readonly type: 'save-rule' | 'remove-rule' | 'set-quiet' }>;
export type OwnChange = PositionChange | AlertChange;

type WithoutKey<Message> = Message extends { readonly key: string } ? Omit<Message, 'key'> : Message;

/** Whatever is pushed to a watch; its key is filled in. */
export type WatchUpdate = WithoutKey<Exclude<ServerMessage, { readonly type: 'contracts' | 'words' }>>;

/** One wish of one page to be kept informed. */
export interface FeedWatch<Request = WatchRequest> {
  readonly request: Request;
  /** The tab that the page is in; null for the popup. */
  readonly tabId: number | null;
  /** Where the page is; unknown for those that the browser does not tell. */
  readonly pageUrl?: string | undefined;
  /** Does nothing once the watch is gone. */
  push(update: WatchUpdate): void;
}

export interface FeedHandlers {
  onWatch(watch: FeedWatch): void;
  /** Called once for every watch: given up, replaced by another with its key, or its port is gone. */
  onUnwatch(watch: FeedWatch): void;
  onReadHistory(watch: FeedWatch, request: PaneRequest): void;
  /** The same of the market as a whole. */
  onWatchBoard(watch: FeedWatch<BoardRequest>): void;
  onUnwatchBoard(watch: FeedWatch<BoardRequest>): void;
  /** The same of what the extension's own pages alone are told. */
  onWatchOwn(watch: FeedWatch<OwnRequest>): void;
  onUnwatchOwn(watch: FeedWatch<OwnRequest>): void;
  onChangeOwn(change: OwnChange): void;
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
/** What a port of a page may say in a second, and how many watches it may begin in ten: charts switched by hand need less. */
const MOST_MESSAGES = 256;
const MOST_BEGUN = 128;
const BEGUN_SPAN_MS = 10 * SECOND_MS;

/**
 * The background's end of the feed. It keeps ports, keys and tabs apart; what a watch means and when to push is the
 * handlers' part. Messages that are not understood are ignored: the other end may be a hostile page.
 * `ownOrigin` is where the extension's own pages live: only they may ask for another tab than theirs, for all contracts, for
 * the whole market, for figures beside the map or for what the user keeps.
 */
export function createFeedServer(
  handlers: FeedHandlers,
  bandWords: BandWordsSource,
  ownOrigin: string,
  now: Clock = Date.now,
): FeedServer {
  return {
    accept(port) {
      if (port.name !== FEED_PORT) return;
      const tabId = port.sender?.tab?.id ?? null;
      // Not whatever has no tab: other extensions' panels may frame a page of a chart too.
      const isOwnPage = port.sender?.url?.startsWith(ownOrigin) === true;
      /** How to end each. */
      const watches = new Map<string, { readonly end: () => void }>();
      const mayArrive = createAllowance(MOST_MESSAGES, SECOND_MS, now);
      const mayBegin = createAllowance(MOST_BEGUN, BEGUN_SPAN_MS, now);
      /** What follows once the page has taken each of what is under way; the oldest first. */
      const underWay: (() => void)[] = [];
      let endWords = () => {};

      const close = () => {
        endWords();
        for (const key of watches.keys()) drop(key);
      };

      const drop = (key: string) => {
        const watch = watches.get(key);
        if (watch === undefined) return;
        watches.delete(key);
        watch.end();
      };

      const post = (message: ServerMessage, onTaken = () => {}) => {
        underWay.push(onTaken);
        try {
          port.postMessage(message);
        } catch {
          // The page went away a moment ago; its disconnect is on the way.
          close();
        }
      };

      const watch = <Request extends WatchRequest | BoardRequest | OwnRequest>(
        request: Request,
        begin: (watch: FeedWatch<Request>) => void,
        end: (watch: FeedWatch<Request>) => void,
      ) => {
        const { key } = request;
        drop(key);
        if (watches.size >= MAX_WATCHES || !(isOwnPage || mayBegin())) return;
        const entry = { end: () => end(added) };
        const tell = createNewestPushes<ServerMessage>((message, onTaken) => {
          if (watches.get(key) === entry) post(message, onTaken);
        });
        const added: FeedWatch<Request> = {
          request,
          tabId,
          pageUrl: isOwnPage ? undefined : port.sender?.url,
          push(update) {
            if (update.type === 'storage') tell(update);
            // At once, as its arrays are lent.
            else if (update.type === 'profile') tell({ ...update, key, profile: cutProfile(update.profile) });
            else tell({ ...update, key });
          },
        };
        watches.set(key, entry);
        begin(added);
      };

      const markets = new Map<string, FeedWatch>();
      const watchMarket = (request: WatchRequest) =>
        watch(
          isOwnPage || !wantsSummary(request.detail) ? request : { ...request, detail: 'band' },
          (added) => {
            markets.set(request.key, added);
            handlers.onWatch(added);
          },
          (gone) => {
            markets.delete(request.key);
            handlers.onUnwatch(gone);
          },
        );

      const tellWords = () => {
        endWords();
        endWords = bandWords.follow((told) => post({ type: 'words', ...told }));
      };

      const receive = (message: ClientMessage) => {
        switch (message.type) {
          case 'unwatch':
            drop(message.key);
            break;
          case 'read-history': {
            const reader = markets.get(message.watchKey);
            if (reader !== undefined) handlers.onReadHistory(reader, message);
            break;
          }
          case 'retry':
            // It ends the waits that venues asked for.
            if (isOwnPage) handlers.onRetry();
            break;
          case 'reset-learning':
            if (isOwnPage) handlers.onResetLearning(message.contractId);
            break;
          case 'list-contracts':
            if (isOwnPage) handlers.onListContracts((contracts) => post({ type: 'contracts', contracts }));
            break;
          case 'watch-tab':
            if (isOwnPage || message.tabId === tabId) watchMarket(message);
            break;
          case 'watch-liquidations':
          case 'watch-report':
            if (!isOwnPage) break;
            watch(
              message,
              (added) => handlers.onWatchBoard(added),
              (gone) => handlers.onUnwatchBoard(gone),
            );
            break;
          case 'watch-positions':
          case 'watch-alerts':
          case 'watch-diagnostics':
            if (!isOwnPage) break;
            watch(
              message,
              (added) => handlers.onWatchOwn(added),
              (gone) => handlers.onUnwatchOwn(gone),
            );
            break;
          case 'save-position':
          case 'remove-position':
          case 'save-rule':
          case 'remove-rule':
          case 'set-quiet':
            if (isOwnPage) handlers.onChangeOwn(message);
            break;
          case 'watch':
            // The band that a page of ours shows beside its settings reads no more than those on charts.
            if (isOwnPage) tellWords();
            watchMarket(message);
            break;
          default:
            watchMarket(message);
        }
      };

      port.onMessage.addListener((wire) => {
        // Worth nothing beyond what was told, so that it does not count.
        if (wire === TAKEN) return underWay.shift()?.();
        if (!(isOwnPage || mayArrive())) return;
        const message = parseClientMessage(wire);
        if (message !== null) receive(message);
      });
      port.onDisconnect.addListener(close);
      // Our own pages read the texts themselves.
      if (!isOwnPage) tellWords();
    },
  };
}

import type { ChartSymbol } from '@/lib/market/chart-symbol';
import type { PaneHistory, PaneRequest } from '@/lib/market/pane-history';
import type { FeedClient } from '@/lib/messaging/feed-client';
import type { WatchDetail } from '@/lib/messaging/protocol';

import { marketAfter, NO_MARKET, type Market } from './market';

export interface MarketListener {
  /** Called with the state now and with every later one. */
  onChange(market: Market): void;
  onHistory(part: PaneHistory): void;
}

/** One watch per symbol, however many charts show it. */
export interface MarketWatches {
  /** What every watch is told from now on. */
  want(detail: WatchDetail): void;
  /** Follows a symbol until the signal aborts. */
  watch(symbol: ChartSymbol, listener: MarketListener, signal: AbortSignal): void;
  /** Asks for history of a symbol that is watched; it comes to its listeners in parts. */
  readHistory(symbol: ChartSymbol, request: PaneRequest): void;
}

/** What a symbol is watched by: charts of one key are charts of one market. */
export const keyOf = ({ exchange, pair, kind }: ChartSymbol): string => `${exchange ?? ''}:${pair}:${kind}`;

interface Watch {
  readonly symbol: ChartSymbol;
  market: Market;
  readonly listeners: Set<MarketListener>;
}

export function createMarketWatches(feed: FeedClient, now: () => number): MarketWatches {
  const watches = new Map<string, Watch>();
  let detail: WatchDetail = 'band';

  const ask = (key: string, { symbol }: Watch) => feed.send({ type: 'watch', key, symbol, detail });

  feed.onMessage((message) => {
    if (!('key' in message)) return;
    const watch = watches.get(message.key);
    if (watch === undefined) return;
    if (message.type === 'history') {
      for (const listener of watch.listeners) listener.onHistory(message);
      return;
    }
    watch.market = marketAfter(watch.market, message, now());
    for (const listener of watch.listeners) listener.onChange(watch.market);
  });

  return {
    want(wanted) {
      if (wanted === detail) return;
      detail = wanted;
      for (const [key, watch] of watches) ask(key, watch);
    },
    readHistory: (symbol, request) => feed.send({ type: 'read-history', watchKey: keyOf(symbol), ...request }),
    watch(symbol, listener, signal) {
      const key = keyOf(symbol);
      const watch = watches.get(key) ?? { symbol, market: NO_MARKET, listeners: new Set() };
      watch.listeners.add(listener);
      if (!watches.has(key)) {
        watches.set(key, watch);
        ask(key, watch);
      }
      signal.addEventListener('abort', () => {
        watch.listeners.delete(listener);
        if (watch.listeners.size > 0 || watches.get(key) !== watch) return;
        watches.delete(key);
        feed.send({ type: 'unwatch', key });
      });
      listener.onChange(watch.market);
    },
  };
}

import type { ChartSymbol } from '@/lib/market/chart-symbol';
import type { FeedClient } from '@/lib/messaging/feed-client';
import type { WatchDetail } from '@/lib/messaging/protocol';

import { marketAfter, NO_MARKET, type Market } from './market';

/** One watch per symbol, however many charts show it. */
export interface MarketWatches {
  /** What every watch is told from now on. */
  want(detail: WatchDetail): void;
  /** Follows a symbol until the signal aborts; `onChange` is called with every later state. */
  watch(symbol: ChartSymbol, onChange: (market: Market) => void, signal: AbortSignal): void;
}

interface Watch {
  readonly symbol: ChartSymbol;
  market: Market;
  readonly listeners: Set<(market: Market) => void>;
}

export function createMarketWatches(feed: FeedClient, now: () => number): MarketWatches {
  const watches = new Map<string, Watch>();
  let detail: WatchDetail = 'band';

  const ask = (key: string, { symbol }: Watch) => feed.send({ type: 'watch', key, symbol, detail });

  feed.onMessage((message) => {
    if (!('key' in message)) return;
    const watch = watches.get(message.key);
    if (watch === undefined) return;
    watch.market = marketAfter(watch.market, message, now());
    for (const listener of watch.listeners) listener(watch.market);
  });

  return {
    want(wanted) {
      if (wanted === detail) return;
      detail = wanted;
      for (const [key, watch] of watches) ask(key, watch);
    },
    watch(symbol, onChange, signal) {
      const key = `${symbol.exchange ?? ''}:${symbol.pair}:${symbol.kind}`;
      const watch = watches.get(key) ?? { symbol, market: NO_MARKET, listeners: new Set() };
      watch.listeners.add(onChange);
      if (!watches.has(key)) {
        watches.set(key, watch);
        ask(key, watch);
      }
      signal.addEventListener('abort', () => {
        watch.listeners.delete(onChange);
        if (watch.listeners.size > 0 || watches.get(key) !== watch) return;
        watches.delete(key);
        feed.send({ type: 'unwatch', key });
      });
      onChange(watch.market);
    },
  };
}

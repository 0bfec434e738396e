import { floorToStep, SECOND_MS } from '@/lib/core/time';
import { BAR_MS } from '@/lib/market/bar';

import { barMoments } from './bar-moments';
import { TRADE_SLOT_MS } from './binance-wire';
import type { HyperliquidListing } from './hyperliquid-listings';
import { candleOf, contextOf, tradeOf } from './hyperliquid-wire';
import { type FrameSource, parseMessage, type StreamDialect } from './stream-host';

const CANDLE_UPDATE_MS = 250;
/** What a subscription to trades begins with reaches so far back. */
const RECENT_SLOTS = 50;

type Channel = (listing: HyperliquidListing) => FrameSource;

const trades: Channel = (listing) => (fromMs, toMs) => {
  const [first, last] = [Math.floor(fromMs / TRADE_SLOT_MS), Math.floor(toMs / TRADE_SLOT_MS) - 1];
  const trade = last < first ? null : tradeOf(listing, first, last);
  return trade === null ? [] : [{ channel: 'trades', data: [trade] }];
};

const contexts: Channel = (listing) => (fromMs, toMs) => {
  const newest = floorToStep(toMs, SECOND_MS);
  if (newest <= fromMs) return [];
  const data = { coin: listing.instrument.symbol, ctx: contextOf(listing, newest) };
  return [{ channel: 'activeAssetCtx', data }];
};

const candles: Channel = (listing) => (fromMs, toMs) =>
  barMoments(fromMs, toMs, CANDLE_UPDATE_MS).map(({ openMs, atMs }) => ({
    channel: 'candle',
    data: candleOf(listing, '5m', openMs, BAR_MS, atMs),
  }));

const CHANNELS: Readonly<Record<string, Channel>> = { trades, activeAssetCtx: contexts, candle: candles };

const refuse = (text: string): object => ({
  channel: 'error',
  data: `Error parsing JSON into valid websocket request: ${text}`,
});

/** Streams are named by channel and coin: `trades BTC`. */
export const createHyperliquidDialect = (
  listings: ReadonlyMap<string, HyperliquidListing>,
  clockKeys: ReadonlySet<string>,
): StreamDialect => ({
  findStream(name) {
    const [channel, coin] = name.split(' ');
    const listing = listings.get(coin);
    return listing === undefined ? null : CHANNELS[channel](listing);
  },
  answer(text, streams, isDenied) {
    const message = parseMessage(text);
    if (message?.method === 'ping') return [{ channel: 'pong' }];
    const subscription = message?.subscription as Readonly<Record<string, unknown>> | undefined;
    const method = message?.method;
    if (subscription === undefined || (method !== 'subscribe' && method !== 'unsubscribe')) return [refuse(text)];
    const { type, coin, interval } = subscription;
    const isKnown = typeof type === 'string' && Object.hasOwn(CHANNELS, type);
    if (!isKnown || typeof coin !== 'string' || (type === 'candle' && interval !== '5m')) return [refuse(text)];
    if (method === 'subscribe' && isDenied(`${type} ${coin}`)) return [refuse(text)];
    if (method === 'subscribe') streams.add(`${type} ${coin}`);
    else streams.delete(`${type} ${coin}`);
    return [{ channel: 'subscriptionResponse', data: { method, subscription } }];
  },
  greet(stream, nowMs) {
    const [channel, coin] = stream.split(' ');
    const listing = listings.get(coin);
    if (channel !== 'trades' || listing === undefined) return [];
    const newest = Math.floor(nowMs / TRADE_SLOT_MS) - 1;
    const recent = Array.from({ length: RECENT_SLOTS }, (_, nth) => tradeOf(listing, newest - nth, newest - nth));
    return [{ channel: 'trades', data: recent.filter((trade) => trade !== null) }];
  },
  inboundPerSecond: 100,
  pingMs: null,
  clockKeys,
});

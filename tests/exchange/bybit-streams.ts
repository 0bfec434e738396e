import { floorToStep, SECOND_MS } from '@/lib/core/time';
import { BAR_MS } from '@/lib/market/bar';
import { groupBy } from '@/tests/group-by';

import { barMoments } from './bar-moments';
import { TRADE_SLOT_MS } from './binance-wire';
import type { BybitListing, Category } from './bybit-listings';
import { klineFrame, liquidationFrame, tickerFrame, tradeFrame } from './bybit-wire';
import { type Frame, type FrameSource, parseMessage, type StreamDialect } from './stream-host';

const TICKER_MS = 100;
const LIQUIDATIONS_MS = 500;
const INTERVALS_MS: Readonly<Record<string, number>> = { '1': BAR_MS / 5, '5': BAR_MS, '60': 12 * BAR_MS };

/** A category's socket: topics such as `kline.5.BTCUSDT`. */
export const createBybitDialect = (
  category: Category,
  listings: ReadonlyMap<string, BybitListing>,
  clockKeys: ReadonlySet<string>,
): StreamDialect => {
  const listingOf = (topic: string): BybitListing | null => {
    const listing = listings.get(topic.slice(topic.lastIndexOf('.') + 1));
    return listing?.category === category ? listing : null;
  };
  return {
    findStream(topic) {
      const listing = listingOf(topic);
      return listing === null ? null : (sourceOf(topic, listing) ?? null);
    },
    answer: (text, streams, isDenied) => [
      acknowledge(text, streams, (topic) => listingOf(topic) !== null && !isDenied(topic)),
    ],
    greet(topic, nowMs) {
      const listing = listingOf(topic);
      return topic.startsWith('tickers.') && listing !== null ? [tickerFrame(listing, 'snapshot', nowMs, nowMs)] : [];
    },
    inboundPerSecond: 100,
    pingMs: null,
    clockKeys,
  };
};

const sourceOf = (topic: string, listing: BybitListing): FrameSource | undefined => {
  const [name, interval] = topic.split('.');
  if (name === 'kline') {
    const stepMs = INTERVALS_MS[interval];
    return stepMs === undefined ? undefined : (fromMs, toMs) => klines(listing, interval, stepMs, fromMs, toMs);
  }
  return SOURCES[name]?.(listing);
};

const SOURCES: Readonly<Record<string, (listing: BybitListing) => FrameSource>> = {
  publicTrade: (listing) => (fromMs, toMs) => {
    const first = Math.floor(fromMs / TRADE_SLOT_MS);
    const last = Math.floor(toMs / TRADE_SLOT_MS) - 1;
    const frame = last < first ? null : tradeFrame(listing, first, last, toMs);
    return frame === null ? [] : [frame];
  },
  tickers: (listing) => (fromMs, toMs) => {
    const newest = floorToStep(toMs, TICKER_MS);
    return newest > fromMs ? [tickerFrame(listing, 'delta', fromMs, newest)] : [];
  },
  allLiquidation: (listing) => (fromMs, toMs) => {
    const events = listing
      .source()
      .liquidations(floorToStep(fromMs, LIQUIDATIONS_MS), floorToStep(toMs, LIQUIDATIONS_MS), 'full');
    const batches = groupBy(events, ({ timeMs }) => floorToStep(timeMs, LIQUIDATIONS_MS));
    return [...batches].map(([startMs, batch]) => liquidationFrame(batch, startMs + LIQUIDATIONS_MS, listing));
  },
};

const klines = (listing: BybitListing, interval: string, stepMs: number, fromMs: number, toMs: number): Frame[] =>
  barMoments(fromMs, toMs, SECOND_MS, stepMs).map(({ openMs, atMs }) => {
    const candle = listing.source().candle(openMs, openMs + stepMs, atMs);
    return klineFrame(candle, openMs + stepMs, atMs, interval, listing);
  });

/** One unknown topic fails the whole request. */
const acknowledge = (text: string, streams: Set<string>, isKnown: (topic: string) => boolean): object => {
  const message = parseMessage(text);
  const op = typeof message?.['op'] === 'string' ? message['op'] : '';
  const answer = {
    ret_msg: '',
    conn_id: 'f428f979-3fd2-4b1e-aa12-f42ef3bc4a66',
    req_id: message?.['req_id'] ?? '',
    op,
  };
  if (op === 'ping') return { success: true, ...answer, ret_msg: 'pong' };
  const args = message?.['args'];
  const topics = Array.isArray(args) ? args.filter((topic) => typeof topic === 'string') : [];
  const unknown = topics.find((topic) => !isKnown(topic));
  if ((op !== 'subscribe' && op !== 'unsubscribe') || unknown !== undefined) {
    return { success: false, ...answer, ret_msg: `error:handler not found,topic:${unknown ?? op}` };
  }
  for (const topic of topics) {
    if (op === 'subscribe') streams.add(topic);
    else streams.delete(topic);
  }
  return { success: true, ...answer };
};

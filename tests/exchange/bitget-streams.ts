import { floorToStep, SECOND_MS } from '@/lib/core/time';
import { BAR_MS } from '@/lib/market/bar';

import { barMoments } from './bar-moments';
import { TRADE_SLOT_MS } from './binance-wire';
import type { BitgetListing } from './bitget-listings';
import { klineRow, liquidationRow, tickerFrameRow, tradeRow } from './bitget-wire';
import { type Frame, type FrameSource, parseMessage, type StreamDialect } from './stream-host';

const TICKER_EVERY_MS = 300;
const KLINE_UPDATE_MS = 500;

/** A stream is named by topic and contract: `publicTrade BTCUSDT`, `liquidation` alone. */
const argOf = (stream: string): object => {
  const [topic, symbol] = stream.split(' ');
  const arg = { instType: 'usdt-futures', topic, ...(symbol === undefined ? {} : { symbol }) };
  return topic === 'kline' ? { ...arg, interval: '5m' } : arg;
};
const frameOf = (stream: string, data: readonly unknown[], ts: number, action = 'update'): Frame => ({
  action,
  arg: argOf(stream),
  data,
  ts,
});

const sourceOf = (topic: string, stream: string, listing: BitgetListing): FrameSource | null => {
  switch (topic) {
    case 'publicTrade':
      return (fromMs, toMs) => {
        const [first, end] = [Math.floor(fromMs / TRADE_SLOT_MS), Math.floor(toMs / TRADE_SLOT_MS)];
        const row = end <= first ? null : tradeRow(listing, first, end - 1);
        return row === null ? [] : [frameOf(stream, [row], toMs)];
      };
    case 'ticker':
      return (fromMs, toMs) => {
        const newestMs = floorToStep(toMs, TICKER_EVERY_MS);
        return newestMs > fromMs ? [frameOf(stream, [tickerFrameRow(listing, newestMs)], newestMs, 'snapshot')] : [];
      };
    case 'kline':
      return (fromMs, toMs) => klines(stream, listing, fromMs, toMs);
    default:
      return null;
  }
};

/** Of a bar that closes, its last figures just before. */
const klines = (stream: string, listing: BitgetListing, fromMs: number, toMs: number): Frame[] =>
  barMoments(fromMs, toMs, KLINE_UPDATE_MS).map(({ openMs, atMs }) => {
    const row = klineRow(listing.source().candle(openMs, openMs + BAR_MS, atMs), listing);
    return frameOf(stream, [row], Math.min(atMs, openMs + BAR_MS - 1));
  });

/** Batches of all contracts, some ten seconds at a time at the venue, here as they come. */
const liquidations =
  (stream: string, listings: ReadonlyMap<string, BitgetListing>): FrameSource =>
  (fromMs, toMs) => {
    const [first, last] = [floorToStep(fromMs, SECOND_MS), floorToStep(toMs, SECOND_MS)];
    const rows = [...listings.values()].flatMap((listing) =>
      listing
        .source()
        .liquidations(first, last, 'sampled')
        .map((event) => liquidationRow(event, listing)),
    );
    return rows.length === 0 ? [] : [frameOf(stream, rows, toMs)];
  };

/** What was traded last is told at once, as a snapshot. */
const pastTrades = (stream: string, listing: BitgetListing, nowMs: number): Frame[] => {
  const last = Math.floor(nowMs / TRADE_SLOT_MS) - 1;
  const row = tradeRow(listing, last - 10, last);
  return row === null ? [] : [frameOf(stream, [row], nowMs, 'snapshot')];
};

const answer = (
  text: string,
  streams: Set<string>,
  isDenied: (stream: string) => boolean,
): readonly (object | string)[] => {
  if (text === 'ping') return ['pong'];
  const message = parseMessage(text);
  const args: readonly unknown[] | null = message !== null && Array.isArray(message.args) ? message.args : null;
  if (message === null || args === null || (message.op !== 'subscribe' && message.op !== 'unsubscribe')) {
    return [{ event: 'error', code: 30003, msg: 'Invalid op' }];
  }
  return args.map((arg) => {
    const { instType, topic, symbol, interval } = arg as Readonly<Record<string, string | undefined>>;
    const isKnown = topic !== 'kline' || interval === '5m';
    const name = symbol === undefined ? String(topic) : `${topic} ${symbol}`;
    const isRefused = message.op === 'subscribe' && isDenied(name);
    if (instType !== 'usdt-futures' || topic === undefined || !isKnown || isRefused) {
      return { event: 'error', code: 30001, msg: `instType:${instType},topic:${topic} doesn't exist`, arg };
    }
    if (message.op === 'subscribe') streams.add(name);
    else streams.delete(name);
    return { event: message.op, arg };
  });
};

export const createBitgetDialect = (
  listings: ReadonlyMap<string, BitgetListing>,
  clockKeys: ReadonlySet<string>,
): StreamDialect => ({
  findStream(stream) {
    const [topic, symbol] = stream.split(' ');
    if (topic === 'liquidation') return liquidations(stream, listings);
    const listing = listings.get(symbol ?? '');
    return listing === undefined ? null : sourceOf(topic, stream, listing);
  },
  answer,
  greet(stream, nowMs) {
    const [topic, symbol] = stream.split(' ');
    const listing = listings.get(symbol ?? '');
    return topic === 'publicTrade' && listing !== undefined ? pastTrades(stream, listing, nowMs) : [];
  },
  inboundPerSecond: 10,
  pingMs: null,
  clockKeys,
});

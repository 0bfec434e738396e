import { floorToStep, SECOND_MS } from '@/lib/core/time';
import { BAR_MS } from '@/lib/market/bar';

import { barMoments } from './bar-moments';
import type { OkxListing } from './okx-listings';
import { candleRow, fundingRow, liquidationRow, markPriceRow, SLOT_MS, tradeRow } from './okx-wire';
import { type Frame, type FrameSource, parseMessage, type StreamDialect } from './stream-host';

const MARK_EVERY_MS = SECOND_MS;
const FUNDING_EVERY_MS = 30 * SECOND_MS;
const CANDLE_UPDATE_MS = 500;

/** A stream is named by its `arg`, keys in this order: `trades BTC-USDT-SWAP`. */
const argOf = (stream: string): object => {
  const [channel, name] = stream.split(' ');
  return channel === 'liquidation-orders' ? { channel, instType: name } : { channel, instId: name };
};
const frameOf = (stream: string, data: readonly unknown[]): Frame => ({ arg: argOf(stream), data });

const sourceOf = (channel: string, stream: string, listing: OkxListing): FrameSource | null => {
  switch (channel) {
    case 'trades':
      return (fromMs, toMs) => {
        const row = tradeRow(listing, Math.floor(fromMs / SLOT_MS), Math.floor(toMs / SLOT_MS) - 1);
        return row === null || Math.floor(toMs / SLOT_MS) <= Math.floor(fromMs / SLOT_MS)
          ? []
          : [frameOf(stream, [row])];
      };
    case 'mark-price':
      return (fromMs, toMs) => {
        const newestMs = floorToStep(toMs, MARK_EVERY_MS);
        return newestMs > fromMs ? [frameOf(stream, [markPriceRow(listing, newestMs)])] : [];
      };
    case 'funding-rate':
      return (fromMs, toMs) => {
        const newestMs = floorToStep(toMs, FUNDING_EVERY_MS);
        return newestMs > fromMs ? [frameOf(stream, [fundingRow(listing, newestMs)])] : [];
      };
    case 'candle5m':
      return (fromMs, toMs) => candles(stream, listing, fromMs, toMs);
    default:
      return null;
  }
};

const candles = (stream: string, listing: OkxListing, fromMs: number, toMs: number): Frame[] =>
  barMoments(fromMs, toMs, CANDLE_UPDATE_MS).map(({ openMs, atMs }) => {
    const candle = listing.source().candle(openMs, openMs + BAR_MS, atMs);
    return frameOf(stream, [candleRow(candle, openMs + BAR_MS, atMs, listing)]);
  });

/** One order per contract and second, known when the second is over; each contract in a frame of its own. */
const liquidations =
  (stream: string, listings: ReadonlyMap<string, OkxListing>): FrameSource =>
  (fromMs, toMs) =>
    [...listings.values()].flatMap((listing) => {
      const [first, last] = [floorToStep(fromMs, SECOND_MS), floorToStep(toMs, SECOND_MS)];
      return listing
        .source()
        .liquidations(first, last, 'sampled')
        .map((event) => frameOf(stream, [liquidationRow([event], listing)]));
    });

/** Candles live on `/business`, all else on `/public`; the other's channels do not exist there. */
const isBusiness = (channel: string): boolean => channel.startsWith('candle');

const answer = (
  text: string,
  streams: Set<string>,
  isDenied: (stream: string) => boolean,
  socket: 'public' | 'business',
): readonly (object | string)[] => {
  if (text === 'ping') return ['pong'];
  const message = parseMessage(text);
  const args: readonly unknown[] | null = message !== null && Array.isArray(message.args) ? message.args : null;
  if (message === null || args === null || (message.op !== 'subscribe' && message.op !== 'unsubscribe')) {
    return [{ event: 'error', code: '60012', msg: `Invalid request: ${text}`, connId: CONNECTION }];
  }
  return args.map((arg) => {
    const { channel, instId, instType } = arg as Readonly<Record<string, string | undefined>>;
    const name = `${channel} ${channel === 'liquidation-orders' ? instType : instId}`;
    if (
      channel === undefined ||
      isBusiness(channel) !== (socket === 'business') ||
      (message.op === 'subscribe' && isDenied(name))
    ) {
      const msg = `Wrong URL or channel:${channel},instId:${instId} doesn't exist.`;
      return { event: 'error', code: '60018', msg, connId: CONNECTION };
    }
    if (message.op === 'subscribe') streams.add(name);
    else streams.delete(name);
    return { event: message.op, arg, connId: CONNECTION };
  });
};
const CONNECTION = 'a4d3ae55';

export const createOkxDialect = (
  socket: 'public' | 'business',
  listings: ReadonlyMap<string, OkxListing>,
  clockKeys: ReadonlySet<string>,
): StreamDialect => ({
  findStream(stream) {
    const [channel, name] = stream.split(' ');
    if (channel === 'liquidation-orders') return liquidations(stream, listings);
    const listing = listings.get(name ?? '');
    return listing === undefined ? null : sourceOf(channel, stream, listing);
  },
  answer: (text, streams, isDenied) => answer(text, streams, isDenied, socket),
  greet(stream, nowMs) {
    const [channel, name] = stream.split(' ');
    const listing = listings.get(name ?? '');
    return channel === 'funding-rate' && listing !== undefined ? [frameOf(stream, [fundingRow(listing, nowMs)])] : [];
  },
  inboundPerSecond: 10,
  pingMs: null,
  clockKeys,
});

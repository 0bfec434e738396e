import * as z from 'zod/mini';

import { SECOND_MS } from '@/lib/core/time';
import { BAR_MS, type Bar } from '@/lib/market/bar';
import type { StreamName } from '@/lib/market/health';
import type { Trade } from '@/lib/market/trade';
import { decimal, describeIssue, isRow, isTimeMs, messageFrom, positive, type Row, textOf } from '@/lib/venues/wire';

import { barFromCandle, candleSchema } from './rest-wire';

/** What one message says, in the product's own terms. */
export type Frame =
  | { readonly kind: 'trades'; readonly symbol: string; readonly trades: readonly Trade[] }
  /** Told without a time. */
  | { readonly kind: 'mark'; readonly symbol: string; readonly markPrice: number; readonly fundingRate: number }
  | { readonly kind: 'bar'; readonly symbol: string; readonly bar: Bar }
  /** Acknowledgements, and messages that nobody asked for. */
  | { readonly kind: 'other' }
  /** A subscription failed. */
  | { readonly kind: 'refused'; readonly subscription: string; readonly stream: StreamName; readonly detail: string }
  | { readonly kind: 'broken'; readonly stream: StreamName; readonly detail: string };

const OTHER: Frame = { kind: 'other' };

/** A subscription begins with the trades of the last minutes; those that a later message tells are of one moment. */
const SAME_MOMENT_MS = SECOND_MS;

const broken = (stream: StreamName, detail: string): Frame => ({ kind: 'broken', stream, detail });

const ACCOUNT = /^0x[0-9a-f]{40}$/;

/** Buyer and seller; what is no address is left out, the trade counts all the same. */
const tradersFrom = (users: unknown): readonly string[] =>
  Array.isArray(users) ? users.filter((user): user is string => typeof user === 'string' && ACCOUNT.test(user)) : [];

/** A side of `B` means that the buyer took; null for what is no trade. */
function tradeFrom({ side, px, sz, time, users }: Row): Trade | null {
  const price = typeof px === 'string' ? Number(px) : NaN;
  const qty = typeof sz === 'string' ? Number(sz) : NaN;
  const isTrade = price > 0 && price < Infinity && qty > 0 && qty < Infinity && (side === 'A' || side === 'B');
  if (!isTrade || !isTimeMs(time)) return null;
  return { timeMs: time, price, qty, isTakerBuy: side === 'B', traders: tradersFrom(users) };
}

/** By hand: the one channel of many frames a second (docs/venues.md tells what a schema costs). All rows are of one coin. */
function tradesFrame(data: unknown): Frame {
  if (!Array.isArray(data)) return broken('trades', 'trades are no list');
  let symbol = '';
  let newestMs = 0;
  const trades: Trade[] = [];
  for (const row of data as unknown[]) {
    const trade = isRow(row) ? tradeFrom(row) : null;
    if (!isRow(row) || trade === null || typeof row.coin !== 'string')
      return broken('trades', `a trade of another shape: ${JSON.stringify(row).slice(0, 120)}`);
    symbol = row.coin;
    newestMs = Math.max(newestMs, trade.timeMs);
    trades.push(trade);
  }
  if (trades.length === 0) return OTHER;
  const ofNow = trades.filter(({ timeMs }) => timeMs > newestMs - SAME_MOMENT_MS);
  return { kind: 'trades', symbol, trades: ofNow.sort((a, b) => a.timeMs - b.timeMs) };
}

const contextSchema = z.object({ coin: z.string(), ctx: z.object({ markPx: positive, funding: decimal }) });

const markFrame = ({ coin, ctx }: z.infer<typeof contextSchema>): Frame => ({
  kind: 'mark',
  symbol: coin,
  markPrice: ctx.markPx,
  fundingRate: ctx.funding,
});

function barFrame(row: z.infer<typeof candleSchema>): Frame {
  if (row.i !== '5m' || row.t % BAR_MS !== 0) return OTHER;
  return { kind: 'bar', symbol: row.s, bar: barFromCandle(row) };
}

const parserOf =
  <T>(stream: StreamName, schema: z.ZodMiniType<T>, toFrame: (value: T) => Frame) =>
  (data: unknown): Frame => {
    const parsed = schema.safeParse(data);
    return parsed.success ? toFrame(parsed.data) : broken(stream, describeIssue(parsed.error));
  };

const PARSERS: Readonly<Record<string, (data: unknown) => Frame>> = {
  trades: tradesFrame,
  activeAssetCtx: parserOf('mark', contextSchema, markFrame),
  candle: parserOf('bars', candleSchema, barFrame),
};

/** Which stream a message belongs to that cannot be read to its end: its channel stands first. */
const STREAM_OF_CHANNEL: readonly (readonly [channel: string, stream: StreamName])[] = [
  ['"activeAssetCtx"', 'mark'],
  ['"candle"', 'bars'],
];

function brokenMessage(text: string, detail: string): Frame {
  const head = text.slice(0, 80);
  const stream = STREAM_OF_CHANNEL.find(([channel]) => head.includes(channel))?.[1] ?? 'trades';
  return broken(stream, `${detail}: ${head}`);
}

/** The venue tells what it was sent: `... {"method":"subscribe","subscription":{"type":"trades","coin":"X"}}`. */
function refusedMessage(text: string): Frame {
  const type = /"type":"(\w+)"/.exec(text)?.[1] ?? '';
  const coin = /"coin":"([^"]+)"/.exec(text)?.[1];
  if (!Object.hasOwn(PARSERS, type) || !text.includes('"subscribe"')) return brokenMessage(text, 'refused');
  const stream = STREAM_OF_CHANNEL.find(([channel]) => channel === `"${type}"`)?.[1] ?? 'trades';
  const subscription = coin === undefined ? type : `${type} ${coin}`;
  return { kind: 'refused', subscription, stream, detail: text.slice(0, 120) };
}

/** Reads one message of `wss://api.hyperliquid.xyz/ws`: `{channel, data}`. */
export function parseMessage(text: string): Frame {
  const message = messageFrom(text);
  if (typeof message === 'string') return brokenMessage(text, message);
  const { channel, data } = message;
  if (typeof channel !== 'string') return brokenMessage(text, 'no channel');
  if (channel === 'error') return refusedMessage(textOf(data));
  return Object.hasOwn(PARSERS, channel) ? PARSERS[channel](data) : OTHER;
}

import * as z from 'zod/mini';

import { BAR_MS } from '@/lib/market/bar';
import type { StreamName } from '@/lib/market/health';
import type { BarFrame, CommonFrame } from '@/lib/venues/stream-frames';
import {
  decimal,
  describeIssue,
  isRow,
  isTimeMs,
  messageFrom,
  nonNegative,
  numberOf,
  positive,
  type Row,
  textOf,
  timeMs,
} from '@/lib/venues/wire';

import { barFromCandle, liquidationFrom, liquidationRowSchema } from './rest-wire';

/** What a message says, in the product's own terms. */
export type Frame =
  | Exclude<CommonFrame, BarFrame>
  /** Without a word of whether it has closed. */
  | Omit<BarFrame, 'isClosed'>
  /** Trades from before the subscription: good data that nobody needs. */
  | { readonly kind: 'past'; readonly stream: StreamName; readonly symbol: string };

/** What all rows of a message share. */
interface Head {
  readonly symbol: string;
  readonly timeMs: number;
  /** Sent once upon subscription. */
  readonly isSnapshot: boolean;
}

const STREAM_OF_TOPIC: readonly (readonly [topic: string, stream: StreamName])[] = [
  ['publicTrade', 'trades'],
  ['ticker', 'mark'],
  ['kline', 'bars'],
  ['liquidation', 'liquidations'],
];

/** By hand: the one topic of thousands of frames a second. `S` is the taker's side. */
function tradeFrame(row: unknown, { symbol, isSnapshot }: Head): Frame {
  const { p, v, S, T } = isRow(row) ? row : NO_ROW;
  const price = typeof p === 'string' ? Number(p) : NaN;
  const qty = typeof v === 'string' ? Number(v) : NaN;
  const atMs = typeof T === 'string' ? Number(T) : NaN;
  const isSane = price > 0 && price < Infinity && qty > 0 && qty < Infinity && isTimeMs(atMs);
  if (!isSane || symbol === '' || (S !== 'buy' && S !== 'sell')) {
    const detail = `trade of another shape: ${JSON.stringify(row)?.slice(0, 120)}`;
    return { kind: 'broken', stream: 'trades', detail };
  }
  if (isSnapshot) return { kind: 'past', stream: 'trades', symbol };
  return { kind: 'trade', symbol, trade: { timeMs: atMs, price, qty, isTakerBuy: S === 'buy' } };
}
const NO_ROW: Row = {};

const tickerSchema = z.object({ markPrice: positive, fundingRate: decimal, nextFundingTime: timeMs });
const klineSchema = z.object({
  start: timeMs,
  open: positive,
  high: positive,
  low: positive,
  close: positive,
  volume: nonNegative,
});

const parserOf =
  <T>(stream: StreamName, schema: z.ZodMiniType<T>, toFrame: (value: T, head: Head) => Frame) =>
  (row: unknown, head: Head): Frame => {
    const parsed = schema.safeParse(row);
    if (!parsed.success) return { kind: 'broken', stream, detail: describeIssue(parsed.error) };
    return toFrame(parsed.data, head);
  };

function barFrame(row: z.infer<typeof klineSchema>, { symbol, timeMs: atMs }: Head): Frame {
  if (row.start % BAR_MS !== 0) return { kind: 'past', stream: 'bars', symbol };
  const bar = barFromCandle([row.start, row.open, row.high, row.low, row.close, row.volume]);
  return { kind: 'bar', symbol, bar, timeMs: atMs };
}

const PARSERS: Readonly<Record<string, (row: unknown, head: Head) => Frame>> = {
  publicTrade: tradeFrame,
  ticker: parserOf('mark', tickerSchema, (row, { symbol, timeMs: atMs }) => ({
    kind: 'mark',
    symbol,
    mark: {
      timeMs: atMs,
      markPrice: row.markPrice,
      fundingRate: row.fundingRate,
      nextFundingTimeMs: row.nextFundingTime,
    },
  })),
  kline: parserOf('bars', klineSchema, barFrame),
  liquidation: parserOf('liquidations', liquidationRowSchema, (row) => ({
    kind: 'liquidation',
    symbol: row.symbol,
    liquidation: liquidationFrom(row),
  })),
};

function brokenMessage(text: string, detail: string): Frame {
  const head = text.slice(0, 120);
  const stream = STREAM_OF_TOPIC.find(([topic]) => head.includes(`"${topic}"`))?.[1] ?? 'trades';
  return { kind: 'broken', stream, detail: `${detail}: ${head}` };
}

/** The topic stands in `arg`, or in the text: `instType:...,topic:... doesn't exist`. */
function refusedFrame({ msg, arg }: Row): Frame {
  const { topic: ofArg, symbol } = isRow(arg) ? arg : {};
  const named = ofArg ?? /topic:(\w+)/.exec(textOf(msg))?.[1];
  const [found, stream] = STREAM_OF_TOPIC.find(([topic]) => topic === named) ?? [null, null];
  const isOfContract = typeof symbol === 'string' && stream !== 'liquidations';
  const subscription = found !== null && isOfContract ? `${found} ${symbol}` : found;
  return { kind: 'refused', subscription, stream, detail: textOf(msg).slice(0, 120) };
}

/** Reads one message: `pong`, an event, or `{action, arg, data, ts}` with any number of rows of one topic. */
export function parseFrames(text: string): readonly Frame[] {
  if (text === 'pong') return [{ kind: 'alive' }];
  const message = messageFrom(text);
  if (typeof message === 'string') return [brokenMessage(text, message)];
  const { event, arg, data, ts, action } = message;
  if (event === 'error') return [refusedFrame(message)];
  if (event !== undefined) return event === 'subscribe' ? [{ kind: 'alive' }] : [];
  if (!isRow(arg) || typeof arg.topic !== 'string') return [brokenMessage(text, 'no topic')];
  if (!Object.hasOwn(PARSERS, arg.topic)) return [];
  const atMs = numberOf(ts);
  if (!Array.isArray(data) || !Number.isSafeInteger(atMs) || atMs <= 0) return [brokenMessage(text, 'no rows or time')];
  const symbol = typeof arg.symbol === 'string' ? arg.symbol : '';
  const head: Head = { symbol, timeMs: atMs, isSnapshot: action === 'snapshot' };
  const parse = PARSERS[arg.topic];
  return data.map((row) => parse(row, head));
}

import * as z from 'zod/mini';

import { BAR_MS, barOfTrades, type Bar } from '@/lib/market/bar';
import type { StreamName } from '@/lib/market/health';
import type { Liquidation } from '@/lib/market/liquidation';
import type { Trade } from '@/lib/market/trade';
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

/** What a ticker says of the mark: a snapshot all of it, a delta only what has changed. */
export interface TickerChange {
  readonly markPrice: number | null;
  readonly fundingRate: number | null;
  readonly nextFundingTimeMs: number | null;
}

/** One message of a public socket, in the product's own terms. `timeMs` is when the venue made it. */
export type Frame =
  | { readonly kind: 'trades'; readonly symbol: string; readonly trades: readonly Trade[]; readonly timeMs: number }
  | {
      readonly kind: 'ticker';
      readonly symbol: string;
      readonly change: TickerChange;
      readonly isSnapshot: boolean;
      readonly timeMs: number;
    }
  | {
      readonly kind: 'bars';
      readonly symbol: string;
      readonly bars: readonly { readonly bar: Bar; readonly isClosed: boolean }[];
      readonly timeMs: number;
    }
  | { readonly kind: 'liquidations'; readonly symbol: string; readonly liquidations: readonly Liquidation[] }
  /** An answer to something sent: the connection works. */
  | { readonly kind: 'answer' }
  /** All topics of the request failed, which one unknown among them is enough for. */
  | { readonly kind: 'refused'; readonly requestId: number; readonly detail: string }
  /** A topic that nobody asked for. */
  | { readonly kind: 'other' }
  | { readonly kind: 'broken'; readonly stream: StreamName; readonly detail: string };

export const STREAM_OF_TOPIC: Readonly<Record<string, StreamName>> = {
  publicTrade: 'trades',
  tickers: 'mark',
  kline: 'bars',
  allLiquidation: 'liquidations',
};

const maybe = <T>(schema: z.ZodMiniType<T>) =>
  z.pipe(
    z.optional(z.union([z.literal(''), schema])),
    z.transform((value) => (value === undefined || value === '' ? null : value)),
  );

const tickerSchema = z.object({
  ts: timeMs,
  type: z.string(),
  data: z.object({
    symbol: z.string(),
    markPrice: maybe(positive),
    fundingRate: maybe(decimal),
    nextFundingTime: maybe(timeMs),
  }),
});

const klineSchema = z.object({
  ts: timeMs,
  data: z.array(
    z.object({
      start: timeMs,
      interval: z.string(),
      open: positive,
      high: positive,
      low: positive,
      close: positive,
      volume: nonNegative,
      confirm: z.boolean(),
    }),
  ),
});

const liquidationSchema = z.object({
  data: z.array(z.object({ T: timeMs, s: z.string(), S: z.enum(['Buy', 'Sell']), v: positive, p: positive })),
});

/** `publicTrade` by hand: the one topic of thousands of frames a second (docs/venues.md, cost of a frame). */
function tradesFrame(message: Row, symbol: string): Frame {
  const { data, ts } = message;
  const trades: Trade[] = [];
  if (Array.isArray(data) && isTimeMs(ts)) {
    for (const each of data as readonly unknown[]) {
      if (!isRow(each)) break;
      const { T, S, v, p } = each;
      const price = typeof p === 'string' ? Number(p) : NaN;
      const qty = typeof v === 'string' ? Number(v) : NaN;
      const isTrade = price > 0 && price < Infinity && qty > 0 && qty < Infinity && (S === 'Buy' || S === 'Sell');
      if (!isTrade || !isTimeMs(T)) break;
      trades.push({ timeMs: T, price, qty, isTakerBuy: S === 'Buy' });
    }
    if (trades.length === data.length) return { kind: 'trades', symbol, trades, timeMs: ts };
  }
  return { kind: 'broken', stream: 'trades', detail: `trade of another shape: ${JSON.stringify(data)?.slice(0, 120)}` };
}

const tickerFrame = ({ ts, type, data }: z.infer<typeof tickerSchema>): Frame => ({
  kind: 'ticker',
  symbol: data.symbol,
  change: { markPrice: data.markPrice, fundingRate: data.fundingRate, nextFundingTimeMs: data.nextFundingTime },
  isSnapshot: type === 'snapshot',
  timeMs: ts,
});

/** Klines tell nothing of the takers' split. */
function barsFrame({ ts, data }: z.infer<typeof klineSchema>, symbol: string): Frame {
  const bars = data
    .filter(({ interval, start }) => interval === '5' && start % BAR_MS === 0)
    .map(({ start, open, high, low, close, volume, confirm }) => ({
      bar: barOfTrades({
        openTimeMs: start,
        open,
        high,
        low,
        close,
        volume,
      }),
      isClosed: confirm,
    }));
  return { kind: 'bars', symbol, bars, timeMs: ts };
}

/** `S` is the side of the position, not of the order: a Buy was a long. `p` is its bankruptcy price. */
const liquidationsFrame = ({ data }: z.infer<typeof liquidationSchema>, symbol: string): Frame => ({
  kind: 'liquidations',
  symbol,
  liquidations: data.map(({ T, S, v, p }) => ({
    timeMs: T,
    positionSide: S === 'Buy' ? 'long' : 'short',
    bankruptcyPrice: p,
    averagePrice: NaN,
    qty: v,
  })),
});

const parserOf =
  <T>(stream: StreamName, schema: z.ZodMiniType<T>, toFrame: (value: T, symbol: string) => Frame) =>
  (message: Row, symbol: string): Frame => {
    const parsed = schema.safeParse(message);
    if (parsed.success) return toFrame(parsed.data, symbol);
    return { kind: 'broken', stream, detail: describeIssue(parsed.error) };
  };

const PARSERS: Readonly<Record<string, (message: Row, symbol: string) => Frame>> = {
  publicTrade: tradesFrame,
  tickers: parserOf('mark', tickerSchema, tickerFrame),
  kline: parserOf('bars', klineSchema, barsFrame),
  allLiquidation: parserOf('liquidations', liquidationSchema, liquidationsFrame),
};

function brokenMessage(text: string, detail: string): Frame {
  const head = text.slice(0, 80);
  const topic = Object.keys(STREAM_OF_TOPIC).find((name) => head.includes(`${name}.`));
  return {
    kind: 'broken',
    stream: topic === undefined ? 'trades' : STREAM_OF_TOPIC[topic],
    detail: `${detail}: ${head}`,
  };
}

const answerFrame = ({ success, op, req_id: requestId, ret_msg: reason }: Row): Frame =>
  success === false && op !== 'unsubscribe'
    ? { kind: 'refused', requestId: numberOf(requestId), detail: textOf(reason).slice(0, 120) }
    : { kind: 'answer' };

/** Reads one message of `wss://stream.bybit.com/v5/public/...`: a topic's data, or an answer to a request of ours. */
export function parseFrame(text: string): Frame {
  const message = messageFrom(text);
  if (typeof message === 'string') return brokenMessage(text, message);
  const { topic } = message;
  if (topic === undefined) return answerFrame(message);
  if (typeof topic !== 'string') return brokenMessage(text, 'no topic');
  const name = topic.slice(0, topic.indexOf('.'));
  const symbol = topic.slice(topic.lastIndexOf('.') + 1);
  return Object.hasOwn(PARSERS, name) ? PARSERS[name](message, symbol) : { kind: 'other' };
}

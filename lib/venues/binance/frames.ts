import * as z from 'zod/mini';

import { BAR_MS, type Bar } from '@/lib/market/bar';
import type { StreamName } from '@/lib/market/health';
import type { Liquidation } from '@/lib/market/liquidation';
import { areSound, withOpenEnd, type RiskTiers } from '@/lib/market/risk-tier';
import type { BarFrame, BrokenFrame, LiquidationFrame, MarkFrame, TradeFrame } from '@/lib/venues/stream-frames';
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

/** One message of the combined socket, in the product's own terms. */
export type Frame =
  | TradeFrame
  | MarkFrame
  | BarFrame
  | LiquidationFrame
  | { readonly kind: 'tiers'; readonly symbol: string; readonly tiers: RiskTiers }
  /** Acknowledgements, and events that nobody asked for. */
  | { readonly kind: 'other' }
  /** All subscriptions of a message failed. */
  | { readonly kind: 'refused'; readonly requestId: number; readonly detail: string }
  | BrokenFrame;

const OTHER: Frame = { kind: 'other' };

/** Which stream a message belongs to that cannot be read to its end: its name stands first. */
const STREAM_OF_PARAM: readonly (readonly [part: string, stream: StreamName])[] = [
  ['@aggTrade', 'trades'],
  ['@markPrice', 'mark'],
  ['@kline', 'bars'],
  ['forceOrder', 'liquidations'],
];

/** How a market's frames are read. */
export interface FrameReading {
  /** The markets share a socket since 2026-06-30 and are told apart by `st` alone: events of this one are left out. */
  readonly foreignSubtype: number;
  /** Worth of one contract in its unit; 1 where quantities are in base units. */
  readonly sizeOf: (symbol: string) => number;
}
type SizeOf = FrameReading['sizeOf'];

const markSchema = z.object({ E: timeMs, s: z.string(), p: positive, r: decimal, T: timeMs });

const klineSchema = z.object({
  E: timeMs,
  s: z.string(),
  k: z.object({
    t: timeMs,
    i: z.string(),
    o: positive,
    h: positive,
    l: positive,
    c: positive,
    v: nonNegative,
    V: nonNegative,
    x: z.boolean(),
  }),
});

const forceOrderSchema = z.object({
  o: z.object({
    s: z.string(),
    S: z.enum(['BUY', 'SELL']),
    q: positive,
    p: positive,
    ap: z.optional(nonNegative),
    z: z.optional(nonNegative),
    T: timeMs,
  }),
});

const contractInfoSchema = z.object({
  E: timeMs,
  s: z.string(),
  bks: z.optional(z.array(z.object({ bnf: nonNegative, bnc: positive, mmr: positive, cf: nonNegative, ma: positive }))),
});

/**
 * `<symbol>@aggTrade` by hand: the one stream of thousands of frames a second, and the guard costs a tenth of what the
 * schema would (docs/venues.md).
 */
function tradeFrame(data: Row, sizeOf: SizeOf): Frame {
  const { s: symbol, p, q, T, m } = data;
  const price = typeof p === 'string' ? Number(p) : NaN;
  const qty = typeof q === 'string' ? Number(q) : NaN;
  const isTrade = price > 0 && price < Infinity && qty > 0 && qty < Infinity && typeof m === 'boolean';
  if (typeof symbol !== 'string' || !isTrade || !isTimeMs(T)) {
    return {
      kind: 'broken',
      stream: 'trades',
      detail: `aggTrade of another shape: ${JSON.stringify(data).slice(0, 120)}`,
    };
  }
  // `m`: the buyer was the maker.
  return { kind: 'trade', symbol, trade: { timeMs: T, price, qty: qty * sizeOf(symbol), isTakerBuy: !m } };
}

function markFrame({ E, s, p, r, T }: z.infer<typeof markSchema>): Frame {
  return { kind: 'mark', symbol: s, mark: { timeMs: E, markPrice: p, fundingRate: r, nextFundingTimeMs: T } };
}

function barFrame({ E, s, k }: z.infer<typeof klineSchema>, sizeOf: SizeOf): Frame {
  if (k.i !== '5m' || k.t % BAR_MS !== 0) return OTHER;
  const size = sizeOf(s);
  const bar: Bar = {
    openTimeMs: k.t,
    open: k.o,
    high: k.h,
    low: k.l,
    close: k.c,
    volume: k.v * size,
    takerBuyVolume: k.V * size,
    markHigh: NaN,
    markLow: NaN,
    markClose: NaN,
  };
  return { kind: 'bar', symbol: s, bar, isClosed: k.x, timeMs: E };
}

/** A SELL order closes a long. `q` is the order's quantity, `z` what of it has been filled; an average price of 0 was not published. */
function liquidationFrame({ o }: z.infer<typeof forceOrderSchema>, sizeOf: SizeOf): Frame {
  const liquidation: Liquidation = {
    timeMs: o.T,
    positionSide: o.S === 'SELL' ? 'long' : 'short',
    bankruptcyPrice: o.p,
    averagePrice: o.ap || NaN,
    qty: (o.z || o.q) * sizeOf(o.s),
  };
  return { kind: 'liquidation', symbol: o.s, liquidation };
}

/** Sent for listings too: only a change of brackets carries `bks`. */
function tiersFrame({ E, s, bks }: z.infer<typeof contractInfoSchema>): Frame {
  if (bks === undefined || bks.length === 0) return OTHER;
  const tiers = bks.map((bracket) => ({
    notionalFloor: bracket.bnf,
    notionalCap: bracket.bnc,
    maintenanceMarginRate: bracket.mmr,
    maintenanceAmount: bracket.cf,
    maxLeverage: bracket.ma,
  }));
  const open = withOpenEnd(tiers);
  if (!areSound(open))
    return { kind: 'broken', stream: 'bars', detail: `brackets of ${s.slice(0, 40)} that cannot be` };
  return { kind: 'tiers', symbol: s, tiers: { tiers: open, source: 'venue', asOfMs: E } };
}

const parserOf =
  <T>(stream: StreamName, schema: z.ZodMiniType<T>, toFrame: (value: T, sizeOf: SizeOf) => Frame) =>
  (data: unknown, sizeOf: SizeOf): Frame => {
    const parsed = schema.safeParse(data);
    return parsed.success
      ? toFrame(parsed.data, sizeOf)
      : { kind: 'broken', stream, detail: describeIssue(parsed.error) };
  };

const PARSERS: Readonly<Record<string, (data: Row, sizeOf: SizeOf) => Frame>> = {
  aggTrade: tradeFrame,
  markPriceUpdate: parserOf('mark', markSchema, markFrame),
  kline: parserOf('bars', klineSchema, barFrame),
  forceOrder: parserOf('liquidations', forceOrderSchema, liquidationFrame),
  contractInfo: parserOf('bars', contractInfoSchema, tiersFrame),
};

function brokenMessage(text: string, detail: string): Frame {
  const head = text.slice(0, 80);
  return { kind: 'broken', stream: streamOfParam(head) ?? 'trades', detail: `${detail}: ${head}` };
}

/** Which stream a subscription belongs to; null for one that is none of them. */
export const streamOfParam = (param: string): StreamName | null =>
  STREAM_OF_PARAM.find(([part]) => param.includes(part))?.[1] ?? null;

const refusedMessage = ({ error, id }: Row): Frame => ({
  kind: 'refused',
  requestId: numberOf(id),
  detail: textOf(isRow(error) ? error.msg : error).slice(0, 120),
});

/** A stream that nobody asked for, by a name that can be read. */
const isForeign = (stream: unknown): boolean =>
  typeof stream === 'string' && !STREAM_OF_PARAM.some(([part]) => stream.includes(part));

/** Reads one message of a combined socket: `{stream, data}` or an answer to a request of ours. */
export function parseFrame(text: string, { foreignSubtype, sizeOf }: FrameReading): Frame {
  const message = messageFrom(text);
  if (typeof message === 'string') return brokenMessage(text, message);
  if ('error' in message) return refusedMessage(message);
  if (!('stream' in message)) return OTHER;
  const { data } = message;
  if (!isRow(data) || typeof data.e !== 'string') {
    return isForeign(message.stream) ? OTHER : brokenMessage(text, 'no event');
  }
  if (data.st === foreignSubtype) return OTHER;
  return Object.hasOwn(PARSERS, data.e) ? PARSERS[data.e](data, sizeOf) : OTHER;
}

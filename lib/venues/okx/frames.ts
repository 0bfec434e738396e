import type * as z from 'zod/mini';

import type { StreamName } from '@/lib/market/health';
import type {
  AliveFrame,
  BarFrame,
  BrokenFrame,
  LiquidationFrame,
  RefusedFrame,
  TradeFrame,
} from '@/lib/venues/stream-frames';
import { describeIssue, isRow, isTimeMs, messageFrom, type Row, textOf } from '@/lib/venues/wire';

import {
  barFromCandle,
  candleRow,
  type CandleRow,
  fundingRowSchema,
  isClosedCandle,
  liquidationFrom,
  liquidationRowSchema,
  markPriceRowSchema,
} from './rest-wire';

/** What a message of either socket says, in the product's own terms. */
export type Frame =
  | TradeFrame
  | { readonly kind: 'mark'; readonly symbol: string; readonly timeMs: number; readonly markPrice: number }
  | { readonly kind: 'funding'; readonly symbol: string; readonly rate: number; readonly nextTimeMs: number }
  | Omit<BarFrame, 'timeMs'>
  | LiquidationFrame
  | AliveFrame
  | RefusedFrame
  | BrokenFrame;

type UnitOf = (symbol: string) => number | undefined;

/** Which stream a channel belongs to. */
const STREAM_OF_CHANNEL: readonly (readonly [channel: string, stream: StreamName])[] = [
  ['trades', 'trades'],
  ['mark-price', 'mark'],
  ['funding-rate', 'mark'],
  ['candle5m', 'bars'],
  ['liquidation-orders', 'liquidations'],
];

/** By hand: the one channel of thousands of frames a second. `side` is the taker's. A contract without a known size is nobody's. */
function tradeFrames(row: unknown, _symbol: string, unitOf: UnitOf): Frame[] {
  if (!isRow(row)) return [{ kind: 'broken', stream: 'trades', detail: 'trade is no object' }];
  const { instId: symbol, px, sz, side, ts } = row;
  const price = typeof px === 'string' ? Number(px) : NaN;
  const contracts = typeof sz === 'string' ? Number(sz) : NaN;
  const timeMs = typeof ts === 'string' ? Number(ts) : NaN;
  const isSane = price > 0 && price < Infinity && contracts > 0 && contracts < Infinity && isTimeMs(timeMs);
  if (typeof symbol !== 'string' || !isSane || (side !== 'buy' && side !== 'sell')) {
    const detail = `trade of another shape: ${JSON.stringify(row).slice(0, 120)}`;
    return [{ kind: 'broken', stream: 'trades', detail }];
  }
  const unit = unitOf(symbol);
  if (unit === undefined) return [];
  return [{ kind: 'trade', symbol, trade: { timeMs, price, qty: contracts * unit, isTakerBuy: side === 'buy' } }];
}

const parserOf =
  <T>(
    stream: StreamName,
    schema: z.ZodMiniType<T>,
    toFrames: (value: T, symbol: string, unitOf: UnitOf) => readonly Frame[],
  ) =>
  (row: unknown, symbol: string, unitOf: UnitOf): readonly Frame[] => {
    const parsed = schema.safeParse(row);
    if (!parsed.success) return [{ kind: 'broken', stream, detail: describeIssue(parsed.error) }];
    return toFrames(parsed.data, symbol, unitOf);
  };

function barFrames(row: CandleRow, symbol: string, unitOf: UnitOf): Frame[] {
  const unit = unitOf(symbol);
  if (unit === undefined) return [];
  return [{ kind: 'bar', symbol, bar: barFromCandle(row, unit), isClosed: isClosedCandle(row) }];
}

function liquidationFrames(
  { instId, details }: z.infer<typeof liquidationRowSchema>,
  _symbol: string,
  unitOf: UnitOf,
): Frame[] {
  const unit = unitOf(instId);
  if (unit === undefined) return [];
  return details.map((order) => ({ kind: 'liquidation', symbol: instId, liquidation: liquidationFrom(order, unit) }));
}

const PARSERS: Readonly<Record<string, (row: unknown, symbol: string, unitOf: UnitOf) => readonly Frame[]>> = {
  trades: tradeFrames,
  'mark-price': parserOf('mark', markPriceRowSchema, ({ instId, ts, markPx }) => [
    { kind: 'mark', symbol: instId, timeMs: ts, markPrice: markPx },
  ]),
  'funding-rate': parserOf('mark', fundingRowSchema, ({ instId, fundingRate, fundingTime }) => [
    { kind: 'funding', symbol: instId, rate: fundingRate, nextTimeMs: fundingTime },
  ]),
  candle5m: parserOf('bars', candleRow, barFrames),
  'liquidation-orders': parserOf('liquidations', liquidationRowSchema, liquidationFrames),
};

function brokenMessage(text: string, detail: string): Frame {
  const head = text.slice(0, 120);
  const stream = STREAM_OF_CHANNEL.find(([channel]) => head.includes(`"${channel}"`))?.[1] ?? 'trades';
  return { kind: 'broken', stream, detail: `${detail}: ${head}` };
}

/** Channel and contract stand in the text, `Wrong URL or channel:trades,instId:...`, or in fields of their own. */
function refusedFrame({ msg, channel, arg }: Row): Frame {
  const text = textOf(msg);
  const { channel: ofArg, instId } = isRow(arg) ? arg : {};
  const named = channel ?? ofArg ?? /channel:([\w-]+)/.exec(text)?.[1];
  const [found, stream] = STREAM_OF_CHANNEL.find(([each]) => each === named) ?? [null, null];
  const name = instId ?? /instId:([\w-]+)/.exec(text)?.[1];
  const isOfContract = typeof name === 'string' && stream !== 'liquidations';
  const subscription = found !== null && isOfContract ? `${found} ${name}` : found;
  return { kind: 'refused', subscription, stream, detail: text.slice(0, 120) };
}

/** Reads one message: `pong`, an event, or `{arg, data}` with any number of rows of one channel. */
export function parseFrames(text: string, unitOf: UnitOf): readonly Frame[] {
  if (text === 'pong') return [{ kind: 'alive' }];
  const message = messageFrom(text);
  if (typeof message === 'string') return [brokenMessage(text, message)];
  const { event, arg, data } = message;
  if (event === 'error' || event === 'channel-conn-count-error') return [refusedFrame(message)];
  if (event !== undefined) return event === 'subscribe' ? [{ kind: 'alive' }] : [];
  if (!isRow(arg) || typeof arg.channel !== 'string') return [brokenMessage(text, 'no channel')];
  const { channel, instId } = arg;
  if (!Object.hasOwn(PARSERS, channel)) return [];
  if (!Array.isArray(data)) return [brokenMessage(text, 'no rows')];
  const symbol = typeof instId === 'string' ? instId : '';
  const parse = PARSERS[channel];
  return data.length === 1 ? parse(data[0], symbol, unitOf) : data.flatMap((row) => parse(row, symbol, unitOf));
}

import * as z from 'zod/mini';

import { BAR_MS } from '@/lib/market/bar';
import type { StreamName } from '@/lib/market/health';
import type { Liquidation } from '@/lib/market/liquidation';
import { areSound, type RiskTier } from '@/lib/market/risk-tier';
import type { CommonFrame } from '@/lib/venues/stream-frames';
import { decimal, describeIssue, isRow, messageFrom, nonNegative, positive, type Row, textOf } from '@/lib/venues/wire';

import { barFromCandle, riskLimitTiersSchema, tiersFromLimits, timeOfEither } from './rest-wire';

/** What one row of a message says, in the product's own terms. */
export type Frame =
  | CommonFrame
  /** `isChange` is false for the state that a subscription begins with. */
  | {
      readonly kind: 'tiers';
      readonly symbol: string;
      readonly tiers: readonly RiskTier[];
      readonly timeMs: number;
      readonly isChange: boolean;
    };

interface Message {
  /** When the venue sent it. */
  readonly timeMs: number;
  readonly event: unknown;
  /** Base units per contract of each symbol. */
  readonly sizes: ReadonlyMap<string, number>;
}

type ParseRow = (row: unknown, message: Message) => Frame | null;

const broken = (stream: StreamName, detail: string): Frame => ({ kind: 'broken', stream, detail });

/** A number as the venue sends it: sizes as numbers or, of contracts with decimal sizes, as text; prices as text. */
const toNumber = (value: unknown): number =>
  typeof value === 'number' ? value : typeof value === 'string' && value !== '' ? Number(value) : NaN;

/**
 * By hand: the one channel of many frames a second (docs/venues.md tells what a schema costs). The sign of `size` is
 * the taker's side. Internal trades are no part of the venue's own candles.
 */
function tradeFrame(row: unknown, { sizes }: Message): Frame | null {
  if (!isRow(row)) return broken('trades', 'a trade is no object');
  const { contract, create_time_ms: createTimeMs } = row;
  const price = toNumber(row.price);
  const size = toNumber(row.size);
  const timeMs = Math.round(toNumber(createTimeMs));
  const isTrade = price > 0 && price < Infinity && size !== 0 && Math.abs(size) < Infinity;
  if (typeof contract !== 'string' || !isTrade || !(timeMs > 0 && Number.isSafeInteger(timeMs)))
    return broken('trades', `a trade of another shape: ${JSON.stringify(row).slice(0, 120)}`);
  const contractSize = sizes.get(contract);
  if (contractSize === undefined || row.is_internal === true) return null;
  const trade = { timeMs, price, qty: Math.abs(size) * contractSize, isTakerBuy: size > 0 };
  return { kind: 'trade', symbol: contract, trade };
}

const parserOf =
  <T>(stream: StreamName, schema: z.ZodMiniType<T>, toFrame: (value: T, message: Message) => Frame | null): ParseRow =>
  (row, message) => {
    const parsed = schema.safeParse(row);
    return parsed.success ? toFrame(parsed.data, message) : broken(stream, describeIssue(parsed.error));
  };

const tickerSchema = z.object({
  contract: z.string(),
  mark_price: positive,
  funding_rate: decimal,
  funding_next_apply: z.optional(timeOfEither),
  t: z.optional(timeOfEither),
});

const candleSchema = z.object({
  n: z.string(),
  t: timeOfEither,
  o: positive,
  h: positive,
  l: positive,
  c: positive,
  v: nonNegative,
  w: z.optional(z.boolean()),
});

/** The sign of `size` is the side of the position, as in `liq_orders`. */
const liquidationSchema = z.object({
  contract: z.string(),
  price: positive,
  size: decimal.check(z.refine((value) => value !== 0, 'zero')),
  time: timeOfEither,
  time_ms: z.optional(timeOfEither),
});

const contractInfoSchema = z.object({ contract: z.string(), risk_limit_tiers: z.optional(riskLimitTiersSchema) });

const CANDLE_NAME = /^5m_(.+)$/;

const markFrame = (row: z.infer<typeof tickerSchema>, { timeMs }: Message): Frame => ({
  kind: 'mark',
  symbol: row.contract,
  mark: {
    timeMs: row.t ?? timeMs,
    markPrice: row.mark_price,
    fundingRate: row.funding_rate,
    nextFundingTimeMs: row.funding_next_apply ?? NaN,
  },
});

function barFrame(row: z.infer<typeof candleSchema>, { timeMs, sizes }: Message): Frame | null {
  const symbol = CANDLE_NAME.exec(row.n)?.[1] ?? '';
  const contractSize = sizes.get(symbol);
  if (contractSize === undefined || row.t % BAR_MS !== 0) return null;
  return { kind: 'bar', symbol, bar: barFromCandle(row, contractSize), isClosed: row.w === true, timeMs };
}

function liquidationFrame(row: z.infer<typeof liquidationSchema>, { sizes }: Message): Frame | null {
  const contractSize = sizes.get(row.contract);
  if (contractSize === undefined) return null;
  const liquidation: Liquidation = {
    timeMs: row.time_ms ?? row.time,
    positionSide: row.size > 0 ? 'long' : 'short',
    bankruptcyPrice: row.price,
    averagePrice: NaN,
    qty: Math.abs(row.size) * contractSize,
  };
  return { kind: 'liquidation', symbol: row.contract, liquidation };
}

/** Sent for changed price steps too: only some carry tiers. */
function tiersFrame(row: z.infer<typeof contractInfoSchema>, { timeMs, event }: Message): Frame | null {
  if (row.risk_limit_tiers === undefined) return null;
  const tiers = tiersFromLimits(row.risk_limit_tiers);
  if (!areSound(tiers)) return broken('bars', `brackets of ${row.contract.slice(0, 40)} that cannot be`);
  return { kind: 'tiers', symbol: row.contract, tiers, timeMs, isChange: event === 'update' };
}

const PARSERS: Readonly<Record<string, ParseRow>> = {
  'futures.trades': tradeFrame,
  'futures.tickers': parserOf('mark', tickerSchema, markFrame),
  'futures.candlesticks': parserOf('bars', candleSchema, barFrame),
  'futures.public_liquidates': parserOf('liquidations', liquidationSchema, liquidationFrame),
  'futures.contract_info': parserOf('bars', contractInfoSchema, tiersFrame),
};

/** Which stream a message belongs to that cannot be read to its end: its channel stands near its start. */
const STREAM_OF_CHANNEL: readonly (readonly [channel: string, stream: StreamName])[] = [
  ['futures.trades', 'trades'],
  ['futures.tickers', 'mark'],
  ['futures.candlesticks', 'bars'],
  ['futures.public_liquidates', 'liquidations'],
];

function brokenMessage(text: string, detail: string): readonly Frame[] {
  const head = text.slice(0, 200);
  const stream = STREAM_OF_CHANNEL.find(([channel]) => head.includes(channel))?.[1] ?? 'trades';
  return [broken(stream, `${detail}: ${head.slice(0, 80)}`)];
}

function refusedMessage({ channel, event, error }: Row, text: string): readonly Frame[] {
  const stream = STREAM_OF_CHANNEL.find(([each]) => each === channel)?.[1];
  if (stream === undefined || event !== 'subscribe') return brokenMessage(text, 'refused');
  const reason = isRow(error) ? error.message : error;
  const subscription = textOf(channel);
  return [{ kind: 'refused', subscription, stream, detail: `${subscription}: ${textOf(reason).slice(0, 120)}` }];
}

/** Reads one message of `wss://fx-ws.gateio.ws/v4/ws/usdt`: `{time, time_ms, channel, event, error, result}`. */
export function parseMessage(text: string, sizes: ReadonlyMap<string, number>): readonly Frame[] {
  const message = messageFrom(text);
  if (typeof message === 'string') return brokenMessage(text, message);
  const { channel, event, result } = message;
  if (message.error !== undefined && message.error !== null) return refusedMessage(message, text);
  if (typeof channel !== 'string') return brokenMessage(text, 'no channel');
  if (channel === 'futures.pong') return [{ kind: 'alive' }];
  if (!Object.hasOwn(PARSERS, channel) || event === 'subscribe' || event === 'unsubscribe') return [];
  const time = timeOfEither.safeParse(message.time_ms ?? message.time);
  if (!time.success) return brokenMessage(text, 'no time');
  const rows = Array.isArray(result) ? (result as unknown[]) : [result];
  return rows.flatMap((row) => PARSERS[channel](row, { timeMs: time.data, event, sizes }) ?? []);
}

import * as z from 'zod/mini';

import { isFilled } from '@/lib/core/checks';
import { SECOND_MS } from '@/lib/core/time';
import { splitMultiplier } from '@/lib/market/asset';
import { assetClassOf, type AssetHint } from '@/lib/market/asset-class';
import { barOfTrades, type Bar, type OpenInterestPoint } from '@/lib/market/bar';
import { contractId, type Contract } from '@/lib/market/contract';
import type { Liquidation, LiquidationTotal } from '@/lib/market/liquidation';
import { withOpenEnd, type RiskTier } from '@/lib/market/risk-tier';
import type { Ticker } from '@/lib/market/ticker';
import type { TakerRow } from '@/lib/venues/taker-split';
import type { Snapshot } from '@/lib/venues/venue';
import { decimal, isTimeMs, keepValid, nonNegative, positive, timeMs } from '@/lib/venues/wire';

/** Later than any time in seconds, earlier than any in milliseconds since 1973. */
const FIRST_MILLISECONDS = 1e11;

/** The venue counts in seconds in some places, in milliseconds in others, and has changed from one to the other. */
export const timeOfEither = z
  .pipe(
    decimal,
    z.transform((value: number) => Math.round(value < FIRST_MILLISECONDS ? value * SECOND_MS : value)),
  )
  .check(z.refine(isTimeMs, 'not a time'));

const nonZero = decimal.check(z.refine((value) => value !== 0, 'zero'));

export const listSchema = z.array(z.unknown());

/** Sizes are counted in contracts of `quanto_multiplier` base units. */
const contractSchema = z.object({
  name: z.string(),
  type: z.literal('direct'),
  quanto_multiplier: positive,
  order_size_min: positive,
  order_price_round: positive,
  status: z.optional(z.string()),
  in_delisting: z.optional(z.boolean()),
  contract_type: z.optional(z.string()),
  create_time: z.optional(timeOfEither),
});

/** Words of `contract_type`; crypto has none. */
const ASSET_HINTS: Readonly<Record<string, AssetHint>> = {
  stocks: 'equity',
  indices: 'index',
  metals: 'commodity',
  commodities: 'commodity',
};

/** A contract with the base units that one of its contracts is worth. */
export interface SizedContract {
  readonly contract: Contract;
  readonly contractSize: number;
}

/** The linear perpetuals of a listing; rows that cannot be read are left out. */
export function contractsFromList(rows: readonly unknown[]): SizedContract[] {
  return keepValid(contractSchema, rows).map((row) => {
    const [base, quoteAsset = ''] = row.name.split('_');
    const { baseAsset, multiplier } = splitMultiplier(base);
    const contract: Contract = {
      id: contractId('gate', row.name),
      venueId: 'gate',
      symbol: row.name,
      baseAsset,
      multiplier,
      quoteAsset,
      assetClass: assetClassOf(baseAsset, ASSET_HINTS[row.contract_type ?? ''] ?? null),
      settlement: 'linear',
      tickSize: row.order_price_round,
      qtyStep: row.order_size_min * row.quanto_multiplier,
      isTrading: (row.status ?? 'trading') === 'trading' && row.in_delisting !== true,
      listedTimeMs: row.create_time ?? 0,
    };
    return { contract, contractSize: row.quanto_multiplier };
  });
}

/** `v` counts contracts; candles of the mark price have none. */
const candle = z
  .object({ t: timeOfEither, o: positive, h: positive, l: positive, c: positive, v: z.optional(nonNegative) })
  .check(z.refine(({ h, l }) => h >= l, 'high below low'));
export type Candle = z.infer<typeof candle>;
export const candlesSchema = z.array(candle);

/** A bar without its mark prices; who took is not told. */
export const barFromCandle = ({ t, o, h, l, c, v }: Candle, contractSize: number): Bar =>
  barOfTrades({
    openTimeMs: t,
    open: o,
    high: h,
    low: l,
    close: c,
    volume: (v ?? NaN) * contractSize,
  });

/** `position_size` is what all longs hold together, in contracts. */
export const contractNowSchema = z.object({
  mark_price: positive,
  funding_rate: decimal,
  funding_interval: positive,
  funding_next_apply: timeOfEither,
  position_size: z.optional(nonNegative),
});

/** The answer carries no time of its own: `nowMs` is the venue's by our reckoning. */
export const snapshotFrom = (
  now: z.infer<typeof contractNowSchema>,
  contractSize: number,
  nowMs: number,
): Snapshot => ({
  openInterest:
    now.position_size === undefined ? null : { timeMs: nowMs, openInterest: now.position_size * contractSize },
  markPrice: now.mark_price,
  fundingRate: now.funding_rate,
  nextFundingTimeMs: now.funding_next_apply,
  fundingIntervalMs: now.funding_interval * SECOND_MS,
  venueTimeMs: null,
});

/** `..._usd_new` replaces a figure whose reckoning the venue corrected; older answers lack it. */
const stat = z.object({
  time: timeOfEither,
  open_interest: nonNegative,
  lsr_account: z.optional(nonNegative),
  lsr_taker: z.optional(nonNegative),
  long_taker_size: z.optional(nonNegative),
  short_taker_size: z.optional(nonNegative),
  long_liq_usd: z.optional(nonNegative),
  short_liq_usd: z.optional(nonNegative),
  long_liq_usd_new: z.optional(nonNegative),
  short_liq_usd_new: z.optional(nonNegative),
});
export const statsSchema = z.array(stat);
export type Stat = z.infer<typeof stat>;

/** In base units, one side's, as of the row's time. */
export const pointFromStat = ({ time, open_interest }: Stat, contractSize: number): OpenInterestPoint => ({
  timeMs: time,
  openInterest: open_interest * contractSize,
});

/** What takers bought and sold from the row's time on, in contracts; older answers tell only the quotient of the two. */
export const takersFromStat = ({
  time,
  long_taker_size,
  short_taker_size,
  lsr_taker,
}: z.infer<typeof stat>): TakerRow[] => {
  if (long_taker_size !== undefined && short_taker_size !== undefined)
    return [{ timeMs: time, buys: long_taker_size, sells: short_taker_size }];
  return lsr_taker === undefined ? [] : [{ timeMs: time, buys: lsr_taker, sells: 1 }];
};

/** USD of the period that opens at the row's time; NaN where the venue does not tell. */
export const totalFromStat = (row: Stat): LiquidationTotal => ({
  openTimeMs: row.time,
  longUsd: row.long_liq_usd_new ?? row.long_liq_usd ?? NaN,
  shortUsd: row.short_liq_usd_new ?? row.short_liq_usd ?? NaN,
});

/** `size` is the position's, so its sign is the position's side; `order_size` what was closed of it. */
const liquidatedOrder = z.object({
  time: timeOfEither,
  size: nonZero,
  order_size: z.optional(decimal),
  order_price: positive,
  fill_price: z.optional(nonNegative),
});
export type LiquidatedOrder = z.infer<typeof liquidatedOrder>;
export const liquidatedOrdersSchema = z.array(liquidatedOrder);

/** Closed by an order: its limit is the bankruptcy price. Quantity in base units. */
export const liquidationFromOrder = (order: LiquidatedOrder, contractSize: number): Liquidation => ({
  timeMs: order.time,
  positionSide: order.size > 0 ? 'long' : 'short',
  bankruptcyPrice: order.order_price,
  averagePrice: order.fill_price || NaN,
  qty: Math.abs(order.order_size || order.size) * contractSize,
});

const ticker = z.object({
  contract: z.string(),
  last: positive,
  mark_price: positive,
  total_size: nonNegative,
  change_percentage: decimal,
  volume_24h_quote: z.optional(nonNegative),
  volume_24h_settle: z.optional(nonNegative),
  funding_rate: decimal,
});

/** Rows that cannot be read, or of contracts whose size nobody told, are left out. */
export const tickersFromList = (rows: readonly unknown[], sizes: ReadonlyMap<string, number>): Ticker[] =>
  keepValid(ticker, rows).flatMap((row) => {
    const contractSize = sizes.get(row.contract);
    if (contractSize === undefined) return [];
    return {
      symbol: row.contract,
      lastPrice: row.last,
      markPrice: row.mark_price,
      openInterest: row.total_size * contractSize,
      change24h: row.change_percentage / 100,
      volume24hUsd: row.volume_24h_quote ?? row.volume_24h_settle ?? NaN,
      fundingRate: row.funding_rate,
      fundingIntervalMs: NaN,
    };
  });

/** A tier reaches up to `risk_limit` of notional. */
const riskLimitTier = z.object({
  risk_limit: positive,
  maintenance_rate: positive.check(z.refine((value) => value <= 1, 'above one')),
  leverage_max: positive,
  deduction: nonNegative,
});
export const riskLimitTiersSchema = z.array(riskLimitTier).check(isFilled);

/** Each tier's floor is the cap of the one below, whatever order they come in; the last is left open. */
export function tiersFromLimits(limits: z.infer<typeof riskLimitTiersSchema>): RiskTier[] {
  const sorted = [...limits].sort((a, b) => a.risk_limit - b.risk_limit);
  return withOpenEnd(
    sorted.map((limit, i) => ({
      notionalFloor: sorted[i - 1]?.risk_limit ?? 0,
      notionalCap: limit.risk_limit,
      maintenanceMarginRate: limit.maintenance_rate,
      maintenanceAmount: limit.deduction,
      maxLeverage: limit.leverage_max,
    })),
  );
}

export const timeSchema = z.object({ server_time: timeMs });

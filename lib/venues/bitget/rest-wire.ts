import * as z from 'zod/mini';

import { isFilled } from '@/lib/core/checks';
import { HOUR_MS } from '@/lib/core/time';
import { splitMultiplier } from '@/lib/market/asset';
import { assetClassOf } from '@/lib/market/asset-class';
import { barOfTrades, type Bar } from '@/lib/market/bar';
import { contractId, isDollar, type Contract } from '@/lib/market/contract';
import type { Liquidation } from '@/lib/market/liquidation';
import type { RiskTier } from '@/lib/market/risk-tier';
import type { Ticker } from '@/lib/market/ticker';
import { tiersWithoutDeduction } from '@/lib/venues/flat-tiers';
import type { Snapshot } from '@/lib/venues/venue';
import { decimal, keepValid, nonNegative, positive, timeMs } from '@/lib/venues/wire';

/** Every answer: `{code, msg, requestTime, data}`; a code other than 00000 is a refusal and judged before the schema. */
const rows = <T extends z.ZodMiniType>(row: T) => z.object({ data: z.array(row) });
/** Long listings, whose odd rows cost only themselves. */
export const listingSchema = rows(z.unknown());

/** Rows of candles: open time, open, high, low, close, base volume, quote volume. */
const candleRow = z
  .tuple([timeMs, positive, positive, positive, positive, nonNegative], z.any())
  .check(z.refine((row) => row[2] >= row[3], 'high below low'));
export type CandleRow = z.infer<typeof candleRow>;
export const candlesSchema = rows(candleRow);

/** Volume in base units; without mark prices and without the takers' split, which candles lack. */
export const barFromCandle = ([openTimeMs, open, high, low, close, volume]: CandleRow): Bar =>
  barOfTrades({ openTimeMs, open, high, low, close, volume });

/** No price is written with more; 10 to the power of a few hundred would leave no tick. */
const MOST_DECIMALS = 20;
const decimals = nonNegative.check(
  z.refine((value) => Number.isInteger(value) && value <= MOST_DECIMALS, 'not a number of decimals'),
);

const contractSchema = z.object({
  symbol: z.string(),
  baseCoin: z.string(),
  quoteCoin: z.string(),
  symbolType: z.literal('perpetual'),
  symbolStatus: z.string(),
  pricePlace: decimals,
  priceEndStep: positive,
  sizeMultiplier: positive,
  launchTime: z.optional(z.nullable(z.string())),
  isRwa: z.optional(z.string()),
});

/** The perpetuals in dollars; dated futures and rows that cannot be read are left out. */
export const contractsFrom = (list: readonly unknown[]): Contract[] =>
  keepValid(contractSchema, list)
    .filter(({ quoteCoin }) => isDollar(quoteCoin))
    .map((row) => {
      const { baseAsset, multiplier } = splitMultiplier(row.baseCoin);
      return {
        id: contractId('bitget', row.symbol),
        venueId: 'bitget',
        symbol: row.symbol,
        baseAsset,
        multiplier,
        quoteAsset: row.quoteCoin,
        assetClass: assetClassOf(baseAsset, row.isRwa === 'YES' ? 'tradfi' : null),
        settlement: 'linear',
        // `priceEndStep` counts in the last of the `pricePlace` decimals.
        tickSize: row.priceEndStep / 10 ** row.pricePlace,
        qtyStep: row.sizeMultiplier,
        isTrading: row.symbolStatus === 'normal',
        // Contracts from before the field have none.
        listedTimeMs: launchedMs(row.launchTime),
      };
    });

function launchedMs(text: string | null | undefined): number {
  const time = timeMs.safeParse(text);
  return time.success ? time.data : 0;
}

const optionalFigure = z.optional(z.nullable(z.string()));
/** NaN also for what cannot be: these come along with figures that are needed. */
const figure = (text: string | null | undefined, least = -Infinity): number => {
  const value = text ? Number(text) : NaN;
  return value >= least && Math.abs(value) < Infinity ? value : NaN;
};
const quantity = (text: string | null | undefined): number => figure(text, 0);
const price = (text: string | null | undefined): number => figure(text, Number.MIN_VALUE);
const orNull = (value: number): number | null => (Number.isFinite(value) ? value : null);

const tickerSchema = z.object({
  symbol: z.string(),
  lastPr: positive,
  change24h: optionalFigure,
  usdtVolume: optionalFigure,
  fundingRate: optionalFigure,
  holdingAmount: optionalFigure,
  markPrice: optionalFigure,
  ts: timeMs,
});
type TickerRow = z.infer<typeof tickerSchema>;
export const oneTickerSchema = z.object({ data: z.tuple([tickerSchema], z.any()) });

/** Rows that cannot be read are left out; the interval of funding is not told here. */
export const tickersFrom = (list: readonly unknown[]): Ticker[] =>
  keepValid(tickerSchema, list).map((row) => ({
    symbol: row.symbol,
    lastPrice: row.lastPr,
    markPrice: price(row.markPrice),
    openInterest: quantity(row.holdingAmount),
    change24h: figure(row.change24h),
    volume24hUsd: quantity(row.usdtVolume),
    fundingRate: figure(row.fundingRate),
    fundingIntervalMs: NaN,
  }));

const fundingRow = z.object({ fundingRate: decimal, fundingRateInterval: positive, nextUpdate: timeMs });
export const fundingSchema = z.object({ data: z.tuple([fundingRow], z.any()) });

/** `fundingRateInterval` counts hours. */
export function snapshotFrom(ticker: TickerRow, funding: z.infer<typeof fundingRow> | null): Snapshot {
  const openInterest = quantity(ticker.holdingAmount);
  return {
    openInterest: Number.isFinite(openInterest) ? { timeMs: ticker.ts, openInterest } : null,
    markPrice: orNull(price(ticker.markPrice)),
    fundingRate: funding?.fundingRate ?? orNull(figure(ticker.fundingRate)),
    nextFundingTimeMs: funding?.nextUpdate ?? null,
    fundingIntervalMs: funding === null ? null : funding.fundingRateInterval * HOUR_MS,
    venueTimeMs: ticker.ts,
  };
}

export const ratioSchema = rows(z.object({ longShortAccountRatio: nonNegative, ts: timeMs }));

/** In base units, by those who read it. */
export const takersSchema = rows(z.object({ buyVolume: nonNegative, sellVolume: nonNegative, ts: timeMs }));

export const timeSchema = z.object({ data: z.object({ serverTime: timeMs }) });

const rate = positive.check(z.refine((value) => value <= 1, 'above one'));
const tierRow = z.object({ minTierValue: nonNegative, maxTierValue: positive, leverage: positive, mmr: rate });
export const tiersSchema = z.object({ data: z.array(tierRow).check(isFilled) });

/** Tiers are counted in USDT. */
export const tiersFrom = (list: readonly z.infer<typeof tierRow>[]): RiskTier[] =>
  tiersWithoutDeduction(
    list.map((row) => ({
      notionalFloor: row.minTierValue,
      notionalCap: row.maxTierValue,
      maintenanceMarginRate: row.mmr,
      maxLeverage: row.leverage,
    })),
  );

/** One order, the same over REST and on the stream. */
export const liquidationRowSchema = z.object({
  symbol: z.string(),
  side: z.enum(['buy', 'sell']),
  price: positive,
  amount: positive,
  ts: timeMs,
});
export type LiquidationRow = z.infer<typeof liquidationRowSchema>;
export const liquidationsSchema = z.object({
  data: z.object({ list: z.array(liquidationRowSchema), cursor: z.optional(z.nullable(z.string())) }),
});

/** `side` is the position's, buy a long; `amount` is in USDT: amount / price is a whole number of size steps. */
export const liquidationFrom = (row: LiquidationRow): Liquidation => ({
  timeMs: row.ts,
  positionSide: row.side === 'buy' ? 'long' : 'short',
  bankruptcyPrice: row.price,
  averagePrice: NaN,
  qty: row.amount / row.price,
});

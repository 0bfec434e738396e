import * as z from 'zod/mini';

import { HOUR_MS, MINUTE_MS, SECOND_MS } from '@/lib/core/time';
import { splitMultiplier } from '@/lib/market/asset';
import { assetClassOf, type AssetHint } from '@/lib/market/asset-class';
import { barOfTrades, type Bar, type OpenInterestPoint } from '@/lib/market/bar';
import { contractId, isDollar, type Contract } from '@/lib/market/contract';
import { areSound, withOpenEnd, type RiskTier } from '@/lib/market/risk-tier';
import type { Ticker } from '@/lib/market/ticker';
import type { Refusal } from '@/lib/venues/http';
import type { MarkBar } from '@/lib/venues/join-mark-prices';
import type { Snapshot } from '@/lib/venues/venue';
import { decimal, keepValid, nonNegative, positive, timeMs } from '@/lib/venues/wire';

import { isPerpetual, type Category } from './category';

/** Every answer: the venue's clock in ms, and a code that is 0 where it is one. */
const envelope = <T>(result: z.ZodMiniType<T>) => z.object({ retCode: z.literal(0), time: timeMs, result });

const refusalSchema = z.object({ retCode: z.number() });
/** Too many requests of this endpoint, of this address. */
const RATE_CODES = new Set([10006, 10018]);
/** Limits of an endpoint are counted by the second, those of an address by five. */
const RATE_WAIT_MS = 10 * SECOND_MS;
/** "Terminate all HTTP sessions and wait for at least 10 minutes." */
const BAN_WAIT_MS = 10 * MINUTE_MS;

/** What Bybit refuses in its own words: most of it comes with status 200. */
export function refusalOf(status: number, json: unknown, text: string): Refusal | null {
  if (status === 403 && /too frequent/i.test(text)) return { kind: 'limited', code: '403', waitMs: BAN_WAIT_MS };
  if (status !== 200) return null;
  const parsed = refusalSchema.safeParse(json);
  if (!parsed.success || parsed.data.retCode === 0) return null;
  const code = String(parsed.data.retCode);
  return RATE_CODES.has(parsed.data.retCode) ? { kind: 'limited', code, waitMs: RATE_WAIT_MS } : { kind: 'http', code };
}

/** Start, open, high, low, close; those of trades go on with volume in the contract's unit and turnover. */
const isOrdered = z.refine<[number, number, number, number, ...unknown[]]>((row) => row[2] >= row[3], 'high below low');
const klineRow = z.tuple([timeMs, positive, positive, positive, positive, nonNegative], z.any()).check(isOrdered);
const markRow = z.tuple([timeMs, positive, positive, positive, positive], z.any()).check(isOrdered);
export const klinesSchema = envelope(z.object({ list: z.array(klineRow) }));
export const marksSchema = envelope(z.object({ list: z.array(markRow) }));

/** Without mark prices, and without the takers' split, which Bybit's klines lack. */
export const barFromKline = ([openTimeMs, open, high, low, close, volume]: z.infer<typeof klineRow>): Bar =>
  barOfTrades({ openTimeMs, open, high, low, close, volume });

/** Open time, open, high, low, close. */
export const markFromRow = ([openTimeMs, , high, low, close]: z.infer<typeof markRow>): MarkBar => ({
  openTimeMs,
  high,
  low,
  close,
});

/** `openInterest` counts both sides of each contract, `singleOpenInterest` (since 2026-06-11) one. */
const interest = { openInterest: nonNegative, singleOpenInterest: z.optional(nonNegative) };
const oneSide = (row: { readonly openInterest: number; readonly singleOpenInterest?: number | undefined }): number =>
  row.singleOpenInterest ?? row.openInterest / 2;

const interestRow = z.object({ ...interest, timestamp: timeMs });
export const openInterestSchema = envelope(z.object({ list: z.array(interestRow) }));
/** One side's, as of the row's own time. */
export const pointFromRow = (row: z.infer<typeof interestRow>): OpenInterestPoint => ({
  timeMs: row.timestamp,
  openInterest: oneSide(row),
});

const tickerRow = z.object({
  symbol: z.string(),
  lastPrice: positive,
  markPrice: positive,
  ...interest,
  price24hPcnt: decimal,
  turnover24h: nonNegative,
  volume24h: nonNegative,
  fundingRate: decimal,
  nextFundingTime: timeMs,
  fundingIntervalHour: z.optional(positive),
});
export const tickersSchema = envelope(z.object({ list: z.array(z.unknown()) }));

/** The perpetuals of an answer; rows that cannot be read and dated futures are left out. */
export const tickerRows = (list: readonly unknown[]): z.infer<typeof tickerRow>[] =>
  keepValid(tickerRow, list).filter(({ symbol }) => isPerpetual(symbol));

/** Volume of an inverse contract counts in USD, its turnover in coin. */
export const tickerFromRow = (row: z.infer<typeof tickerRow>, category: Category): Ticker => ({
  symbol: row.symbol,
  lastPrice: row.lastPrice,
  markPrice: row.markPrice,
  openInterest: oneSide(row),
  change24h: row.price24hPcnt,
  volume24hUsd: category === 'inverse' ? row.volume24h : row.turnover24h,
  fundingRate: row.fundingRate,
  fundingIntervalMs: (row.fundingIntervalHour ?? NaN) * HOUR_MS,
});

/** `venueTimeMs`: of the answer, since a ticker tells no time. */
export const snapshotFromRow = (row: z.infer<typeof tickerRow>, venueTimeMs: number): Snapshot => ({
  openInterest: { timeMs: venueTimeMs, openInterest: oneSide(row) },
  markPrice: row.markPrice,
  fundingRate: row.fundingRate,
  nextFundingTimeMs: row.nextFundingTime,
  fundingIntervalMs: row.fundingIntervalHour === undefined ? null : row.fundingIntervalHour * HOUR_MS,
  venueTimeMs,
});

export const ratioSchema = envelope(z.object({ list: z.array(z.object({ buyRatio: positive, sellRatio: positive })) }));

export const timeSchema = envelope(z.unknown());

/** `nextPageCursor` is empty or missing on the last page. */
export const instrumentsSchema = envelope(
  z.object({ list: z.array(z.unknown()), nextPageCursor: z.optional(z.nullable(z.string())) }),
);
const instrumentRow = z.object({
  symbol: z.string(),
  contractType: z.enum(['LinearPerpetual', 'InversePerpetual']),
  status: z.string(),
  baseCoin: z.string(),
  quoteCoin: z.string(),
  symbolType: z.optional(z.string()),
  launchTime: timeMs,
  priceFilter: z.object({ tickSize: positive }),
  lotSizeFilter: z.object({ qtyStep: positive }),
});
/** Words of `symbolType`; it is empty or tells a trading zone for coins. */
const ASSET_HINTS: Readonly<Record<string, AssetHint>> = {
  stock: 'equity',
  xstocks: 'equity',
  commodity: 'commodity',
  index: 'index',
};

/** The perpetuals in dollars of a listing; dated futures and rows that cannot be read are left out. */
export const contractsFromRows = (list: readonly unknown[]): Contract[] =>
  keepValid(instrumentRow, list)
    .filter(({ quoteCoin }) => isDollar(quoteCoin))
    .map((row) => {
      const { baseAsset, multiplier } = splitMultiplier(row.baseCoin);
      return {
        id: contractId('bybit', row.symbol),
        venueId: 'bybit',
        symbol: row.symbol,
        baseAsset,
        multiplier,
        quoteAsset: row.quoteCoin,
        assetClass: assetClassOf(baseAsset, ASSET_HINTS[row.symbolType ?? ''] ?? null),
        settlement: row.contractType === 'InversePerpetual' ? 'inverse' : 'linear',
        tickSize: row.priceFilter.tickSize,
        qtyStep: row.lotSizeFilter.qtyStep,
        isTrading: row.status === 'Trading',
        listedTimeMs: row.launchTime,
      };
    });

const tierRow = z.object({
  symbol: z.string(),
  riskLimitValue: positive,
  maintenanceMargin: positive,
  initialMargin: positive,
  maxLeverage: positive,
  /** Empty for the first tier. */
  mmDeduction: z.optional(z.union([z.literal(''), nonNegative])),
});
export const riskLimitSchema = envelope(z.object({ list: z.array(z.unknown()) }));

/**
 * A contract's brackets: a row tells how far it reaches, in quote or, of an inverse contract, in coin. Rates are fractions,
 * in the documentation's example percent: initial margin times leverage tells which. None where no row can be read.
 */
export function tiersFromRows(list: readonly unknown[], symbol: string): RiskTier[] {
  const rows = keepValid(tierRow, list)
    .filter((row) => row.symbol === symbol)
    .sort((a, b) => a.riskLimitValue - b.riskLimitValue);
  const tiers = rows.map((row, i) => {
    const isPercent = row.initialMargin * row.maxLeverage > 10;
    return {
      notionalFloor: i === 0 ? 0 : rows[i - 1].riskLimitValue,
      notionalCap: row.riskLimitValue,
      maintenanceMarginRate: row.maintenanceMargin * (isPercent ? 0.01 : 1),
      maintenanceAmount: row.mmDeduction || 0,
      maxLeverage: row.maxLeverage,
    };
  });
  const open = withOpenEnd(tiers);
  return areSound(open) ? open : [];
}

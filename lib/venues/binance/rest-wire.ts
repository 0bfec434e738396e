import * as z from 'zod/mini';

import { isFilled } from '@/lib/core/checks';
import { splitMultiplier } from '@/lib/market/asset';
import { assetClassOf, type AssetHint } from '@/lib/market/asset-class';
import type { Bar, OpenInterestPoint } from '@/lib/market/bar';
import { contractId, isDollar, type Contract } from '@/lib/market/contract';
import { areSound, withOpenEnd, type RiskTiers } from '@/lib/market/risk-tier';
import type { TradingSchedule, TradingSession } from '@/lib/market/trading-hours';
import type { Snapshot } from '@/lib/venues/venue';
import { ascending, decimal, isRow, keepValid, nonNegative, positive, timeMs, type Row } from '@/lib/venues/wire';

import type { BinanceProduct } from './product';

/** Rows of `/klines` and `/markPriceKlines`: open time, open, high, low, close, volume, close time, other volume, trades, taker buys; volumes in base units, COIN-M's in contracts. */
const klineRow = z
  .tuple([timeMs, positive, positive, positive, positive, nonNegative, timeMs, z.any(), z.any(), nonNegative], z.any())
  .check(z.refine((row) => row[2] >= row[3], 'high below low'));
export const klinesSchema = z.array(klineRow);
export type KlineRow = z.infer<typeof klineRow>;

/** A bar without its mark prices; `size` of one contract in its unit. */
export const barFromKline = (
  [openTimeMs, open, high, low, close, volume, , , , takerBuyVolume]: KlineRow,
  size: number,
): Bar => ({
  openTimeMs,
  open,
  high,
  low,
  close,
  volume: volume * size,
  takerBuyVolume: takerBuyVolume * size,
  markHigh: NaN,
  markLow: NaN,
  markClose: NaN,
});

export const openInterestHistSchema = z.array(z.object({ sumOpenInterest: nonNegative, timestamp: timeMs }));

export const openInterestSchema = z.object({ openInterest: nonNegative, time: timeMs });

const premiumSchema = z.object({
  markPrice: positive,
  lastFundingRate: decimal,
  nextFundingTime: timeMs,
  time: timeMs,
});
type Premium = z.infer<typeof premiumSchema>;
/** Of one contract: COIN-M wraps it in a list. */
export const premiumIndexSchema = z.union([premiumSchema, z.tuple([premiumSchema])]);

/** `ticker/24hr` and `premiumIndex` of all contracts, whose rows are read one by one. */
export const rowsSchema = z.array(z.unknown());

/** `fundingIntervalMs` stays unknown: `fundingInfo` alone tells it, and only for contracts that differ from the rule. */
export const snapshotFrom = (
  interest: z.infer<typeof openInterestSchema> | null,
  premium: Premium | null,
  fundingIntervalMs: number | null,
  size: number,
): Snapshot => ({
  openInterest: interest === null ? null : { timeMs: interest.time, openInterest: interest.openInterest * size },
  markPrice: premium?.markPrice ?? null,
  fundingRate: premium?.lastFundingRate ?? null,
  nextFundingTimeMs: premium?.nextFundingTime ?? null,
  fundingIntervalMs,
  venueTimeMs: premium?.time ?? null,
});

/** Only contracts that differ from the rule are listed. */
export const fundingInfoSchema = z.array(z.object({ symbol: z.string(), fundingIntervalHours: positive }));

export const longShortSchema = z.array(z.object({ longShortRatio: nonNegative, timestamp: timeMs }));

export const timeSchema = z.object({ serverTime: timeMs });

export const exchangeInfoSchema = z.object({ serverTime: timeMs, symbols: z.array(z.unknown()) });

const filterSchema = z.object({
  filterType: z.string(),
  tickSize: z.optional(positive),
  stepSize: z.optional(positive),
});
const symbolSchema = z.object({
  symbol: z.string(),
  contractType: z.enum(['PERPETUAL', 'TRADIFI_PERPETUAL']),
  status: z.optional(z.string()),
  /** COIN-M's name for it. */
  contractStatus: z.optional(z.string()),
  /** COIN-M alone, in USD. */
  contractSize: z.optional(positive),
  underlyingType: z.optional(z.string()),
  baseAsset: z.string(),
  quoteAsset: z.string(),
  onboardDate: timeMs,
  filters: z.array(filterSchema),
});

/** Words of `underlyingType`. */
const ASSET_HINTS: Readonly<Record<string, AssetHint>> = {
  COIN: 'crypto',
  INDEX: 'index',
  EQUITY: 'equity',
  COMMODITY: 'commodity',
};

/** A contract, and the worth of one contract in its unit. */
export interface ListedContract {
  readonly contract: Contract;
  readonly size: number;
}

/** The perpetuals in dollars among `exchangeInfo.symbols`; dated futures and rows that cannot be read are left out. */
export function contractsFromSymbols(
  symbols: readonly unknown[],
  { id: venueId, settlement }: Pick<BinanceProduct, 'id' | 'settlement'>,
): ListedContract[] {
  return keepValid(symbolSchema, symbols).flatMap((row) => {
    const tickSize = row.filters.find((filter) => filter.filterType === 'PRICE_FILTER')?.tickSize;
    const qtyStep = row.filters.find((filter) => filter.filterType === 'LOT_SIZE')?.stepSize;
    const size = settlement === 'inverse' ? row.contractSize : 1;
    if (tickSize === undefined || qtyStep === undefined || size === undefined || !isDollar(row.quoteAsset)) return [];
    const { baseAsset, multiplier } = splitMultiplier(row.baseAsset);
    const contract: Contract = {
      id: contractId(venueId, row.symbol),
      venueId,
      symbol: row.symbol,
      baseAsset,
      multiplier,
      quoteAsset: row.quoteAsset,
      assetClass: assetClassOf(baseAsset, ASSET_HINTS[row.underlyingType ?? ''] ?? null),
      settlement,
      tickSize,
      qtyStep: qtyStep * size,
      isTrading: (row.status ?? row.contractStatus) === 'TRADING',
      listedTimeMs: row.onboardDate,
    };
    return { contract, size };
  });
}

/** Of each market behind what is off the chain, a week's sessions; each is looked at by itself. */
export const scheduleSchema = z.object({ marketSchedules: z.custom<Row>(isRow) });

const sessionsSchema = z.object({
  sessions: z.array(z.object({ startTime: timeMs, endTime: timeMs, type: z.string() })),
});

/** American shares are named `EQUITY`, or with their country beside those of others. */
const SCHEDULE_NAMES = { commodity: /^commodity$/i, equity: /^(us[ _]?)?equity$/i };

/** A market that is not told, or not readably, has no sessions. */
export function scheduleFrom(markets: Readonly<Record<string, unknown>>): TradingSchedule {
  const sessionsOf = (name: RegExp): TradingSession[] => {
    const parsed = sessionsSchema.safeParse(Object.entries(markets).find(([key]) => name.test(key))?.[1]);
    const told = parsed.success ? parsed.data.sessions : [];
    const sessions = told.filter(({ startTime, endTime }) => endTime > startTime);
    return ascending(
      sessions.map(({ startTime, endTime, type }) => ({
        startMs: startTime,
        endMs: endTime,
        isOpen: type !== 'NO_TRADING',
      })),
      ({ startMs }) => startMs,
    );
  };
  return { commodity: sessionsOf(SCHEDULE_NAMES.commodity), equity: sessionsOf(SCHEDULE_NAMES.equity) };
}

const rate = positive.check(z.refine((value) => value <= 1, 'above one'));

/** Undocumented: the website's own list of brackets. */
export const bracketsSchema = z.object({ data: z.object({ brackets: z.array(z.unknown()) }) });

const symbolBracketsSchema = z.object({
  symbol: z.string(),
  updateTime: z.optional(timeMs),
  riskBrackets: z
    .array(
      z.object({
        bracketNotionalFloor: nonNegative,
        bracketNotionalCap: positive,
        bracketMaintenanceMarginRate: rate,
        cumFastMaintenanceAmount: nonNegative,
        maxOpenPosLeverage: positive,
      }),
    )
    .check(isFilled),
});

/** Brackets per symbol; `fallbackTimeMs` dates those that carry no time of their own. */
export function tiersFromBrackets(brackets: readonly unknown[], fallbackTimeMs: number): Map<string, RiskTiers> {
  return new Map(
    keepValid(symbolBracketsSchema, brackets).flatMap(({ symbol, updateTime, riskBrackets }) => {
      const tiers = riskBrackets.map((bracket) => ({
        notionalFloor: bracket.bracketNotionalFloor,
        notionalCap: bracket.bracketNotionalCap,
        maintenanceMarginRate: bracket.bracketMaintenanceMarginRate,
        maintenanceAmount: bracket.cumFastMaintenanceAmount,
        maxLeverage: bracket.maxOpenPosLeverage,
      }));
      const open = withOpenEnd(tiers);
      if (!areSound(open)) return [];
      return [[symbol, { tiers: open, source: 'venue', asOfMs: updateTime ?? fallbackTimeMs }] as const];
    }),
  );
}

/** `size`: worth of one contract in its unit; open interest comes out in the contract's own unit. */
export const pointFromHistory = (
  row: z.infer<typeof openInterestHistSchema>[number],
  size: number,
): OpenInterestPoint => ({
  timeMs: row.timestamp,
  openInterest: row.sumOpenInterest * size,
});

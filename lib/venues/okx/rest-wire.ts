import * as z from 'zod/mini';

import { isFilled } from '@/lib/core/checks';
import { splitMultiplier } from '@/lib/market/asset';
import { assetClassOf, type AssetHint } from '@/lib/market/asset-class';
import { BAR_MS, barOfTrades, type Bar, type OpenInterestPoint } from '@/lib/market/bar';
import { contractId, type Contract } from '@/lib/market/contract';
import type { Liquidation } from '@/lib/market/liquidation';
import type { RiskTier } from '@/lib/market/risk-tier';
import { tiersWithoutDeduction } from '@/lib/venues/flat-tiers';
import type { MarkBar } from '@/lib/venues/join-mark-prices';
import type { Snapshot } from '@/lib/venues/venue';
import { decimal, keepValid, nonNegative, positive, timeMs } from '@/lib/venues/wire';

/** Every answer: `{code, msg, data}`; a code other than 0 is a refusal and judged before the schema. */
const answer = <T extends z.ZodMiniType>(row: T) => z.object({ data: z.array(row) });
/** Long listings, whose odd rows cost only themselves. */
export const listingSchema = answer(z.unknown());

const rangeIsSane = (row: readonly unknown[]): boolean => (row[2] as number) >= (row[3] as number);
const CLOSED = '1';

/** Rows of the trades' candles: open time, open, high, low, close, contracts, base or USD, quote, whether it has closed. */
export const candleRow = z
  .tuple([timeMs, positive, positive, positive, positive, nonNegative, z.any(), z.any(), z.string()], z.any())
  .check(z.refine(rangeIsSane, 'high below low'));
export type CandleRow = z.infer<typeof candleRow>;
export const candlesSchema = answer(candleRow);

/** `unit`: how much one contract is. */
export const barFromCandle = ([openTimeMs, open, high, low, close, contracts]: CandleRow, unit: number): Bar =>
  barOfTrades({ openTimeMs, open, high, low, close, volume: contracts * unit });
/** A candle's own word; the open one is told as well. */
export const isClosedCandle = (row: CandleRow): boolean => row[8] === CLOSED;

const markRow = z
  .tuple([timeMs, positive, positive, positive, positive, z.string()], z.any())
  .check(z.refine(rangeIsSane, 'high below low'));
export type MarkRow = z.infer<typeof markRow>;
export const marksSchema = answer(markRow);
/** Open time, open, high, low, close, whether it has closed. */
export const markFromRow = ([openTimeMs, , high, low, close]: MarkRow): MarkBar => ({ openTimeMs, high, low, close });
/** A mark candle's own word. */
export const isClosedMark = (row: MarkRow): boolean => row[5] === CLOSED;

const instrumentSchema = z.object({
  instType: z.literal('SWAP'),
  instId: z.string(),
  instFamily: z.string(),
  ctType: z.enum(['linear', 'inverse']),
  ctVal: positive,
  ctMult: positive,
  ctValCcy: z.string(),
  lotSz: positive,
  tickSz: positive,
  listTime: timeMs,
  state: z.string(),
  instCategory: z.optional(z.string()),
});

/** Words of `instCategory`; contracts from before it have none. */
const ASSET_HINTS: Readonly<Record<string, AssetHint>> = { '1': 'crypto', '3': 'equity', '4': 'commodity' };

/** A contract and how much one of it is: base units, or USD where it is inverse. */
export interface Instrument {
  readonly contract: Contract;
  readonly unit: number;
}

/** The perpetuals in dollars; rows that cannot be read, or are sized in something else, are left out. */
export function instrumentsFrom(rows: readonly unknown[]): Instrument[] {
  return keepValid(instrumentSchema, rows).flatMap((row) => {
    const [base, quoteAsset] = row.instFamily.split('-');
    const isInverse = row.ctType === 'inverse';
    if (!(isInverse ? ['USD'] : ['USDT', 'USDC']).includes(quoteAsset)) return [];
    if (row.ctValCcy !== (isInverse ? 'USD' : base)) return [];
    const { baseAsset, multiplier } = splitMultiplier(base);
    const unit = row.ctVal * row.ctMult;
    const contract: Contract = {
      id: contractId('okx', row.instId),
      venueId: 'okx',
      symbol: row.instId,
      baseAsset,
      multiplier,
      quoteAsset,
      assetClass: assetClassOf(baseAsset, ASSET_HINTS[row.instCategory ?? ''] ?? null),
      settlement: row.ctType,
      tickSize: row.tickSz,
      qtyStep: row.lotSz * unit,
      isTrading: row.state === 'live',
      listedTimeMs: row.listTime,
    };
    return { contract, unit };
  });
}

/** `[start of the period, sold, bought]`, in contracts. */
export const takerVolumeSchema = answer(z.tuple([timeMs, nonNegative, nonNegative], z.any()));

/** `[ts, contracts, base, USD]`. */
const openInterestRow = z.tuple([timeMs, nonNegative], z.any());
export const openInterestHistorySchema = answer(openInterestRow);

/** A row is labelled by the start of its period and tells how much was open at the period's end. */
export const pointFromHistory = (
  [ts, contracts]: z.infer<typeof openInterestRow>,
  unit: number,
): OpenInterestPoint => ({ timeMs: ts + BAR_MS, openInterest: contracts * unit });

export const openInterestRowSchema = z.object({ instId: z.string(), oi: nonNegative, ts: timeMs });
export const openInterestSchema = answer(openInterestRowSchema);

export const markPriceRowSchema = z.object({ instId: z.string(), markPx: positive, ts: timeMs });
export const markPriceSchema = z.object({ data: z.tuple([markPriceRowSchema], z.any()) });

/** `fundingTime` is the next settlement, `nextFundingTime` the one after. */
export const fundingRowSchema = z.object({
  instId: z.string(),
  fundingRate: decimal,
  fundingTime: timeMs,
  nextFundingTime: z.optional(timeMs),
});
export const fundingSchema = answer(fundingRowSchema);

/** Null where the venue does not say. */
export function intervalOf(funding: z.infer<typeof fundingRowSchema> | undefined): number | null {
  const intervalMs = (funding?.nextFundingTime ?? NaN) - (funding?.fundingTime ?? NaN);
  return intervalMs > 0 ? intervalMs : null;
}

/** Each part is missing where its request failed. */
export const snapshotFrom = (
  interest: z.infer<typeof openInterestRowSchema> | undefined,
  mark: z.infer<typeof markPriceRowSchema> | undefined,
  funding: z.infer<typeof fundingRowSchema> | undefined,
  unit: number,
): Snapshot => ({
  openInterest: interest === undefined ? null : { timeMs: interest.ts, openInterest: interest.oi * unit },
  markPrice: mark?.markPx ?? null,
  fundingRate: funding?.fundingRate ?? null,
  nextFundingTimeMs: funding?.fundingTime ?? null,
  fundingIntervalMs: intervalOf(funding),
  venueTimeMs: mark?.ts ?? null,
});

export const tickerRowSchema = z.object({
  instId: z.string(),
  last: positive,
  open24h: positive,
  /** Contracts. */
  vol24h: nonNegative,
});

export const ratioSchema = answer(z.tuple([timeMs, nonNegative], z.any()));

export const timeSchema = z.object({ data: z.tuple([z.object({ ts: timeMs })], z.any()) });

const rate = positive.check(z.refine((value) => value <= 1, 'above one'));
const tierRow = z.object({ minSz: nonNegative, maxSz: positive, mmr: rate, maxLever: positive });
export const tiersSchema = z.object({ data: z.array(tierRow).check(isFilled) });

/** Tiers are counted in contracts: `notionalPerContract`, in quote currency or, of an inverse contract, in coin, is what one is worth. */
export const tiersFromRows = (rows: readonly z.infer<typeof tierRow>[], notionalPerContract: number): RiskTier[] =>
  tiersWithoutDeduction(
    rows.map((row) => ({
      notionalFloor: row.minSz * notionalPerContract,
      notionalCap: row.maxSz * notionalPerContract,
      maintenanceMarginRate: row.mmr,
      maxLeverage: row.maxLever,
    })),
  );

/** One order of `liquidation-orders`, the same over REST and on the stream. */
const liquidationOrder = z.object({
  bkPx: positive,
  sz: positive,
  side: z.enum(['buy', 'sell']),
  posSide: z.optional(z.string()),
  ts: timeMs,
});
export const liquidationRowSchema = z.object({ instId: z.string(), details: z.array(liquidationOrder) });
export const liquidationsSchema = answer(liquidationRowSchema);

/** `posSide` is `net` in one-way mode: then the order's side tells, as selling closes a long. */
export const liquidationFrom = (order: z.infer<typeof liquidationOrder>, unit: number): Liquidation => {
  const { posSide, side } = order;
  const bySide = side === 'sell' ? 'long' : 'short';
  return {
    timeMs: order.ts,
    positionSide: posSide === 'long' || posSide === 'short' ? posSide : bySide,
    bankruptcyPrice: order.bkPx,
    averagePrice: NaN,
    qty: order.sz * unit,
  };
};

import * as z from 'zod/mini';

import { isFilled } from '@/lib/core/checks';
import { changeSince } from '@/lib/core/num';
import { floorToStep, HOUR_MS } from '@/lib/core/time';
import { splitMultiplier } from '@/lib/market/asset';
import { assetClassOf, type AssetClass } from '@/lib/market/asset-class';
import { barOfTrades, type Bar } from '@/lib/market/bar';
import { contractId, type Contract } from '@/lib/market/contract';
import { tiersFromRows, type RiskTier } from '@/lib/market/risk-tier';
import type { Ticker } from '@/lib/market/ticker';
import type { Snapshot } from '@/lib/venues/venue';
import { ascending, decimal, nonNegative, positive, timeMs } from '@/lib/venues/wire';

/** A price has at most five significant figures and, together with the size, six decimals. */
const SIGNIFICANT_FIGURES = 5;
const PRICE_AND_SIZE_DECIMALS = 6;

const digits = decimal.check(z.refine((value) => Number.isInteger(value) && value >= 0 && value <= 8, 'no digits'));

const assetSchema = z.object({
  name: z.string(),
  szDecimals: digits,
  maxLeverage: positive,
  marginTableId: z.optional(z.number()),
  isDelisted: z.optional(z.nullable(z.boolean())),
});

/** What holds for an asset now; `midPx` is null where nobody quotes. */
const contextSchema = z.object({
  funding: decimal,
  openInterest: nonNegative,
  prevDayPx: nonNegative,
  dayNtlVlm: nonNegative,
  markPx: positive,
  midPx: z.optional(z.nullable(positive)),
});

const marginTableSchema = z.tuple([
  z.number(),
  z.object({
    marginTiers: z.array(z.object({ lowerBound: nonNegative, maxLeverage: positive })).check(isFilled),
  }),
]);

/** `metaAndAssetCtxs`: assets and what holds for them now, in the same order. */
export const marketsSchema = z.tuple([
  z.object({ universe: z.array(z.unknown()), marginTables: z.optional(z.array(z.unknown())) }),
  z.array(z.unknown()),
]);

/** One asset of a dex, as listed and as of now. */
export interface Market {
  readonly asset: z.infer<typeof assetSchema>;
  readonly context: z.infer<typeof contextSchema>;
  readonly tiers: readonly RiskTier[];
}

/**
 * Maintenance margin is half of the initial margin at the tier's largest leverage, less a deduction that makes it
 * continuous over the tiers (Hyperliquid docs, trading/margin-tiers).
 */
function tiersFrom(marginTiers: readonly { lowerBound: number; maxLeverage: number }[]): RiskTier[] {
  const sorted = ascending(marginTiers, (tier) => tier.lowerBound);
  return tiersFromRows(
    sorted.map(({ maxLeverage }, i) => [sorted[i + 1]?.lowerBound ?? Infinity, 0.5 / maxLeverage, maxLeverage]),
  );
}

/** The assets of a dex by name; those that cannot be read are left out. */
export function marketsFrom([meta, contexts]: z.infer<typeof marketsSchema>): Map<string, Market> {
  const tables = new Map(
    (meta.marginTables ?? []).flatMap((table) => {
      const parsed = marginTableSchema.safeParse(table);
      return parsed.success ? [[parsed.data[0], parsed.data[1].marginTiers]] : [];
    }),
  );
  const markets = new Map<string, Market>();
  meta.universe.forEach((row, i) => {
    const asset = assetSchema.safeParse(row);
    const context = contextSchema.safeParse(contexts[i]);
    if (!asset.success || !context.success) return;
    // A table that is not listed has a single tier.
    const { name, marginTableId, maxLeverage } = asset.data;
    const marginTiers = tables.get(marginTableId ?? NaN) ?? [{ lowerBound: 0, maxLeverage }];
    markets.set(name, { asset: asset.data, context: context.data, tiers: tiersFrom(marginTiers) });
  });
  return markets;
}

/** `kPEPE` counts thousands; the name of a builder's dex stands before a colon. */
const COIN = /^(?:([a-z0-9]+):)?(k(?=[A-Z]))?(.+)$/;

/** Builders' dexes list shares for the most part: what is no known metal, commodity or index is taken for one. */
function classOf(baseAsset: string, isBuilders: boolean): AssetClass {
  const named = assetClassOf(baseAsset);
  return named === 'altcoin' && isBuilders ? assetClassOf(baseAsset, 'equity') : named;
}

/** Whole numbers are allowed at any price, so no step is above 1. */
function tickSizeOf(price: number, sizeDecimals: number): number {
  const bySignificance = Math.floor(Math.log10(price)) + 1 - SIGNIFICANT_FIGURES;
  const decimals = Math.max(0, Math.min(-bySignificance, PRICE_AND_SIZE_DECIMALS - sizeDecimals));
  return 1 / 10 ** decimals;
}

/** The tick follows from the mark's five significant figures, the step from `szDecimals`. */
export function contractFrom({ asset, context }: Market): Contract {
  const [, dex, thousands, name] = COIN.exec(asset.name) ?? [];
  const { baseAsset, multiplier } = splitMultiplier(name ?? asset.name);
  return {
    id: contractId('hyperliquid', asset.name),
    venueId: 'hyperliquid',
    symbol: asset.name,
    baseAsset,
    multiplier: thousands === undefined ? multiplier : 1000,
    quoteAsset: 'USDC',
    assetClass: classOf(baseAsset, dex !== undefined),
    settlement: 'linear',
    tickSize: tickSizeOf(context.markPx, asset.szDecimals),
    qtyStep: 1 / 10 ** asset.szDecimals,
    isTrading: asset.isDelisted !== true,
    // The venue does not tell when it listed an asset.
    listedTimeMs: 0,
  };
}

/** The venue tells no last price: the middle of the book stands for it, else the mark. */
export function tickerFrom({ asset, context }: Market): Ticker {
  const lastPrice = context.midPx ?? context.markPx;
  return {
    symbol: asset.name,
    lastPrice,
    markPrice: context.markPx,
    openInterest: context.openInterest,
    change24h: changeSince(context.prevDayPx, lastPrice),
    volume24hUsd: context.dayNtlVlm,
    fundingRate: context.funding,
    fundingIntervalMs: HOUR_MS,
  };
}

/** Funding is paid at every full hour. */
export const nextFundingMs = (nowMs: number): number => floorToStep(nowMs, HOUR_MS) + HOUR_MS;

/** The answer carries no time of its own: `nowMs` is the venue's by our reckoning. */
export const snapshotFrom = ({ context }: Market, nowMs: number): Snapshot => ({
  openInterest: { timeMs: nowMs, openInterest: context.openInterest },
  markPrice: context.markPx,
  fundingRate: context.funding,
  nextFundingTimeMs: nextFundingMs(nowMs),
  fundingIntervalMs: HOUR_MS,
  venueTimeMs: null,
});

export const candleSchema = z
  .object({
    t: timeMs,
    s: z.string(),
    i: z.string(),
    o: positive,
    h: positive,
    l: positive,
    c: positive,
    v: nonNegative,
  })
  .check(z.refine(({ h, l }) => h >= l, 'high below low'));
export const candlesSchema = z.array(candleSchema);

/** The venue tells neither who took nor what the mark was. */
export const barFromCandle = ({ t, o, h, l, c, v }: z.infer<typeof candleSchema>): Bar =>
  barOfTrades({
    openTimeMs: t,
    open: o,
    high: h,
    low: l,
    close: c,
    volume: v,
  });

export const bookSchema = z.object({ time: timeMs });

import type * as z from 'zod/mini';

import { changeSince } from '@/lib/core/num';
import type { Ticker } from '@/lib/market/ticker';
import { keepValid } from '@/lib/venues/wire';

import { fundingRowSchema, intervalOf, markPriceRowSchema, openInterestRowSchema, tickerRowSchema } from './rest-wire';

const bySymbol = <T extends { readonly instId: string }>(schema: z.ZodMiniType<T>, rows: readonly unknown[]) =>
  new Map(keepValid(schema, rows).map((row) => [row.instId, row]));

/** The venue tells prices, open interest, marks and funding of all contracts in one list each; what a list lacks is NaN. */
export function tickersFrom(
  lists: Readonly<Record<'prices' | 'openInterest' | 'marks' | 'funding', readonly unknown[]>>,
  unitOf: (symbol: string) => number | undefined,
): Ticker[] {
  const openInterest = bySymbol(openInterestRowSchema, lists.openInterest);
  const marks = bySymbol(markPriceRowSchema, lists.marks);
  const funding = bySymbol(fundingRowSchema, lists.funding);
  return keepValid(tickerRowSchema, lists.prices).flatMap(({ instId: symbol, last, open24h, vol24h }) => {
    const unit = unitOf(symbol);
    if (unit === undefined) return [];
    return {
      symbol,
      lastPrice: last,
      markPrice: marks.get(symbol)?.markPx ?? NaN,
      openInterest: (openInterest.get(symbol)?.oi ?? NaN) * unit,
      change24h: changeSince(open24h, last),
      volume24hUsd: vol24h * unit * (isInverse(symbol) ? 1 : last),
      fundingRate: funding.get(symbol)?.fundingRate ?? NaN,
      fundingIntervalMs: intervalOf(funding.get(symbol)) ?? NaN,
    };
  });
}

/** `BTC-USD-SWAP` is settled in its base; one contract is a sum of USD. */
export const isInverse = (symbol: string): boolean => symbol.endsWith('-USD-SWAP');

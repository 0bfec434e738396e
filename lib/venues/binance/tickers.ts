import * as z from 'zod/mini';

import type { Settlement } from '@/lib/market/contract';
import type { Ticker } from '@/lib/market/ticker';
import { decimal, keepValid, nonNegative, positive } from '@/lib/venues/wire';

const tickerSchema = z.object({
  symbol: z.string(),
  lastPrice: positive,
  priceChangePercent: decimal,
  /** Base units; contracts where the margin is coin. */
  volume: nonNegative,
  quoteVolume: z.optional(nonNegative),
});

/** `BTCUSD_260925` expires: no perpetual. */
const DATED = /_\d{6}$/;

const premiumSchema = z.object({ symbol: z.string(), markPrice: positive, lastFundingRate: decimal });

/**
 * Figures of every contract, from `ticker/24hr` and `premiumIndex`; without the latter's row mark and funding are not
 * observed. Open interest is told one by one only.
 */
export function tickersFrom(
  tickers: readonly unknown[],
  premiums: readonly unknown[],
  settlement: Settlement,
  sizeOf: (symbol: string) => number,
  intervalOf: (symbol: string) => number,
): Ticker[] {
  const premiumOf = new Map(keepValid(premiumSchema, premiums).map((premium) => [premium.symbol, premium]));
  const perpetuals = keepValid(tickerSchema, tickers).filter(({ symbol }) => !DATED.test(symbol));
  return perpetuals.map(({ symbol, lastPrice, priceChangePercent, volume, quoteVolume }) => ({
    symbol,
    lastPrice,
    markPrice: premiumOf.get(symbol)?.markPrice ?? NaN,
    openInterest: NaN,
    change24h: priceChangePercent / 100,
    volume24hUsd: settlement === 'inverse' ? volume * sizeOf(symbol) : (quoteVolume ?? NaN),
    fundingRate: premiumOf.get(symbol)?.lastFundingRate ?? NaN,
    fundingIntervalMs: intervalOf(symbol),
  }));
}

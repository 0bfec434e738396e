import { floorToStep } from '@/lib/core/time';
import type { FoldBar } from '@/lib/market/bar';
import type { SidesUsd } from '@/lib/market/profile';

import type { RecordedRow } from './recorded-rows';

export interface LiquidationBin {
  readonly startMs: number;
  /** A sum is known from here on, never before. */
  readonly endMs: number;
  /** Indices of its bars: [firstBar, endBar). */
  readonly firstBar: number;
  readonly endBar: number;
  /** Every bar of it was recorded. */
  readonly isWhole: boolean;
  /** USD; null where nothing was observed, which is not zero. */
  readonly observed: SidesUsd | null;
}

export interface LiquidationBins {
  readonly binMs: number;
  readonly venues: readonly string[];
  /** One venue's feed that leaves events out. */
  readonly isSampled: boolean;
  readonly bins: readonly LiquidationBin[];
}

interface LiquidationMeta {
  readonly binMs: number;
  readonly barMs: number;
  readonly liquidationUnit?: string | null | undefined;
  readonly liquidationVenues?: readonly string[] | null | undefined;
  readonly liquidationComplete?: boolean | null | undefined;
}

/** Liquidations of a set's rows, one entry a bin: a sum that is repeated on the bin's rows counts once. */
export function binsFromRows(
  rows: readonly RecordedRow[],
  bars: readonly FoldBar[],
  { binMs, barMs, ...meta }: LiquidationMeta,
): LiquidationBins {
  const bins: LiquidationBin[] = [];
  for (let firstBar = 0; firstBar < rows.length;) {
    const startMs = floorToStep(rows[firstBar].ts_ms, binMs);
    let endBar = firstBar;
    let observed: SidesUsd | null = null;
    for (; endBar < rows.length && floorToStep(rows[endBar].ts_ms, binMs) === startMs; endBar++) {
      const { liq_long: long, liq_short: short } = rows[endBar];
      const price = meta.liquidationUnit === 'usd' ? 1 : bars[endBar].close;
      if (long >= 0 && short >= 0) observed = { long: long * price, short: short * price };
    }
    const isWhole = endBar - firstBar === binMs / barMs;
    bins.push({ startMs, endMs: startMs + binMs, firstBar, endBar, isWhole, observed });
    firstBar = endBar;
  }
  const venues = meta.liquidationVenues ?? [];
  return { binMs, venues, isSampled: venues.length <= 1 && meta.liquidationComplete !== true, bins };
}

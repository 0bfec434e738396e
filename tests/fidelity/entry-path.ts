import { BAR_MS, type FoldBar } from '@/lib/market/bar';
import type { RiskTiers } from '@/lib/market/risk-tier';
import { groupBy } from '@/tests/group-by';

import { benchOf, judge } from './judge';
import { configOf } from './models';
import { expectedUsd, predictSet } from './predict';
import type { RecordedSet } from './recorded-set';

/** Five-minute bars made one: as many as make up the bins of every set with such bars. */
const FACTOR = 6;

/** What it is worth to know the way through a bar: added R2 by a bar's four prices, and by those of its parts. */
export interface EntryPathWorth {
  readonly fourPrices: number;
  readonly path: number;
}

/**
 * No set holds the minutes of its bars, so the question is asked one size larger: bars of half an hour with and without the
 * six bars that they are made of. Null where a set has no such bars or no bins to be judged by.
 */
export function entryPathWorth(set: RecordedSet, tiers: RiskTiers): EntryPathWorth | null {
  if (set.barMs !== BAR_MS || set.liquidations === null) return null;
  const addedR2 = (hasPath: boolean): number => {
    const coarse = coarseSet(set, hasPath);
    const bench = benchOf(coarse);
    if (bench === null) return NaN;
    return judge(
      bench,
      predictSet(coarse, configOf(coarse, tiers)).map((prediction) => expectedUsd(prediction)),
    ).addedR2;
  };
  const fourPrices = addedR2(false);
  return Number.isNaN(fourPrices) ? null : { fourPrices, path: addedR2(true) };
}

/** Bars of half an hour; those that the set holds only a part of are left out. */
export function coarseSet(set: RecordedSet, hasPath: boolean): RecordedSet {
  const barMs = FACTOR * set.barMs;
  const parts = groupBy(set.bars, ({ openTimeMs }) => Math.floor(openTimeMs / barMs));
  const bars = [...parts.values()].filter((own) => own.length === FACTOR).map((own) => coarseBar(own, hasPath));
  const indexOf = new Map(bars.map(({ openTimeMs }, i) => [openTimeMs, i]));
  const bins = set.liquidations?.bins.flatMap((bin) => {
    const firstBar = indexOf.get(bin.startMs);
    const lastBar = indexOf.get(bin.endMs - barMs);
    if (firstBar === undefined || lastBar === undefined) return [];
    return [{ ...bin, firstBar, endBar: lastBar + 1 }];
  });
  return { ...set, barMs, bars, liquidations: set.liquidations && { ...set.liquidations, bins: bins ?? [] } };
}

function coarseBar(parts: readonly FoldBar[], hasPath: boolean): FoldBar {
  const last = parts[parts.length - 1];
  const sum = (numberOf: (bar: FoldBar) => number): number => parts.reduce((total, bar) => total + numberOf(bar), 0);
  return {
    ...last,
    openTimeMs: parts[0].openTimeMs,
    open: parts[0].open,
    high: Math.max(...parts.map(({ high }) => high)),
    low: Math.min(...parts.map(({ low }) => low)),
    volume: sum((bar) => bar.volume),
    takerBuyVolume: sum((bar) => bar.takerBuyVolume),
    minutes: hasPath
      ? Float64Array.from(parts.flatMap(({ high, low, close, volume }) => [high, low, close, volume]))
      : undefined,
  };
}

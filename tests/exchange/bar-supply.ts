import { BAR_MS } from '@/lib/market/bar';
import type { PositionSide } from '@/lib/market/liquidation';
import { type MarketBar, PATH_STEPS, stepsPerUnit } from '@/tests/market/synthetic-bar';
import type { SyntheticMarket } from '@/tests/market/synthetic-market';
import { createPricePath } from '@/tests/market/synthetic-price-path';
import { createRandom, mixSeeds } from '@/tests/market/synthetic-random';

import { accumulateVolume, createBarPath, guessTakerBuyVolume } from './bar-path';
import { createLiquidations, guessLiquidations } from './liquidation-events';
import type { LiquidationSum, RecordedSet } from './recorded-set';

/** An endless row of bars; the same index always gives the same bar. */
export interface BarSupply {
  readonly firstOpenTimeMs: number;
  /** At the first bar's open. */
  readonly initialOpenInterest: number;
  bar(index: number): MarketBar;
}

export const createSyntheticSupply = (market: SyntheticMarket): BarSupply => ({
  firstOpenTimeMs: market.options.startMs,
  initialOpenInterest: market.initialOpenInterest,
  bar(index) {
    while (market.bars.length <= index) market.advance();
    return market.bars[index];
  },
});

const CACHED_BARS = 512;
/** The basis of a recording without mark prices. */
const BASIS_SPREAD = 0.0002;

/** A recording with its times moved by `shiftMs`, continued after its end by a random walk of the same character. */
export const createRecordedSupply = (set: RecordedSet, shiftMs: number, seed: number): BarSupply => {
  const { bars, instrument } = set;
  const markOpens = set.markOpens.map((mark, index) =>
    Number.isNaN(mark) ? bars[index].open * (1 + BASIS_SPREAD * createRandom(mixSeeds(seed, 3, index)).normal()) : mark,
  );
  const lastMark = bars[bars.length - 1].close * (markOpens[markOpens.length - 1] / bars[bars.length - 1].open);
  const sums = set.liquidations === null ? null : distribute(set.liquidations, set);
  const firstOpenTimeMs = set.firstOpenTimeMs + shiftMs;
  const cache = new Map<number, MarketBar>();
  const continued: MarketBar[] = [];

  const createRecorded = (index: number): MarketBar => {
    const figures = bars[index];
    const random = createRandom(mixSeeds(seed, 4, index));
    const openTimeMs = firstOpenTimeMs + index * BAR_MS;
    const path = createBarPath(
      figures,
      { open: markOpens[index], close: markOpens[index + 1] ?? lastMark },
      instrument,
      random,
    );
    const liquidated = sums === null ? guessLiquidations(figures) : (sums[index] ?? { long: 0, short: 0 });
    return {
      ...figures,
      openTimeMs,
      path,
      liquidations: createLiquidations(openTimeMs, path, liquidated, instrument.qtyStep, random),
    };
  };
  const createCached = (index: number): MarketBar => {
    const bar = cache.get(index) ?? createRecorded(index);
    cache.set(index, bar);
    if (cache.size > CACHED_BARS) cache.delete(cache.keys().next().value ?? index);
    return bar;
  };
  const walk = createWalk(set, lastMark, firstOpenTimeMs, seed);
  return {
    firstOpenTimeMs,
    initialOpenInterest: set.initialOpenInterest,
    bar(index) {
      if (index < bars.length) return createCached(index);
      while (continued.length <= index - bars.length) continued.push(walk());
      return continued[index - bars.length];
    },
  };
};

/** Bars after the recording's end, one per call: its volatility, its usual volume, its last open interest. */
const createWalk = (set: RecordedSet, lastMark: number, firstOpenTimeMs: number, seed: number): (() => MarketBar) => {
  const { bars, instrument } = set;
  const recent = bars.slice(-288);
  const volatility = Math.sqrt(
    recent.reduce((sum, bar) => sum + Math.log(bar.close / bar.open) ** 2, 0) / recent.length,
  );
  const usualVolume = recent.reduce((sum, bar) => sum + bar.volume, 0) / recent.length;
  const random = createRandom(mixSeeds(seed, 5));
  const path = createPricePath({
    seed: mixSeeds(seed, 6),
    initialPrice: bars[bars.length - 1].close,
    initialMark: lastMark,
    tickSize: instrument.tickSize,
    volatility: Math.max(volatility, 1e-4) / 1.2,
  });
  const perUnit = stepsPerUnit(instrument.qtyStep);
  const known = bars.findLast((bar) => !Number.isNaN(bar.openInterest))?.openInterest ?? set.initialOpenInterest;
  let openInterest = known;
  let index = bars.length;
  return () => {
    const { prices, marks, activity } = path.nextBar();
    const volume = Math.round(usualVolume * activity ** 1.5 * Math.exp(0.4 * random.normal()) * perUnit) / perUnit;
    openInterest += openInterest * 0.001 * random.normal() + 0.002 * (known - openInterest);
    const shape = {
      open: prices[0],
      high: Math.max(...prices),
      low: Math.min(...prices),
      close: prices[PATH_STEPS],
      volume,
      openInterest: Math.round(openInterest * perUnit) / perUnit,
    };
    const figures = {
      ...shape,
      takerBuyVolume: guessTakerBuyVolume({ ...shape, takerBuyVolume: NaN }, instrument.qtyStep),
    };
    const openTimeMs = firstOpenTimeMs + index * BAR_MS;
    const inside = { prices, marks, ...accumulateVolume(figures, prices, instrument.qtyStep, random) };
    index++;
    return {
      ...figures,
      openTimeMs,
      path: inside,
      liquidations: createLiquidations(openTimeMs, inside, guessLiquidations(figures), instrument.qtyStep, random),
    };
  };
};

/** Known sums of longer stretches, shared out to their bars by how far price moves against each side there. */
const distribute = (sums: readonly LiquidationSum[], set: RecordedSet): Record<PositionSide, number>[] => {
  const liquidated = set.bars.map(() => ({ long: 0, short: 0 }));
  for (const sum of sums) {
    const from = Math.max(0, (sum.startMs - set.firstOpenTimeMs) / BAR_MS);
    const members = set.bars.slice(from, (sum.endMs - set.firstOpenTimeMs) / BAR_MS);
    const weigh = (side: PositionSide): number[] =>
      members.map(
        (bar) =>
          bar.volume * (1e-6 + Math.max(0, side === 'long' ? bar.open - bar.low : bar.high - bar.open) / bar.open),
      );
    for (const side of ['long', 'short'] as const) {
      const weights = weigh(side);
      const total = weights.reduce((all, weight) => all + weight, 0);
      const qty = side === 'long' ? sum.longQty : sum.shortQty;
      for (const [nth, weight] of weights.entries()) {
        liquidated[from + nth][side] += total > 0 ? (qty * weight) / total : qty / weights.length;
      }
    }
  }
  return liquidated;
};

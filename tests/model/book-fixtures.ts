import { BAR_MS, type FoldBar } from '@/lib/market/bar';
import type { RiskTiers } from '@/lib/market/risk-tier';
import { createBookConfig } from '@/lib/model/book-config';
import { levelBins, levelQty, type BookSide } from '@/lib/model/book-side';
import { mirrorBin } from '@/lib/model/grid';

/** BTCUSDT of 2026-08, the first tiers. */
export const TIERS: RiskTiers = {
  tiers: [
    { notionalFloor: 0, notionalCap: 3e5, maintenanceMarginRate: 0.004, maintenanceAmount: 0, maxLeverage: 150 },
    { notionalFloor: 3e5, notionalCap: 8e5, maintenanceMarginRate: 0.005, maintenanceAmount: 300, maxLeverage: 100 },
    {
      notionalFloor: 8e5,
      notionalCap: Infinity,
      maintenanceMarginRate: 0.0065,
      maintenanceAmount: 1500,
      maxLeverage: 75,
    },
  ],
  source: 'bundled',
  asOfMs: 0,
};

export const CONFIG = createBookConfig(TIERS, 'linear');

/** A bar of 100 traded at one price, mark and trades alike, with what differs. */
export function makeBar(index: number, close: number, openInterest: number, rest: Partial<FoldBar> = {}): FoldBar {
  const { open = close, high = Math.max(open, close), low = Math.min(open, close) } = rest;
  return {
    openTimeMs: index * BAR_MS,
    open,
    high,
    low,
    close,
    volume: 100,
    takerBuyVolume: 50,
    markHigh: high,
    markLow: low,
    markClose: close,
    openInterest,
    ...rest,
  };
}

/** A seeded walk of bars, 0.15 % of noise each and `drift` a bar. */
export function walkBars(count: number, { drift = 0, price = 60_000, seed = 7 } = {}): readonly FoldBar[] {
  let state = seed;
  const random = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return (state >>> 0) / 2 ** 32;
  };
  let close = price;
  let openInterest = 1000;
  return Array.from({ length: count }, (_, i) => {
    const open = close;
    close *= Math.exp(drift + (random() - 0.5) * 0.003);
    openInterest *= Math.exp((random() - 0.5) * 0.01);
    const high = Math.max(open, close) * (1 + random() * 0.001);
    const low = Math.min(open, close) * (1 - random() * 0.001);
    const volume = 50 + 200 * random();
    return makeBar(i, close, openInterest, { open, high, low, volume, takerBuyVolume: volume * random() });
  });
}

/** What a bar of any kind changes against the one before; quantities in the contract's unit, NaN where none was told. */
export interface AnyStep {
  /** Bars left out before it. */
  readonly skip: number;
  /** In ln(price), from open to close. */
  readonly move: number;
  /** How far the wicks reach beyond, as a share. */
  readonly range: number;
  readonly volume: number;
  readonly openInterest: number;
}

/** The bars of such steps, from a price of 100; who took is not told. */
export function barsOfSteps(steps: readonly AnyStep[]): FoldBar[] {
  let [index, close] = [0, 100];
  return steps.map(({ skip, move, range, volume, openInterest }) => {
    index += 1 + skip;
    const open = close;
    close *= Math.exp(move);
    const high = Math.max(open, close) * (1 + range);
    const low = Math.min(open, close) / (1 + range);
    return makeBar(index, close, openInterest, { open, high, low, volume, takerBuyVolume: NaN });
  });
}

/** Base units per price bin (the grid's, upwards) of a side, all classes, by adding up every cell there is. */
export function levelsOf(side: BookSide): ReadonlyMap<number, number> {
  const levels = new Map<number, number>();
  for (let k = 0; k < side.bases.length; k++) {
    const { from, end } = levelBins(side, k);
    for (let own = from; own < end; own++) {
      const qty = levelQty(side, k, own);
      if (qty === 0) continue;
      const bin = side.positionSide === 'long' ? own : mirrorBin(own);
      levels.set(bin, (levels.get(bin) ?? 0) + qty);
    }
  }
  return levels;
}

/** Base units of a side, cell by cell, with the absorbing class and what is unlocated. */
export function countedQty(side: BookSide): number {
  const absorbing = side.totals.length - 2;
  let qty = side.totals[absorbing] * side.fastScale + (side.totals[absorbing + 1] + side.unlocated) * side.slowScale;
  for (const level of levelsOf(side).values()) qty += level;
  return qty;
}

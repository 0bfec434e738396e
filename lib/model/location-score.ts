import { clamp } from '@/lib/core/num';
import type { Bar } from '@/lib/market/bar';
import type { Liquidation, PositionSide } from '@/lib/market/liquidation';
import type { Profile } from '@/lib/market/profile';
import type { LocationScore } from '@/lib/market/score';

import { priceToBin } from './grid';

/** Part of a map's reading that is spread evenly, so that one event in an empty cell is no infinite loss. */
const EVEN_PART = 0.1;
/** With fewer crossed cells than this there is nothing to locate. */
const MIN_CELLS = 4;
/** An event this many cells outside the crossed range still counts to its end: published prices are not exact. */
const TOLERANCE_CELLS = 1;

export interface LocatedEvent {
  readonly positionSide: PositionSide;
  readonly price: number;
  readonly usd: number;
}

/**
 * Where in its bar a liquidation happened: at the average fill, else as near to the published price as the mark came.
 * A bankruptcy price lies beyond the mark by the maintenance margin, so it reads as the bar's extreme.
 */
export const liquidationPlace = ({ averagePrice, bankruptcyPrice }: Liquidation, bar: Bar): number =>
  clamp(averagePrice > 0 ? averagePrice : bankruptcyPrice, bar.markLow || bar.low, bar.markHigh || bar.high);

/**
 * Places events among the cells that price crossed between the map's mark and the path's extremes. Bits per event:
 * log2(0.9 x the map's share of the cell x cells + 0.1), each cell smoothed with its neighbours; the top tenth is of the cells as
 * drawn, at least one, cells of equal USD sharing what is left of it. Null where nothing fell on crossed cells.
 * `dayOld` is a map of a day before on the same grid, `path` what came after `map`.
 */
export function scoreLocation(
  startMs: number,
  map: Profile,
  dayOld: Profile | null,
  path: Pick<Bar, 'high' | 'low'>,
  events: readonly LocatedEvent[],
): LocationScore | null {
  const sums = {
    eventCount: 0,
    usd: 0,
    bits: 0,
    dayOldEventCount: 0,
    dayOldBits: 0,
    topTenthUsd: 0,
    topTenthUsdByChance: 0,
  };
  const start = priceToBin(map.markPrice, map.binWidth);
  for (const side of ['long', 'short'] as const) {
    const direction = side === 'long' ? -1 : 1;
    const extreme = priceToBin(side === 'long' ? path.low : path.high, map.binWidth);
    const count = direction * (extreme - start) + 1;
    if (count < MIN_CELLS) continue;
    const cells = crossedCells(map, side, start, count);
    const oldCells = dayOld === null ? null : crossedCells(dayOld, side, start, count);
    const tenth = Math.max(1, Math.round(count / 10));
    for (const { positionSide, price, usd } of events) {
      const at = direction * (priceToBin(price, map.binWidth) - start);
      if (positionSide !== side || at < -TOLERANCE_CELLS || at >= count + TOLERANCE_CELLS) continue;
      const cell = clamp(at, 0, count - 1);
      sums.eventCount += 1;
      sums.usd += usd;
      sums.bits += bitsOverEven(cells, cell);
      sums.topTenthUsd += usd * chanceOfTop(cells, cell, tenth);
      sums.topTenthUsdByChance += (usd * tenth) / count;
      if (oldCells === null) continue;
      sums.dayOldEventCount += 1;
      sums.dayOldBits += bitsOverEven(oldCells, cell);
    }
  }
  return sums.eventCount === 0 ? null : { startMs, ...sums };
}

/** USD of `count` cells from the mark's on, the way that the side is crossed. */
function crossedCells(profile: Profile, side: PositionSide, start: number, count: number): Float64Array {
  const direction = side === 'long' ? -1 : 1;
  return Float64Array.from({ length: count }, (_, i) => profile[side][start + direction * i - profile.firstBin] ?? 0);
}

function bitsOverEven(cells: Float64Array, cell: number): number {
  const sum = cells.reduce((total, _, i) => total + smoothed(cells, i), 0);
  const share = sum > 0 ? (smoothed(cells, cell) * cells.length) / sum : 1;
  return Math.log2((1 - EVEN_PART) * share + EVEN_PART);
}

/** A level is no sharper than this: half the weight to either side. */
function smoothed(cells: Float64Array, i: number): number {
  const left = i > 0 ? cells[i - 1] : NaN;
  const right = i < cells.length - 1 ? cells[i + 1] : NaN;
  const neighbours = [left, right].filter((usd) => !Number.isNaN(usd));
  return (2 * cells[i] + neighbours.reduce((sum, usd) => sum + usd, 0)) / (2 + neighbours.length);
}

/** 1 if the cell is among the fullest `tenth` cells, 0 if not, in between where it ties for the last places. */
function chanceOfTop(cells: Float64Array, cell: number, tenth: number): number {
  let above = 0;
  let equal = 0;
  for (const usd of cells) {
    if (usd > cells[cell]) above++;
    else if (usd === cells[cell]) equal++;
  }
  return clamp((tenth - above) / equal, 0, 1);
}

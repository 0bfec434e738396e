// Where liquidations fall among the levels that price crossed: bits per event against the crossed range.
import { DAY_MS, floorToStep, HOUR_MS, MINUTE_MS } from '@/lib/core/time';
import type { FoldBar } from '@/lib/market/bar';
import type { Liquidation } from '@/lib/market/liquidation';
import { priceToBin } from '@/lib/model/grid';

import { blockMean, type Interval } from './bootstrap';
import { curveFeatures, fitChoice, logProbabilities, type Choice } from './choice-model';
import type { Side } from './judge';

/** Cells of the crossed range run from the price at the start of the window to its extreme. */
export interface LocationWindow {
  readonly startMs: number;
  readonly side: Side;
  readonly firstBar: number;
  readonly startBin: number;
  /** +1 upwards in price, the way shorts are crossed. */
  readonly direction: 1 | -1;
  readonly cellCount: number;
  readonly events: readonly { readonly cell: number; readonly usd: number }[];
}

const WINDOW_MS = HOUR_MS;
/** Windows begin this often, so an event is located from maps of several ages; its day counts once in the intervals. */
const WINDOW_STEP_MS = 15 * MINUTE_MS;
/** Events of a side so close in time and price are parts of one. */
const MERGE_MS = 60_000;
const MERGE_PRICE = 2.5e-4;
/** Published prices lie within this of the bar's range. */
const TOLERANCE = 5e-4;
/** With fewer cells than this there is nothing to locate. */
const MIN_CELLS = 4;

/** Whole windows in which price crossed something and events fell into it. */
export function locationWindows(
  bars: readonly FoldBar[],
  barMs: number,
  events: readonly Liquidation[],
  binWidth: number,
): readonly LocationWindow[] {
  const windows: LocationWindow[] = [];
  const merged = mergeEvents(events);
  const perWindow = WINDOW_MS / barMs;
  for (let i = 1; i + perWindow <= bars.length; i++) {
    const startMs = bars[i].openTimeMs;
    if (startMs !== floorToStep(startMs, WINDOW_STEP_MS)) continue;
    const own = bars.slice(i, i + perWindow);
    if (own[perWindow - 1].openTimeMs !== startMs + WINDOW_MS - barMs) continue;
    const start = bars[i - 1].close;
    for (const side of ['long', 'short'] as const) {
      const direction = side === 'long' ? -1 : 1;
      const extreme = side === 'long' ? Math.min(...own.map((b) => b.low)) : Math.max(...own.map((b) => b.high));
      const startBin = priceToBin(start, binWidth);
      const cellCount = direction * (priceToBin(extreme, binWidth) - startBin) + 1;
      if (cellCount < MIN_CELLS) continue;
      const tolerance = Math.round(TOLERANCE / binWidth);
      const inside = merged
        .filter((event) => event.positionSide === side && event.timeMs >= startMs && event.timeMs < startMs + WINDOW_MS)
        .map((event) => ({
          cell: direction * (priceToBin(event.bankruptcyPrice, binWidth) - startBin),
          usd: event.qty * event.bankruptcyPrice,
        }))
        .filter(({ cell }) => cell >= -tolerance && cell < cellCount + tolerance)
        .map(({ cell, usd }) => ({ cell: Math.min(cellCount - 1, Math.max(0, cell)), usd }));
      if (inside.length > 0)
        windows.push({ startMs, side, firstBar: i, startBin, direction, cellCount, events: inside });
    }
  }
  return windows;
}

function mergeEvents(events: readonly Liquidation[]): readonly Liquidation[] {
  const merged: Liquidation[] = [];
  for (const event of events) {
    const same = merged.findLastIndex((other) => isSameEvent(other, event));
    if (same < 0) merged.push(event);
    else merged[same] = { ...merged[same], qty: merged[same].qty + event.qty };
  }
  return merged;
}

const isSameEvent = (one: Liquidation, other: Liquidation): boolean =>
  one.positionSide === other.positionSide &&
  Math.abs(one.timeMs - other.timeMs) < MERGE_MS &&
  Math.abs(one.bankruptcyPrice / other.bankruptcyPrice - 1) < MERGE_PRICE;

export interface LocationScore {
  /** Bits per event over uniform, the map as it is. */
  readonly overUniform: Interval;
  /** Bits per event that the map adds to a position-in-range curve; both fitted on the other days. */
  readonly overCurve: Interval;
  /** Events in the top tenth of the crossed cells / that tenth; by number and by USD. */
  readonly lift: Interval;
  readonly liftUsd: Interval;
}

/** Part of a map's reading that is spread evenly, so that one event in an empty cell is no infinite loss. */
const EVEN_PART = 0.1;

/** Scores one map's cells, given for each window in its order. */
export function scoreLocation(windows: readonly LocationWindow[], cells: readonly Float64Array[]): LocationScore {
  const days = [...new Set(windows.map(({ startMs }) => floorToStep(startMs, DAY_MS)))];
  const choices = windows.map((window, i): Choice => {
    const smooth = smoothed(cells[i]);
    const mean = smooth.reduce((sum, mass) => sum + mass, 0) / smooth.length;
    const logs = Array.from(smooth, (mass) => (mean > 0 ? Math.log(mass / mean + EVEN_PART) : 0));
    return { chosen: window.events.map(({ cell }) => cell), features: curveFeatures(window.cellCount), extra: logs };
  });
  const blocks = days.map((day) => windows.flatMap((w, i) => (floorToStep(w.startMs, DAY_MS) === day ? [i] : [])));
  const overUniform: number[][] = [];
  const overCurve: number[][] = [];
  const hits: number[][] = [];
  const hitsUsd: { readonly hit: number; readonly usd: number }[][] = [];
  for (const block of blocks) {
    const held = new Set(block);
    const others = choices.filter((_, i) => !held.has(i));
    const curve = fitChoice(others, false);
    const full = fitChoice(others, true);
    overUniform.push(block.flatMap((i) => windows[i].events.map(({ cell }) => uniformBits(smoothed(cells[i]), cell))));
    overCurve.push(
      block.flatMap((i) => {
        const base = logProbabilities(choices[i], curve, false);
        return logProbabilities(choices[i], full, true).map((log, e) => (log - base[e]) / Math.LN2);
      }),
    );
    const lifts = block.flatMap((i) =>
      windows[i].events.map(({ cell, usd }) => ({ hit: topTenth(cells[i], cell), usd })),
    );
    hits.push(lifts.map(({ hit }) => hit));
    hitsUsd.push(lifts);
  }
  const usdMean = blockMean(hitsUsd.map((block) => block.map(({ usd }) => usd))).value;
  return {
    overUniform: blockMean(overUniform),
    overCurve: blockMean(overCurve),
    lift: blockMean(hits),
    liftUsd: blockMean(hitsUsd.map((block) => block.map(({ hit, usd }) => (hit * usd) / usdMean))),
  };
}

function uniformBits(cells: Float64Array, cell: number): number {
  const sum = cells.reduce((total, mass) => total + mass, 0);
  const share = sum > 0 ? (cells[cell] * cells.length) / sum : 1;
  return Math.log2((1 - EVEN_PART) * share + EVEN_PART);
}

/** Lift that one event scores: 1 / the tenth's true share of the cells if it fell into the fullest tenth; ties share. */
function topTenth(cells: Float64Array, cell: number): number {
  const count = Math.max(1, Math.round(cells.length / 10));
  let above = 0;
  let equal = 0;
  for (const mass of cells) {
    if (mass > cells[cell]) above++;
    else if (mass === cells[cell]) equal++;
  }
  const chance = Math.min(1, Math.max(0, (count - above) / equal));
  return (chance * cells.length) / count;
}

/** A level is no sharper than this: half the weight to either side over two bins. */
function smoothed(cells: Float64Array): Float64Array {
  return cells.map((_, i) => {
    let sum = 0;
    let weights = 0;
    for (let j = Math.max(0, i - 2); j <= Math.min(cells.length - 1, i + 2); j++) {
      const weight = 3 - Math.abs(i - j);
      sum += weight * cells[j];
      weights += weight;
    }
    return sum / weights;
  });
}

import { addSlot } from '@/lib/model/column-slot';
import { BINS_PER_CELL, cellOfPrice, type HistoryColumn } from '@/lib/model/history';
import type { HeatScale, HeatThresholds } from '@/lib/render/heat-scale';

import type { MapDay } from './map-day';

type Slot = readonly (HistoryColumn | null)[];

/** Moments that the colours are gauged by, evenly over what is loaded. */
const SAMPLES = 24;
/** Beyond the prices reached, in ln(price): few but very large levels of low leverage lie further out. */
const ROOM_LN = 0.1;
const FAINT_QUANTILE = 0.22;
const DENSE_QUANTILE = 0.992;
/** Share of the largest below which a row counts as holding nothing, as on the band. */
const HOLDS_SHARE = 1e-3;

/** What the colours of a map are gauged by: taken once, so that panning, zooming and time change no level's colour. */
export interface HeatGauge {
  readonly slots: readonly Slot[];
  /** Width of a cell, ln(price). */
  readonly cellWidth: number;
  readonly lowCell: number;
  readonly highCell: number;
  /** Mark of the newest moment. */
  readonly markPrice: number;
}

/** Null before any column of the shown contract is known. */
export function gaugeFromDays(days: ReadonlyMap<number, MapDay>): HeatGauge | null {
  const known = [...days.values()].flatMap(({ slots }) => slots.filter(([shown]) => shown));
  const stride = Math.max(1, Math.floor(known.length / SAMPLES));
  const slots = known.filter((_, i) => (known.length - 1 - i) % stride === 0);
  const newest = known.at(-1)?.[0];
  if (!newest) return null;
  const marks = known.map(([shown]) => shown?.markPrice ?? newest.markPrice);
  const low = marks.reduce((least, mark) => Math.min(least, mark), Infinity);
  const high = marks.reduce((most, mark) => Math.max(most, mark), 0);
  const { cellWidth, markPrice } = newest;
  return {
    slots,
    cellWidth,
    markPrice,
    lowCell: cellOfPrice(low * Math.exp(-ROOM_LN), cellWidth),
    highCell: cellOfPrice(high * Math.exp(ROOM_LN), cellWidth),
  };
}

/** Where colour begins and ends for rows of so many cells; thresholds that are set are per bin of the live map. */
export function scaleFromGauge(gauge: HeatGauge, cellsPerRow: number, set: HeatThresholds): HeatScale {
  const held = set.thresholdUsd === null || set.fullUsd === null ? heldRows(gauge, cellsPerRow) : new Float32Array();
  const quantile = (q: number): number => held[Math.floor(held.length * q)] ?? 0;
  const perRow = cellsPerRow * BINS_PER_CELL;
  const lo = set.thresholdUsd === null ? quantile(FAINT_QUANTILE) : set.thresholdUsd * perRow;
  const hi = set.fullUsd === null ? quantile(DENSE_QUANTILE) : set.fullUsd * perRow;
  const begin = Math.max(lo, hi * 1e-4, 1e-6);
  return { lo: begin, hi: Math.max(hi, begin * 1.000001) };
}

/** USD of all rows of the samples that hold anything, ascending. */
function heldRows({ slots, lowCell, highCell }: HeatGauge, cellsPerRow: number): Float32Array {
  const firstCell = Math.floor(lowCell / cellsPerRow) * cellsPerRow;
  const count = Math.ceil((highCell - firstCell) / cellsPerRow);
  const all = new Float32Array(count * slots.length);
  const short = new Float32Array(count);
  slots.forEach((slot, i) => {
    const rows = all.subarray(i * count, (i + 1) * count);
    short.fill(0);
    addSlot(slot, { firstCell, cellsPerRow }, rows, short);
    for (let row = 0; row < count; row++) rows[row] += short[row];
  });
  const largest = all.reduce((most, usd) => Math.max(most, usd), 0);
  return all.filter((usd) => usd > largest * HOLDS_SHARE).sort();
}

import { expect, it } from 'vitest';

import { DAY_MS } from '@/lib/core/time';

import type { LocationMap } from './location-maps';
import { curveLead, locationBench, scoreLocation } from './location-score';
import { learnShares } from './location-shares';
import type { LocationWindow } from './location-windows';

const CELLS = 40;
/** A window a quarter of a day; its event falls into a cell that moves from window to window, whatever its place in the range. */
const windows = Array.from({ length: 48 }, (_, i): LocationWindow => ({
  startMs: (i * DAY_MS) / 4,
  side: i % 2 === 0 ? 'long' : 'short',
  firstBar: i,
  startBin: 0,
  direction: i % 2 === 0 ? -1 : 1,
  cellCount: CELLS,
  events: [{ cell: (i * 17) % CELLS, usd: 1000 }],
}));

const peakAt = (cell: number): Float64Array => new Float64Array(CELLS).map((_, c) => (Math.abs(c - cell) <= 2 ? 1 : 0));
const knowing = windows.map(({ events: [{ cell }] }) => peakAt(cell));
const mistaken = windows.map((_, i) => peakAt((i * 23 + 11) % CELLS));
const mapOf = (layers: LocationMap['layers'], shares: readonly number[], isLearned: boolean): LocationMap => ({
  id: 'm',
  label: 'm',
  layers,
  shares,
  isLearned,
});
const bench = locationBench(windows);

it('a map that holds the places tells bits over uniform and over the curve, an even map none', () => {
  const sharp = scoreLocation(
    bench,
    mapOf(
      knowing.map((cells) => [cells]),
      [1],
      false,
    ),
  );
  const even = scoreLocation(
    bench,
    mapOf(
      windows.map(() => [new Float64Array(CELLS).fill(1)]),
      [1],
      false,
    ),
  );
  expect(sharp.overUniform.low).toBeGreaterThan(2);
  expect(sharp.overCurve.low).toBeGreaterThan(1);
  expect(sharp.lift.value).toBeGreaterThan(7);
  expect(even.overUniform.value).toBeCloseTo(0, 12);
  expect(even.overCurve.value).toBeCloseTo(0, 12);
  expect(curveLead(sharp, even).value).toBeCloseTo(sharp.overCurve.value, 12);
});

it('shares go to the layer that holds the events, and those of the scored windows play no part', () => {
  const layers = windows.map((_, i) => [mistaken[i], knowing[i]]);
  const all = windows.map((_, i) => i);
  const [mistakenShare, knowingShare] = learnShares(windows, layers, all, [0.9, 0.1]);
  expect(knowingShare).toBeGreaterThan(0.9);
  expect(mistakenShare + knowingShare).toBeCloseTo(1, 12);
  const held = windows.map((window, i) => (i === 0 ? { ...window, events: [{ cell: 3, usd: 1 }] } : window));
  expect(learnShares(held, layers, all.slice(1), [0.9, 0.1])).toEqual(
    learnShares(windows, layers, all.slice(1), [0.9, 0.1]),
  );
});

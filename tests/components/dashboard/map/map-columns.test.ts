import fc from 'fast-check';
import { expect, it } from 'vitest';

import { addProfile } from '@/components/dashboard/map/map-columns';
import { usdAround } from '@/lib/market/profile';
import { addSlot, profileOfSlot } from '@/lib/model/column-slot';
import { addColumn, cellOfPrice, columnFromStored, profileFromColumn, QUANTISATION_ERROR } from '@/lib/model/history';
import { columnOf } from '@/tests/components/dashboard/columns';
import { sampleProfile } from '@/tests/components/samples';

const sum = (usd: Iterable<number>) => [...usd].reduce((total, each) => total + each, 0);

it('however many cells share a row, and wherever rows begin, no USD is skipped', () => {
  const column = columnOf(60_000, 0, { [-400]: 3e6, [-21]: 1e6, [12]: 2e6, [700]: 8e6 });
  const middle = cellOfPrice(60_000, column.cellWidth);
  const all = sum(profileFromColumn(column).long);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 5 }), fc.integer({ min: -50, max: 50 }), (power, shift) => {
      const cellsPerRow = 2 ** power;
      const rows = new Float32Array(2_048 / cellsPerRow);
      addColumn(column, 'long', shift, { firstCell: middle - 1_024, cellsPerRow }, rows);
      expect(sum(rows)).toBeCloseTo(all, -2);
    }),
  );
});

it('cells beyond the rows are left out', () => {
  const column = columnOf(60_000, 0, { [-400]: 3e6, [-20]: 1e6 });
  const rows = new Float32Array(100);
  addColumn(column, 'long', 0, { firstCell: cellOfPrice(60_000, column.cellWidth) - 100, cellsPerRow: 1 }, rows);
  expect(sum(rows) / 1e6).toBeCloseTo(1, 1);
});

it('levels of two contracts at equal distances from their marks meet', () => {
  const slot = [columnOf(60_000, 0, { [-80]: 3e6 }), columnOf(60.3, 0, { [-80]: 1e6 }), null];
  const profile = profileOfSlot(slot);
  if (profile === null) throw new Error('no profile');
  const level = 60_000 * Math.exp(-79.5 * 0.00025);
  const usd = usdAround(profile, level, 0.002).long;
  expect(usd).toBeGreaterThan(4e6 * (1 - QUANTISATION_ERROR) * 0.999);
  expect(usd).toBeLessThan(4e6 * (1 + QUANTISATION_ERROR) * 1.001);
});

it('without a column of the shown contract there is nothing, whatever others say', () => {
  expect(profileOfSlot([null, columnOf(100, 0, { [-80]: 1e6 })])).toBeNull();
  expect(addSlot([null], { firstCell: 0, cellsPerRow: 1 }, new Float32Array(1), new Float32Array(1))).toBe(false);
});

it('a live profile falls into the same rows', () => {
  const profile = sampleProfile();
  const firstCell = Math.floor(profile.firstBin / 2) - 1;
  const rows = new Float32Array(200);
  addProfile(profile, 'short', { firstCell, cellsPerRow: 2 }, rows);
  expect(sum(rows)).toBeCloseTo(sum(profile.short), -3);
});

it('what is stored is believed only if it is a column', () => {
  const column = columnOf(60_000, 0, { [-80]: 3e6 });
  expect(columnFromStored(column)).toBe(column);
  expect(columnFromStored({ ...column, long: { firstCell: 1, bytes: [1] } })).toBeNull();
  expect(columnFromStored({ ...column, markPrice: 'high' })).toBeNull();
  expect(columnFromStored({})).toBeNull();
});

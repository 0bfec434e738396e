import fc from 'fast-check';
import { expect, it } from 'vitest';

import { addSlot, columnOfSlot, profileOfSlot } from '@/lib/model/column-slot';
import {
  addColumn,
  cellOfPrice,
  columnFromCells,
  type HistoryColumn,
  profileFromColumn,
  QUANTISATION_ERROR,
} from '@/lib/model/history';

const CELL = 0.0005;

/** A column whose cells begin so many below its mark's. */
const columnOf = (markPrice: number, below: number, long: readonly number[], short: readonly number[]): HistoryColumn =>
  columnFromCells({
    asOfMs: 7,
    markPrice,
    lastPrice: markPrice * 1.001,
    binWidth: CELL,
    firstBin: cellOfPrice(markPrice, CELL) - below,
    long: Float64Array.from(long),
    short: Float64Array.from(short),
    openInterestUsd: 1_000,
    unlocatedShare: 0.1,
  });

/** What a column holds, by cell, as it can be read back. */
const cellsOf = (column: HistoryColumn, side: 'long' | 'short'): Map<number, number> => {
  const { firstBin, [side]: usd } = profileFromColumn(column);
  return new Map([...usd].map((each, i) => [firstBin + i, each] as const).filter(([, each]) => each > 0));
};

const sumOf = (usd: Iterable<number>): number => [...usd].reduce((sum, each) => sum + each, 0);
const usd = fc.oneof(fc.constant(0), fc.double({ min: 1, max: 1e8, noNaN: true }));

it('adds every cell of a column to the row that it falls into, and none twice, however many share a row', () => {
  fc.assert(
    fc.property(
      fc.array(usd, { minLength: 1, maxLength: 40 }),
      fc.integer({ min: 0, max: 30 }),
      fc.integer({ min: -30, max: 30 }),
      fc.integer({ min: -60, max: 60 }),
      fc.constantFrom(1, 2, 3, 8),
      fc.integer({ min: 1, max: 20 }),
      (long, below, shift, from, cellsPerRow, rowCount) => {
        const column = columnOf(60_000, below, long, []);
        const firstCell = cellOfPrice(60_000, CELL) + from;
        const rows = new Float32Array(rowCount);
        addColumn(column, 'long', shift, { firstCell, cellsPerRow }, rows);
        const expected = new Float64Array(rowCount);
        for (const [cell, each] of cellsOf(column, 'long')) {
          const row = Math.floor((cell + shift - firstCell) / cellsPerRow);
          if (row >= 0 && row < rowCount) expected[row] += each;
        }
        rows.forEach((each, row) => expect(each).toBeCloseTo(expected[row], -Math.log10(expected[row] * 1e-6 + 1e-9)));
      },
    ),
  );
});

it('adds up contracts at the same distance from each one’s mark', () => {
  // 1 % apart; both have 100 USD ten cells below their mark, 50 USD five above.
  const marks = [60_000, 60_600];
  const slot = marks.map((mark) =>
    columnOf(mark, 10, [100, ...Array.from({ length: 15 }, () => 0)], [...Array.from({ length: 15 }, () => 0), 50]),
  );
  const mark = cellOfPrice(60_000, CELL);
  const sum = profileOfSlot(slot)!;
  expect(sum).toMatchObject({ markPrice: 60_000, openInterestUsd: 2_000, asOfMs: 7 });
  const held = (side: 'long' | 'short') =>
    [...sum[side]].flatMap((each, i) => (each > 0 ? [[sum.firstBin + i - mark, each] as const] : []));
  expect(held('long')).toHaveLength(1);
  expect(held('long')[0][0]).toBe(-10);
  expect(held('long')[0][1] / 200 - 1).toBeCloseTo(0, 2);
  expect(held('short')[0][0]).toBe(5);
  expect(held('short')[0][1] / 100 - 1).toBeCloseTo(0, 2);
  const again = columnOfSlot(slot)!;
  expect(sumOf(cellsOf(again, 'long').values()) / 200 - 1).toBeLessThan(2 * QUANTISATION_ERROR);
});

it('tells nothing of a moment that the shown contract has no column of, and leaves out others without one', () => {
  const column = columnOf(60_000, 10, [100], []);
  const rows = () => new Float32Array(4);
  const grid = { firstCell: cellOfPrice(60_000, CELL) - 12, cellsPerRow: 2 };
  expect(addSlot([null, column], grid, rows(), rows())).toBe(false);
  expect(profileOfSlot([null, column])).toBeNull();
  expect(columnOfSlot([null, column])).toBeNull();
  expect(columnOfSlot([])).toBeNull();
  // Alone it is itself.
  expect(columnOfSlot([column, null])).toBe(column);
  const long = rows();
  expect(addSlot([column, null, { ...column, cellWidth: 2 * CELL }], grid, long, rows())).toBe(true);
  expect([...long].map((each) => Math.round(each))).toEqual([0, 100, 0, 0]);
});

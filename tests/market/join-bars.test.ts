import * as fc from 'fast-check';
import { expect, it } from 'vitest';

import { BAR_MS, type Bar, type OpenInterestPoint } from '@/lib/market/bar';
import { joinFoldBars } from '@/lib/market/join-bars';

const FROM_MS = 1_726_185_600_000;
const at = (i: number) => FROM_MS + i * BAR_MS;
const bar = (i: number): Bar => ({
  openTimeMs: at(i),
  open: 100 + i,
  high: 101 + i,
  low: 99 + i,
  close: 100.5 + i,
  volume: 10,
  takerBuyVolume: 5,
  markHigh: NaN,
  markLow: NaN,
  markClose: NaN,
});
/** Open interest at the end of bar i. */
const point = (i: number): OpenInterestPoint => ({ timeMs: at(i + 1), openInterest: 1_000 + i });
const bars = (...indices: number[]) => indices.map(bar);
const points = (...indices: number[]) => indices.map(point);

it('joins a bar with the open interest at its end', () => {
  expect(joinFoldBars(bars(0, 1), points(-1, 0, 1), FROM_MS)).toEqual({
    bars: [
      { ...bar(0), openInterest: 1_000 },
      { ...bar(1), openInterest: 1_001 },
    ],
    pendingCount: 0,
    missingBarTimesMs: [],
    missingOpenInterestTimesMs: [],
  });
});

it('waits for the open interest of the newest bars', () => {
  const joined = joinFoldBars(bars(0, 1, 2), points(0), FROM_MS);
  expect(joined.bars.map(({ openTimeMs }) => openTimeMs)).toEqual([at(0)]);
  expect(joined.pendingCount).toBe(2);
});

it('takes open interest for unobserved once a later point is known', () => {
  const joined = joinFoldBars(bars(0, 1), points(1), FROM_MS);
  expect(joined.bars.map(({ openInterest }) => openInterest)).toEqual([NaN, 1_001]);
  expect(joined.missingOpenInterestTimesMs).toEqual([at(0)]);
});

it('skips and reports missing bars, also at the beginning', () => {
  const joined = joinFoldBars(bars(1, 4), points(0, 1, 2, 3, 4), FROM_MS);
  expect(joined.bars.map(({ openTimeMs }) => openTimeMs)).toEqual([at(1), at(4)]);
  expect(joined.missingBarTimesMs).toEqual([at(0), at(2), at(3)]);
});

it('does not call a bar missing that has not come yet', () => {
  expect(joinFoldBars(bars(0), points(0, 1, 2), FROM_MS).missingBarTimesMs).toEqual([]);
  expect(joinFoldBars(bars(0, 3), points(0), FROM_MS).missingBarTimesMs).toEqual([]);
});

it('begins at the given time and keeps the first of two rows of one time', () => {
  const doubled = { ...bar(1), close: 7 };
  const joined = joinFoldBars([bar(0), bar(1), doubled], [...points(1), { timeMs: at(2), openInterest: 7 }], at(1));
  expect(joined.bars).toEqual([{ ...bar(1), openInterest: 1_001 }]);
});

it('gives nothing without bars or without open interest', () => {
  expect(joinFoldBars([], points(0), FROM_MS).bars).toEqual([]);
  expect(joinFoldBars(bars(0), [], FROM_MS)).toMatchObject({ bars: [], pendingCount: 1 });
});

it('gives one sequence for the same rows, in whatever order they come', () => {
  const indices = fc.uniqueArray(fc.integer({ min: 0, max: 20 }));
  fc.assert(
    fc.property(
      indices.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
      indices.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
      ([barIndices, shuffledBars], [pointIndices, shuffledPoints]) => {
        const inOrder = joinFoldBars(
          bars(...barIndices.toSorted((a, b) => a - b)),
          points(...pointIndices.toSorted((a, b) => a - b)),
          FROM_MS,
        );
        expect(joinFoldBars(bars(...shuffledBars), points(...shuffledPoints), FROM_MS)).toEqual(inOrder);
      },
    ),
  );
});

it('folds in steps, while rows arrive, what it folds at once', () => {
  const count = 12;
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: count }), { maxLength: 8 }), (arrivals) => {
      const whole = joinFoldBars(
        bars(...Array.from({ length: count }, (_, i) => i)),
        points(...Array.from({ length: count }, (_, i) => i)),
        FROM_MS,
      ).bars;
      const folded = [];
      let fromMs = FROM_MS;
      for (const known of [...arrivals.toSorted((a, b) => a - b), count]) {
        const indices = Array.from({ length: known }, (_, i) => i);
        // Open interest is published a bar later than the bar.
        const pointIndices = known === count ? indices : indices.slice(0, -1);
        const joined = joinFoldBars(bars(...indices), points(...pointIndices), fromMs).bars;
        folded.push(...joined);
        fromMs = (folded.at(-1)?.openTimeMs ?? fromMs - BAR_MS) + BAR_MS;
      }
      expect(folded).toEqual(whole);
    }),
  );
});

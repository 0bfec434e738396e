import * as fc from 'fast-check';
import { expect, it } from 'vitest';

import { createRollingSums } from '@/lib/services/liquidations/rolling-sums';

const STEP_MS = 60;
const WINDOWS_MS = [60, 300, 1_200];

it('holds what every window touches, whatever order it came in', () => {
  const action = fc.record({
    // A burst falls into one step.
    passedMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 400 })),
    ageMs: fc.integer({ min: -100, max: 2_000 }),
    key: fc.integer({ min: 0, max: 40 }),
    column: fc.integer({ min: 0, max: 1 }),
    amount: fc.integer({ min: 1, max: 1e9 }),
  });
  fc.assert(
    fc.property(fc.array(action, { maxLength: 80 }), (actions) => {
      const sums = createRollingSums({ stepMs: STEP_MS, windowsMs: WINDOWS_MS, columnCount: 2 });
      const added: { step: number; key: number; column: number; amount: number }[] = [];
      let nowMs = 100_000;
      for (const { passedMs, ageMs, key, column, amount } of actions) {
        nowMs += passedMs;
        sums.advance(nowMs);
        sums.add(key, nowMs - ageMs, column, amount);
        added.push({ step: Math.floor(Math.min(nowMs, nowMs - ageMs) / STEP_MS), key, column, amount });
      }
      for (const [window, windowMs] of WINDOWS_MS.entries()) {
        const first = Math.floor(nowMs / STEP_MS) - windowMs / STEP_MS;
        for (let key = 0; key <= 40; key += 1) {
          for (const column of [0, 1]) {
            const expected = added
              .filter((each) => each.key === key && each.column === column && each.step >= first)
              .reduce((sum, each) => sum + each.amount, 0);
            expect(sums.sum(key, window, column)).toBe(expected);
          }
        }
      }
      const oldest = Math.floor(nowMs / STEP_MS) - WINDOWS_MS[2] / STEP_MS;
      const kept = added.filter((each) => each.step >= oldest);
      const steps = sums.steps();
      expect(steps.map(({ startMs }) => startMs / STEP_MS)).toEqual(
        [...new Set(kept.map(({ step }) => step))].sort((a, b) => a - b),
      );
      for (const { startMs, sums: ofStep } of steps) {
        for (const column of [0, 1]) {
          const expected = kept
            .filter((each) => each.step === startMs / STEP_MS && each.column === column)
            .reduce((sum, each) => sum + each.amount, 0);
          expect(ofStep[column]).toBe(expected);
        }
      }
    }),
    { numRuns: 60 },
  );
});

it.each([4, 40, 3_000])('keeps the sums of however many keys fall into one step: %i', (count) => {
  const sums = createRollingSums({ stepMs: STEP_MS, windowsMs: WINDOWS_MS, columnCount: 2 });
  const keys = Array.from({ length: count }, (_, key) => key);
  const sumsOf = (key: number) => WINDOWS_MS.map((_, window) => sums.sum(key, window, 1));
  sums.advance(10_000);
  for (const key of keys) for (const column of [0, 1]) sums.add(key, 10_000, column, key + 1);
  expect(keys.map((key) => sums.inStep(key, 10_000, 1))).toEqual(keys.map((key) => key + 1));
  expect(keys.map(sumsOf)).toEqual(keys.map((key) => [key + 1, key + 1, key + 1]));
  const all = (count * (count + 1)) / 2;
  expect(sums.steps().map((step) => [...step.sums])).toEqual([[all, all]]);
  sums.advance(20_000);
  expect(keys.map(sumsOf)).toEqual(keys.map(() => [0, 0, 0]));
});

it('takes no notice of a step back, and knows nothing of what it never saw', () => {
  const sums = createRollingSums({ stepMs: STEP_MS, windowsMs: WINDOWS_MS, columnCount: 1 });
  sums.advance(10_000);
  sums.add(3, 10_000, 0, 5);
  sums.advance(10_000 - STEP_MS);
  expect([0, 1, 2].map((window) => sums.sum(3, window, 0))).toEqual([5, 5, 5]);
  expect(sums.inStep(3, 10_010, 0)).toBe(5);
  expect(sums.sum(999, 2, 0)).toBe(0);
  expect(sums.inStep(3, 5_000, 0)).toBe(0);
});

it('goes back to a time that turned out to be earlier: nothing that left a window too soon stays away', () => {
  const sums = createRollingSums({ stepMs: STEP_MS, windowsMs: WINDOWS_MS, columnCount: 1 });
  sums.advance(10_000);
  sums.add(3, 9_800, 0, 5);
  sums.advance(10_800);
  sums.add(3, 9_990, 0, 7);
  expect([0, 1, 2].map((window) => sums.sum(3, window, 0))).toEqual([0, 0, 12]);
  sums.advance(10_000);
  expect([0, 1, 2].map((window) => sums.sum(3, window, 0))).toEqual([7, 12, 12]);
  sums.advance(10_080);
  expect([0, 1, 2].map((window) => sums.sum(3, window, 0))).toEqual([0, 12, 12]);
});

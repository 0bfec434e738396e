import fc from 'fast-check';
import { expect, it } from 'vitest';

import { byExpected, byMove, liftCurve } from '@/components/dashboard/score/lift-curve';
import type { BarScore } from '@/lib/market/score';

const bar = (expected: number, observed: number, move = 0): BarScore => ({
  openTimeMs: 0,
  atRisk: { long: 0, short: 0 },
  expected: { long: expected, short: 0 },
  observed: { long: 0, short: observed },
  move: { long: 0, short: move },
});

it('a ranking that knows rises at once, its reverse at last, one that knows nothing with the bars', () => {
  const bars = Array.from({ length: 100 }, (_, i) => bar(i, i < 90 ? 0 : 7));
  expect(liftCurve(bars, byExpected).find(({ bars: share }) => share === 0.1)?.usd).toBeCloseTo(1, 9);
  expect(liftCurve(bars, (each) => -byExpected(each)).find(({ bars: share }) => share === 0.9)?.usd).toBeCloseTo(0, 9);
  for (const { bars: share, usd } of liftCurve(bars, byMove)) expect(usd).toBeCloseTo(share, 9);
});

it('tells nothing where nothing was liquidated', () => {
  expect(liftCurve([bar(1, 0), bar(2, 0)], byExpected)).toEqual([]);
});

it('runs from nothing to all and never falls', () => {
  const score = fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 9 })).map(([e, o]) => bar(e, o));
  fc.assert(
    fc.property(fc.array(score, { minLength: 1, maxLength: 200 }), (bars) => {
      const curve = liftCurve(bars, byExpected);
      fc.pre(bars.some(({ observed }) => observed.short > 0));
      expect(curve[0]).toEqual({ bars: 0, usd: 0 });
      expect(curve.at(-1)?.bars).toBe(1);
      expect(curve.at(-1)?.usd).toBeCloseTo(1, 9);
      for (let i = 1; i < curve.length; i++) expect(curve[i].usd).toBeGreaterThanOrEqual(curve[i - 1].usd - 1e-12);
    }),
  );
});

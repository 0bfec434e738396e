import * as fc from 'fast-check';
import { expect, it } from 'vitest';

import { type AxisFit, fitAxis, type Tick, valueToY, yToValue } from '@/lib/chart/axis-fit';

const linear = (value: number): number => 900 - value / 100;
const log = (value: number): number => 1000 - 80 * Math.log(value);
const ticks = (values: number[], toY: (value: number) => number): Tick[] =>
  values.map((value) => ({ value, y: toY(value) }));

function expectFit(fit: AxisFit | null): AxisFit {
  if (fit === null) throw new Error('no fit');
  return fit;
}

it('finds a linear axis', () => {
  const fit = expectFit(fitAxis(ticks([60_000, 62_000, 64_000, 66_000], linear)));
  expect(fit).toMatchObject({ isLog: false, slope: expect.closeTo(-0.01, 9) as number });
  expect(fit.residualPx).toBeLessThan(1e-9);
  expect(yToValue(fit, 250)).toBeCloseTo(65_000, 6);
});

it('finds a logarithmic axis', () => {
  const fit = expectFit(fitAxis(ticks([100, 200, 500, 1_000, 2_000], log)));
  expect(fit).toMatchObject({ isLog: true });
  expect(valueToY(fit, 300)).toBeCloseTo(log(300), 9);
});

it('has a rising slope on an inverted axis', () => {
  expect(fitAxis(ticks([1, 2, 3, 4], (value) => 100 * value))?.slope).toBeCloseTo(100, 9);
});

it.each([
  ['no ticks', []],
  ['two ticks', ticks([1, 2], linear)],
  ['ticks at one height', ticks([1, 2, 3, 4], () => 10)],
  ['one value at many heights', [1, 2, 3].map((y) => ({ value: 5, y }))],
  [
    'ticks that agree on nothing',
    [
      [1, 10],
      [2, 200],
      [3, 90],
      [4, 400],
      [5, 50],
    ].map(([value, y]) => ({ value, y })),
  ],
])('finds nothing in %s', (_, points) => {
  expect(fitAxis(points)).toBeNull();
});

it('lets no outlier in, as long as most ticks agree', () => {
  const arbitraryOutlier = fc.record({
    value: fc.double({ min: 60_000, max: 70_000, noNaN: true }),
    offset: fc.double({ min: 2, max: 150, noNaN: true }),
    sign: fc.constantFrom(-1, 1),
  });
  const clean = ticks([60_000, 61_000, 62_000, 63_000, 64_000, 65_000, 66_000, 67_000], linear);
  fc.assert(
    fc.property(fc.array(arbitraryOutlier, { maxLength: 5 }), (outliers) => {
      const moved = outliers.map(({ value, offset, sign }) => ({ value, y: linear(value) + sign * offset }));
      const fit = expectFit(fitAxis([...moved, ...clean]));
      expect(fit.residualPx).toBeLessThan(1e-9);
      expect(valueToY(fit, 64_500)).toBeCloseTo(linear(64_500), 6);
    }),
  );
});

it.each([
  [linear, 3, 2],
  [linear, 5, 3],
  [(value: number) => 8 * log(value), 4, 2],
])('bends to no heap of outliers at one price', (toY, count, offset) => {
  const clean = ticks([60_000, 61_000, 62_000, 63_000, 64_000, 65_000, 66_000, 67_000], toY);
  const heap = Array.from({ length: count }, () => ({ value: 60_000, y: toY(60_000) + offset }));
  const fit = expectFit(fitAxis([...heap, ...clean]));
  expect(valueToY(fit, 64_500)).toBeCloseTo(toY(64_500), 6);
});

it('returns from value to y and back on every axis, inverted or not', () => {
  fc.assert(
    fc.property(
      fc.boolean(),
      fc.constantFrom(-1, 1),
      fc.double({ min: 1e-6, max: 1e5, noNaN: true }),
      fc.double({ min: 0.05, max: 3, noNaN: true }),
      (isLog, sign, low, spread) => {
        const t = isLog ? Math.log : (value: number) => value / low;
        const toY = (value: number): number => 300 + (sign * 200 * (t(value) - t(low))) / spread;
        const fit = expectFit(
          fitAxis(
            ticks(
              [0, 1, 2, 3, 4, 5].map((i) => low * (1 + (spread * i) / 5)),
              toY,
            ),
          ),
        );
        expect(Math.sign(fit.slope)).toBe(sign);
        const value = low * (1 + spread / 3);
        expect(yToValue(fit, valueToY(fit, value)) / value).toBeCloseTo(1, 9);
        expect(Math.abs(valueToY(fit, value) - toY(value))).toBeLessThan(0.1);
      },
    ),
  );
});

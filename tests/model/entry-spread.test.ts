import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { createEntrySpread, mirrorSpread, spreadEntries } from '@/lib/model/entry-spread';
import { mirrorBin } from '@/lib/model/grid';

import { CONFIG } from './book-fixtures';

const { binWidth } = CONFIG;

const spreadOf = (low: number, high: number, close: number) => {
  const spread = createEntrySpread();
  spreadEntries({ low, high, close }, binWidth, spread);
  return spread;
};

/** The same distribution by adding up a fine grid of both triangles. */
function bruteForce(low: number, high: number, close: number): ReadonlyMap<number, number> {
  const steps = 300;
  const a = Math.log(low);
  const c = Math.log(high);
  const peak = Math.min(c, Math.max(a, Math.log((low + high + close) / 3)));
  const density = (x: number, from: number, top: number, to: number): number =>
    Math.max(0, x < top ? (x - from) / (top - from) : (to - x) / (to - top));
  const bins = new Map<number, number>();
  let total = 0;
  for (let i = 0; i < steps; i++) {
    const entry = a + ((i + 0.5) / steps) * (c - a);
    for (let j = 0; j < steps; j++) {
      const blur = -binWidth + ((j + 0.5) / steps) * 2 * binWidth;
      const weight = density(entry, a, peak, c) * density(blur, -binWidth, 0, binWidth);
      const bin = Math.floor((entry + blur) / binWidth);
      bins.set(bin, (bins.get(bin) ?? 0) + weight);
      total += weight;
    }
  }
  return new Map([...bins].map(([bin, weight]) => [bin, weight / total]));
}

describe('spreadEntries', () => {
  it.each([
    [60_000, 60_120, 60_100],
    [60_000, 60_900, 60_010],
    [60_000, 60_003, 60_001],
    [0.1, 0.10005, 0.1],
  ])('agrees with brute force for low %f, high %f, close %f', (low, high, close) => {
    const spread = spreadOf(low, high, close);
    const expected = bruteForce(low, high, close);
    const below = [...expected].filter(([bin]) => bin < spread.firstBin).reduce((sum, [, weight]) => sum + weight, 0);
    let through = below;
    for (let i = 0; i < spread.count; i++) {
      through += expected.get(spread.firstBin + i) ?? 0;
      const isLast = i === spread.count - 1;
      expect(Math.abs(spread.sums[i + 1] - through)).toBeLessThan(isLast ? 0.012 : 0.002);
    }
    expect(below).toBeLessThan(0.012);
  });

  it('a bar of one price is spread by the blur alone, symmetrically', () => {
    const price = Math.exp((40_000 + 0.5) * binWidth);
    const spread = spreadOf(price, price, price);
    const weights = [...spread.weights.subarray(0, spread.count)];
    weights.forEach((weight, i) => expect(weight).toBeCloseTo(weights[weights.length - 1 - i], 9));
    expect(spread.count * binWidth).toBeLessThan(3.5 * binWidth);
  });

  it('weights are never negative, sum to one and cover the range but for thin ends, whatever the bar', () => {
    const fraction = fc.double({ min: 0, max: 1, noNaN: true });
    const price = fc.double({ min: 1e-6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(price, fc.double({ min: 0, max: 0.7, noNaN: true }), fraction, (low, range, at) => {
        const high = low * Math.exp(range);
        const spread = spreadOf(low, high, low + at * (high - low));
        const weights = spread.weights.subarray(0, spread.count);
        expect(Math.min(...weights)).toBeGreaterThanOrEqual(0);
        expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
        expect(spread.sums[spread.count]).toBeCloseTo(1, 12);
        // A triangle holds a hundredth of itself in at most a tenth of its range.
        const thin = 0.1 * range + binWidth;
        expect(spread.firstBin * binWidth).toBeLessThanOrEqual(Math.log(low) + thin);
        expect((spread.firstBin + spread.count) * binWidth).toBeGreaterThanOrEqual(Math.log(high) - thin);
      }),
    );
  });
});

it('mirrored entries hold the same weights in mirrored bins', () => {
  const spread = spreadOf(60_000, 60_300, 60_050);
  const mirrored = createEntrySpread();
  mirrorSpread(spread, mirrored);
  for (let i = 0; i < spread.count; i++) {
    const bin = mirrorBin(spread.firstBin + i);
    expect(mirrored.weights[bin - mirrored.firstBin]).toBe(spread.weights[i]);
  }
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { labelFromCluster, placeLabels, type Label } from '@/lib/render/place-labels';
import type { Zone } from '@/lib/render/zones';

import { scaleOf } from './profiles';

const SCALE = scaleOf(57_000, 63_000, 601);
const MARKET = 60_000;
const NONE: readonly Zone[] = [];

const label = (price: number, usd: number): Label =>
  labelFromCluster({ positionSide: price < MARKET ? 'long' : 'short', price, usd, distance: price / MARKET - 1 });
const bySize = (labels: readonly Label[]): Label[] => [...labels].sort((a, b) => b.usd - a.usd);
const pricesOf = (labels: readonly Label[], reserved = NONE): number[] =>
  placeLabels(bySize(labels), SCALE, MARKET, reserved).map(({ label }) => label.price);

describe('labels', () => {
  it('are worded in dollars, then distance', () => {
    expect(label(61_260, 36e6)).toMatchObject({ usdText: '$36M', distanceText: '+2.1%' });
    expect(label(58_680, 6.72e6)).toMatchObject({ usdText: '$6.7M', distanceText: '\u22122.2%' });
  });

  it('stand at their price', () => {
    const [placed] = placeLabels([label(61_500, 1e6)], SCALE, MARKET, NONE);
    expect(placed.y).toBeCloseTo(150, 6);
  });

  it('yield to a larger one that they would touch', () => {
    expect(pricesOf([label(61_500, 1e6), label(61_600, 2e6)])).toEqual([61_600]);
    expect(pricesOf([label(61_500, 1e6), label(61_800, 2e6)])).toEqual([61_800, 61_500]);
  });

  it('keep clear of the price', () => {
    expect(pricesOf([label(60_220, 1e6)])).toEqual([]);
    expect(pricesOf([label(60_240, 1e6)])).toEqual([60_240]);
  });

  it('keep clear of reserved zones', () => {
    expect(
      pricesOf(
        [label(62_900, 1e6), label(57_100, 2e6)],
        [
          [-Infinity, 24],
          [577, Infinity],
        ],
      ),
    ).toEqual([]);
  });

  it('are at most eight, each at least 12 % of the largest in view', () => {
    const many = Array.from({ length: 20 }, (_, i) => label(57_150 + i * 300, 1e6 + i));
    expect(pricesOf(many)).toHaveLength(8);
    expect(pricesOf([label(61_500, 100e6), label(58_500, 12e6), label(59_000, 11.9e6)])).toEqual([61_500, 58_500]);
    const larger = label(90_000, 9e9);
    expect(pricesOf([larger, label(61_500, 1e6)])).toEqual([61_500]);
  });

  it('never touch, whatever the clusters', () => {
    const cluster = fc.tuple(fc.double({ min: 55_000, max: 65_000, noNaN: true }), fc.integer({ min: 1e6, max: 1e8 }));
    fc.assert(
      fc.property(fc.array(cluster, { maxLength: 40 }), (clusters) => {
        const placed = placeLabels(bySize(clusters.map(([price, usd]) => label(price, usd))), SCALE, MARKET, NONE);
        const ys = placed.map(({ y }) => y).sort((a, b) => a - b);
        for (let i = 1; i < ys.length; i++) expect(ys[i] - ys[i - 1]).toBeGreaterThanOrEqual(22);
        for (const y of ys) expect(Math.abs(y - 300)).toBeGreaterThanOrEqual(23);
      }),
    );
  });
});

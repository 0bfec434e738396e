import { scaleLog } from 'd3-scale';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Profile } from '@/lib/market/profile';
import { HEAT_STEPS, heatScaleFromSums, heatSteps } from '@/lib/render/heat-scale';
import { sumsFromProfile } from '@/lib/render/profile-sums';

import { randomProfile } from './profiles';

const AUTO = { thresholdUsd: null, fullUsd: null };

/** Narrow bins of the given USD, longs only, the first at the market. */
const profileOf = (long: readonly number[]): Profile => ({
  ...randomProfile(1),
  markPrice: 1,
  binWidth: 1e-5,
  firstBin: 0,
  long: Float32Array.from(long),
  short: new Float32Array(long.length),
});

describe('range of heat', () => {
  it('runs from the 22nd to the 99.2nd percentile of bins that hold anything', () => {
    const usd = Array.from({ length: 1000 }, (_, i) => 1000 + i);
    const range = heatScaleFromSums(sumsFromProfile(profileOf([...usd, ...new Float32Array(500)])), 1, AUTO);
    expect(range).toEqual({ lo: 1220, hi: 1992 });
  });

  it('leaves out the soft tails of the estimate', () => {
    const usd = Array.from({ length: 100 }, (_, i) => 1000 + i);
    const tails = new Float32Array(400).fill(0.01);
    expect(heatScaleFromSums(sumsFromProfile(profileOf([...usd, ...tails])), 1, AUTO).lo).toBe(1022);
  });

  it('is that of the drawn cells when bins are joined', () => {
    const range = heatScaleFromSums(sumsFromProfile(profileOf([1, 2, 3, 4, 5, 6])), 2, AUTO);
    expect(range).toEqual({ lo: 3, hi: 11 });
  });

  it('aligns cells to multiples of their bins like the drawing does', () => {
    const shifted = { ...profileOf([7, 1, 1, 9]), firstBin: -3 };
    // Bins -3 | -2 -1 | 0: cells of 7, 2 and 9.
    expect(heatScaleFromSums(sumsFromProfile(shifted), 2, AUTO)).toEqual({ lo: 2, hi: 9 });
  });

  it('is gauged within a tenth of the price alone, wherever the view is', () => {
    const near = Array.from({ length: 1000 }, (_, i) => 1000 + i);
    const far = new Float32Array(20_000).fill(1e9);
    const range = (long: readonly number[]) => heatScaleFromSums(sumsFromProfile(profileOf(long)), 1, AUTO);
    expect(range([...near, ...new Float32Array(9_000), ...far])).toEqual(range(near));
  });

  it('follows thresholds set per bin', () => {
    const range = heatScaleFromSums(sumsFromProfile(randomProfile(1)), 3, { thresholdUsd: 1e5, fullUsd: 1e7 });
    expect(range).toEqual({ lo: 3e5, hi: 3e7 });
  });

  it('never divides by zero: an empty map, one level, a threshold of zero or above the full end', () => {
    const sums = [sumsFromProfile(profileOf([])), sumsFromProfile(profileOf([0, 0])), sumsFromProfile(profileOf([5]))];
    const settings = [AUTO, { thresholdUsd: 0, fullUsd: null }, { thresholdUsd: 9e9, fullUsd: 1 }];
    for (const sum of sums) {
      for (const set of settings) {
        const range = heatScaleFromSums(sum, 1, set);
        expect(range.hi).toBeGreaterThan(range.lo);
        expect(Number.isFinite(heatSteps(range)(5))).toBe(true);
      }
    }
  });
});

describe('step of heat', () => {
  it('follows the logarithm of the dollars', () => {
    const range = { lo: 642_000, hi: 13e6 };
    const oracle = scaleLog()
      .domain([range.lo, range.hi])
      .range([0, HEAT_STEPS - 1]);
    fc.assert(
      fc.property(fc.double({ min: range.lo, max: range.hi, noNaN: true }), (usd) => {
        expect(Math.abs(heatSteps(range)(usd) - oracle(usd))).toBeLessThanOrEqual(0.5 + 1e-9);
      }),
    );
  });

  it('is nothing below the threshold and full above the end', () => {
    const range = { lo: 100, hi: 1000 };
    expect(heatSteps(range)(99.9)).toBe(-1);
    expect(heatSteps(range)(100)).toBe(0);
    expect(heatSteps(range)(1000)).toBe(HEAT_STEPS - 1);
    expect(heatSteps(range)(1e12)).toBe(HEAT_STEPS - 1);
    expect(heatSteps(range)(0)).toBe(-1);
  });
});

import { describe, expect, it } from 'vitest';

import { profileSeries, readOutAt } from '@/components/profile-series';
import type { Profile } from '@/lib/market/profile';

import { sampleProfile } from './samples';

/** Ten bins of 1 %, five on either side of a price of 100 that stands on a bin's edge. */
function steppedProfile(): Profile {
  const binWidth = 0.01;
  const firstBin = Math.round(Math.log(100) / binWidth) - 5;
  return {
    ...sampleProfile(),
    binWidth,
    firstBin,
    markPrice: Math.exp((firstBin + 5) * binWidth),
    long: new Float32Array([1, 2, 3, 4, 5, 0, 0, 0, 0, 0]),
    short: new Float32Array([0, 0, 0, 0, 0, 10, 20, 30, 40, 50]),
  };
}

describe('a profile laid out for drawing', () => {
  const profile = steppedProfile();
  const series = profileSeries(profile, 0.045, 'both');

  it('holds the bins within reach, edge by edge', () => {
    expect(series.edges).toHaveLength(series.long.length + 1);
    expect(series.long.filter((usd) => usd > 0)).toEqual([1, 2, 3, 4, 5]);
    expect(series.short.filter((usd) => usd > 0)).toEqual([10, 20, 30, 40, 50]);
    expect(series.maxBinUsd).toBe(50);
  });

  it('sums from the price outwards, each side on its own side of the price only', () => {
    const markEdge = series.edges.findIndex((edge) => Math.abs(edge / profile.markPrice - 1) < 1e-9);
    expect(series.longSum[markEdge]).toBeCloseTo(0, 6);
    expect(series.longSum[markEdge - 2]).toBeCloseTo(9, 6);
    expect(series.longSum[markEdge + 1]).toBeNull();
    expect(series.shortSum[markEdge + 2]).toBeCloseTo(30, 6);
    expect(series.shortSum[markEdge - 1]).toBeNull();
  });

  it('one side begins or ends at the price', () => {
    expect(profileSeries(profile, 0.045, 'long').highPrice).toBe(profile.markPrice);
    expect(profileSeries(profile, 0.045, 'short').lowPrice).toBe(profile.markPrice);
    expect(profileSeries(profile, 0.045, 'short').longSum.every((sum) => sum === null)).toBe(true);
  });

  it('reads price, distance, what is near and what lies between', () => {
    const readOut = readOutAt(series, 1);
    expect(readOut.price).toBeCloseTo(profile.markPrice * 1.045, 9);
    expect(readOut.distance).toBeCloseTo(0.045, 9);
    // 0.1 % to both sides of a price inside the fifth bin: a fifth of its 50.
    expect(readOut.nearUsd).toBeCloseTo(10, 1);
    expect(readOut.toHereUsd).toBeCloseTo(100 + 50 * (Math.log(1.045) / 0.01 - 4), 6);
  });

  it('reads nothing at the price itself', () => {
    expect(readOutAt(profileSeries(profile, 0.045, 'short'), 0).toHereUsd).toBeCloseTo(0, 9);
  });

  it('an empty profile draws nothing and divides by nothing', () => {
    const empty = { ...profile, long: new Float32Array(0), short: new Float32Array(0) };
    const series = profileSeries(empty, 0.1, 'both');
    expect(series.maxBinUsd).toBe(0);
    expect(series.maxSumUsd).toBe(0);
    expect(readOutAt(series, 0.3)).toMatchObject({ nearUsd: 0, toHereUsd: 0 });
  });
});

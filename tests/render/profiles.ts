import { type PriceScale, priceScaleFromSamples } from '@/lib/chart/price-scale';
import type { Profile } from '@/lib/market/profile';
import type { LevelChoices } from '@/lib/render/level-choices';
import { sumsFromProfile, type ProfileSums } from '@/lib/render/profile-sums';

/** Levels as they are drawn unless the user chooses. */
export const ALL_LEVELS: LevelChoices = {
  thresholdUsd: null,
  fullUsd: null,
  rowBins: 1,
  side: 'both',
  hasLabels: true,
};

/** Deterministic numbers in [0, 1), so that two runs see the same profile. */
export function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Longs below 60,000 and shorts above, a million on average in each of the bins within 30 %. */
export function randomProfile(seed: number, binWidth = 0.0005): Profile {
  const random = mulberry32(seed);
  const markPrice = 60_000;
  const half = Math.round(0.3 / binWidth);
  const markBin = Math.floor(Math.log(markPrice) / binWidth);
  const long = new Float32Array(2 * half);
  const short = new Float32Array(2 * half);
  for (let i = 0; i < 2 * half; i++) (i < half ? long : short)[i] = Math.round(2e6 * random());
  return {
    asOfMs: 1,
    markPrice,
    lastPrice: markPrice,
    binWidth,
    firstBin: markBin - half,
    long,
    short,
    openInterestUsd: 1e9,
    unlocatedShare: 0,
  };
}

export function scaleOf(from: number, to: number, height: number, mode: 'normal' | 'log' = 'normal'): PriceScale {
  const scale = priceScaleFromSamples([to, from], height, mode);
  if (scale === null) throw new Error(`no scale from ${from} to ${to}`);
  return scale;
}

/** A profile's dollars parted at random into four groups, both sides of a bin in one array. */
export function groupSumsOf(profile: Profile, seed: number): ProfileSums {
  const { long, short } = profile;
  const random = mulberry32(seed);
  const groups = Array.from({ length: 4 }, () => new Float64Array(long.length));
  for (let bin = 0; bin < long.length; bin++) {
    const weights = groups.map(random);
    const sum = weights.reduce((a, b) => a + b);
    groups.forEach((group, g) => (group[bin] = ((long[bin] + short[bin]) * weights[g]) / sum));
  }
  return sumsFromProfile({ ...profile, groups });
}

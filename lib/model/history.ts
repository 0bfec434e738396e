import type { Profile } from '@/lib/market/profile';

/**
 * A profile as it was, small: one byte a bin and side on a log scale of USD. 0 is nothing drawn, 1 to 255 run from `lowUsd`
 * to `highUsd`. Never changed once made.
 */
export interface HistoryColumn {
  readonly asOfMs: number;
  readonly markPrice: number;
  readonly lastPrice: number;
  readonly openInterestUsd: number;
  readonly unlocatedShare: number;
  readonly binWidth: number;
  /** Bin of the first byte, on the profile's grid. */
  readonly firstBin: number;
  readonly lowUsd: number;
  readonly highUsd: number;
  readonly long: Uint8Array;
  readonly short: Uint8Array;
}

/** Bins below this share of the largest are dropped. */
const DYNAMIC_RANGE = 1e-4;
const STEPS = 254;

/** Largest relative error of a bin that is kept: half a step of the log scale. */
export const QUANTISATION_ERROR = Math.exp(-Math.log(DYNAMIC_RANGE) / STEPS / 2) - 1;

export function columnFromProfile(profile: Profile): HistoryColumn {
  const { asOfMs, markPrice, lastPrice, openInterestUsd, unlocatedShare, binWidth } = profile;
  let highUsd = 0;
  for (let i = 0; i < profile.long.length; i++) highUsd = Math.max(highUsd, profile.long[i], profile.short[i]);
  const lowUsd = highUsd * DYNAMIC_RANGE;
  const isDrawn = (i: number): boolean => highUsd > 0 && (profile.long[i] >= lowUsd || profile.short[i] >= lowUsd);
  let start = 0;
  let end = profile.long.length;
  while (start < end && !isDrawn(start)) start++;
  while (end > start && !isDrawn(end - 1)) end--;
  return {
    asOfMs,
    markPrice,
    lastPrice,
    openInterestUsd,
    unlocatedShare,
    binWidth,
    firstBin: profile.firstBin + start,
    lowUsd,
    highUsd,
    long: quantise(profile.long.subarray(start, end), lowUsd),
    short: quantise(profile.short.subarray(start, end), lowUsd),
  };
}

/** The inverse, on the column's own bins: each value within `QUANTISATION_ERROR`, those below `lowUsd` zero. */
export function profileFromColumn(column: HistoryColumn): Profile {
  const { asOfMs, markPrice, lastPrice, openInterestUsd, unlocatedShare, binWidth, firstBin, lowUsd } = column;
  return {
    asOfMs,
    markPrice,
    lastPrice,
    openInterestUsd,
    unlocatedShare,
    binWidth,
    firstBin,
    long: restore(column.long, lowUsd),
    short: restore(column.short, lowUsd),
  };
}

function quantise(usd: Float32Array, lowUsd: number): Uint8Array {
  const perStep = STEPS / -Math.log(DYNAMIC_RANGE);
  const bytes = new Uint8Array(usd.length);
  for (let i = 0; i < usd.length; i++) {
    const value = usd[i];
    if (value >= lowUsd && value > 0) bytes[i] = 1 + Math.round(Math.log(value / lowUsd) * perStep);
  }
  return bytes;
}

function restore(bytes: Uint8Array, lowUsd: number): Float32Array {
  const step = -Math.log(DYNAMIC_RANGE) / STEPS;
  const usd = new Float32Array(bytes.length);
  for (let i = 0; i < bytes.length; i++) if (bytes[i] > 0) usd[i] = lowUsd * Math.exp((bytes[i] - 1) * step);
  return usd;
}

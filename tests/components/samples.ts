import { STREAM_NAMES, type HealthState, type StreamHealth, type VenueHealth } from '@/lib/market/health';
import type { Profile } from '@/lib/market/profile';
import type { Score } from '@/lib/market/score';
import type { LiquidatedWindow, Summary } from '@/lib/market/summary';
import type { UsdRange } from '@/lib/market/usd-range';

import { sampleContract } from '../market/sample-contract';
import { sampleStream } from '../market/sample-health';

/** Machine and venue time of every sample. */
export const NOW_MS = Date.UTC(2024, 8, 13, 12, 0, 0);

export const CONTRACT = sampleContract('BTCUSDT', 'BTC', { listedTimeMs: Date.UTC(2019, 8, 8) });

const rangeOf = (usd: number): UsdRange => ({ lowUsd: 0.5 * usd, highUsd: 1.6 * usd, confidence: 'fair' });

const SCORE: Score = {
  days: 12.4,
  eventCount: 1_930,
  rankCorrelation: 0.77,
  rankCorrelationInterval: { low: 0.74, high: 0.8 },
  moveRankCorrelation: 0.64,
  bitsPerEvent: 0.31,
  bitsPerEventInterval: { low: 0.22, high: 0.41 },
  dayOldBitsPerEvent: -0.12,
  topTenthShare: 0.18,
  topTenthLift: 1.7,
  topTenthLiftInterval: { low: 1.3, high: 2.2 },
  expectedUsd: 96e6,
  observedUsd: 84e6,
  intervalCoverage: 0.82,
};

/** A window that one sampled feed told. */
export function windowOf(windowMs: number, longUsd: number, shortUsd: number, recordedShare: number): LiquidatedWindow {
  const part = { longUsd, shortUsd, correctedUsd: 1.6 * (longUsd + shortUsd), recordedShare };
  return { windowMs, ...part, venues: [{ venueId: 'binance', ...part }] };
}

/** The figures of the design's own picture. */
export const SUMMARY: Summary = {
  contractId: 'binance:BTCUSDT',
  symbol: 'BTCUSDT',
  venueId: 'binance',
  priceDigits: 1,
  asOfMs: NOW_MS,
  markPrice: 60_249.8,
  lastPrice: 60_250.1,
  change24h: 0.0124,
  openInterestUsd: 5.02e9,
  openInterestChange24h: -0.018,
  fundingRate: 0.000051,
  fundingIntervalMs: 8 * 3_600_000,
  nextFundingTimeMs: NOW_MS + 3 * 3_600_000 + 12 * 60_000,
  longShortRatio: 1.42,
  atRisk: [
    { distance: 0.01, longUsd: 1.75e6, shortUsd: 13.5e6, longRange: rangeOf(1.75e6), shortRange: rangeOf(13.5e6) },
    { distance: 0.02, longUsd: 35e6, shortUsd: 46.1e6, longRange: rangeOf(35e6), shortRange: rangeOf(46.1e6) },
    { distance: 0.05, longUsd: 308e6, shortUsd: 358e6, longRange: rangeOf(308e6), shortRange: rangeOf(358e6) },
    { distance: 0.1, longUsd: 686e6, shortUsd: 721e6, longRange: rangeOf(686e6), shortRange: rangeOf(721e6) },
  ],
  nearestLong: { positionSide: 'long', price: 58_906, usd: 21.9e6, distance: -0.022, range: rangeOf(21.9e6) },
  nearestShort: { positionSide: 'short', price: 61_495, usd: 35.8e6, distance: 0.021, range: rangeOf(35.8e6) },
  largestLong: { positionSide: 'long', price: 54_486, usd: 40.8e6, distance: -0.096, range: rangeOf(40.8e6) },
  largestShort: { positionSide: 'short', price: 66_053, usd: 42.4e6, distance: 0.096, range: rangeOf(42.4e6) },
  liquidated: [
    windowOf(3_600_000, 420e3, 1.86e6, 1),
    windowOf(4 * 3_600_000, 6.31e6, 9.72e6, 0.92),
    windowOf(24 * 3_600_000, 41.8e6, 58.4e6, 0.37),
  ],
  unlocatedShare: 0.074,
  historyDays: 30,
  minutesSinceMs: null,
  leverageMix: [
    { leverage: 3, share: 0.14 },
    { leverage: 5, share: 0.17 },
    { leverage: 10, share: 0.14 },
    { leverage: 20, share: 0.06 },
    { leverage: 25, share: 0.03 },
    { leverage: 50, share: 0.05 },
    { leverage: 100, share: 0.03 },
  ],
  hours: null,
  members: [
    {
      venueId: 'binance',
      symbols: ['BTCUSDT'],
      state: 'live',
      openInterestUsd: 5.02e9,
      countedOpenInterestUsd: 5.02e9,
      openInterestSinceMs: null,
      longUsd: 1.1e9,
      shortUsd: 1.2e9,
    },
  ],
  observed: [],
  observedShare: 0,
  openBars: [],
  learning: {
    source: 'own',
    learnedThroughMs: Date.UTC(2024, 8, 13),
    eventCount: 4_120,
    enoughEvents: 300,
    liquidatedShare: { long: 0.034, short: 0.029 },
    expected: [
      {
        distance: 0.01,
        long: { usd: 2.1e6, lowUsd: 0.3e6, highUsd: 9e6 },
        short: { usd: 1.9e6, lowUsd: null, highUsd: null },
      },
    ],
    lastDay: { ...SCORE, days: 1, eventCount: 154 },
    month: SCORE,
  },
  ownLevels: [],
  riskTiers: { source: 'venue', asOfMs: Date.UTC(2024, 8, 1) },
};

/** A lumpy profile around the sample's mark price, the same every time. */
export function sampleProfile(markPrice: number = SUMMARY.markPrice): Profile {
  const binWidth = 0.0005;
  const markBin = Math.floor(Math.log(markPrice) / binWidth);
  const count = 600;
  const long = new Float32Array(count);
  const short = new Float32Array(count);
  let seed = 7;
  const random = () => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647;
  let lump = 1;
  for (let i = 0; i < count; i++) {
    const bins = Math.abs(i - count / 2);
    if (i % 3 === 0) lump = 0.05 + random() ** 4 * 2 + 0.35 * lump;
    const usd = bins < 12 ? 0 : 1.6e6 * (1 - Math.exp(-bins / 60)) * lump * (0.6 + 0.8 * random());
    (i < count / 2 ? long : short)[i] = usd;
  }
  return {
    asOfMs: NOW_MS,
    markPrice,
    lastPrice: markPrice,
    binWidth,
    firstBin: markBin - count / 2,
    long,
    short,
    openInterestUsd: 5.02e9,
    unlocatedShare: 0.074,
  };
}

/** Every stream live, but for what is said otherwise. */
export function sampleHealth(
  changes: Partial<Record<StreamHealth['stream'], Partial<StreamHealth>>> = {},
  ages: readonly number[] = [200, 600, 1_200, 38_000, 252_000, 40_000],
): VenueHealth {
  return {
    venueId: 'binance',
    streams: STREAM_NAMES.map((stream, index) => ({
      stream,
      state: 'live',
      sinceMs: NOW_MS - 3_600_000,
      lastDataMs: NOW_MS - ages[index],
      brokenCount: 0,
      detail: '',
      retryAtMs: null,
      ...changes[stream],
    })),
  };
}

/** Every stream in the same trouble. */
export const troubledHealth = (state: HealthState, detail: string, retryAtMs: number | null = null): VenueHealth => ({
  venueId: 'binance',
  streams: STREAM_NAMES.map((stream) => sampleStream(stream, state, { sinceMs: NOW_MS - 60_000, detail, retryAtMs })),
});

import { DAY_MS } from '@/lib/core/time';
import type { BarScore, LocationScore } from '@/lib/market/score';

import { isBarScore, isLocationScore } from './row-checks';
import type { SeriesCodec } from './series-codec';

export const BAR_SCORE_CODEC: SeriesCodec<BarScore> = {
  width: 9,
  chunkMs: DAY_MS,
  isRefetchable: false,
  timeOf: (score) => score.openTimeMs,
  compare: (a, b) => a.openTimeMs - b.openTimeMs,
  isValid: isBarScore,
  write({ openTimeMs, atRisk, expected, observed, move }, numbers, at) {
    const row = [openTimeMs, ...[atRisk, expected, observed, move].flatMap(({ long, short }) => [long, short])];
    numbers.set(row, at);
  },
  read: (numbers, at) => ({
    openTimeMs: numbers[at],
    atRisk: { long: numbers[at + 1], short: numbers[at + 2] },
    expected: { long: numbers[at + 3], short: numbers[at + 4] },
    observed: { long: numbers[at + 5], short: numbers[at + 6] },
    move: { long: numbers[at + 7], short: numbers[at + 8] },
  }),
};

export const LOCATION_SCORE_CODEC: SeriesCodec<LocationScore> = {
  width: 8,
  chunkMs: DAY_MS,
  isRefetchable: false,
  timeOf: (score) => score.startMs,
  compare: (a, b) => a.startMs - b.startMs,
  isValid: isLocationScore,
  write(score, numbers, at) {
    numbers[at] = score.startMs;
    numbers[at + 1] = score.eventCount;
    numbers[at + 2] = score.usd;
    numbers[at + 3] = score.bits;
    numbers[at + 4] = score.dayOldEventCount;
    numbers[at + 5] = score.dayOldBits;
    numbers[at + 6] = score.topTenthUsd;
    numbers[at + 7] = score.topTenthUsdByChance;
  },
  read: (numbers, at) => ({
    startMs: numbers[at],
    eventCount: numbers[at + 1],
    usd: numbers[at + 2],
    bits: numbers[at + 3],
    dayOldEventCount: numbers[at + 4],
    dayOldBits: numbers[at + 5],
    topTenthUsd: numbers[at + 6],
    topTenthUsdByChance: numbers[at + 7],
  }),
};

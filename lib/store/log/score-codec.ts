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

/** As they lie in the row, the time first. */
const LOCATION_FIGURES = [
  'startMs',
  'eventCount',
  'usd',
  'bits',
  'dayOldEventCount',
  'dayOldBits',
  'topTenthUsd',
  'topTenthUsdByChance',
] as const satisfies readonly (keyof LocationScore)[];

export const LOCATION_SCORE_CODEC: SeriesCodec<LocationScore> = {
  width: LOCATION_FIGURES.length,
  chunkMs: DAY_MS,
  isRefetchable: false,
  timeOf: ({ startMs }) => startMs,
  compare: (a, b) => a.startMs - b.startMs,
  isValid: isLocationScore,
  write: (score, numbers, at) =>
    numbers.set(
      LOCATION_FIGURES.map((figure) => score[figure]),
      at,
    ),
  read: (numbers, at) =>
    Object.fromEntries(LOCATION_FIGURES.map((figure, i) => [figure, numbers[at + i]])) as Record<
      (typeof LOCATION_FIGURES)[number],
      number
    >,
};

import { HOUR_MS, floorToStep } from '@/lib/core/time';
import { BAR_MS } from '@/lib/market/bar';
import type { BarScore, LocationScore } from '@/lib/market/score';
import { createRandom } from '@/tests/market/synthetic-random';

/** As many as have whole tenths and twentieths. */
const BARS = 240;
const SEED = 11;

export interface ScoreRows {
  readonly bars: readonly BarScore[];
  readonly places: readonly LocationScore[];
}

/** Twenty hours as if they had been scored, the last of them before the hour of now; of no two bars as much was expected. */
export function scoreRows(nowMs: number): ScoreRows {
  const seeded = createRandom(SEED);
  const random = () => seeded.next();
  const endMs = floorToStep(nowMs, HOUR_MS) - HOUR_MS;
  const bars = Array.from({ length: BARS }, (_, i): BarScore => {
    const sides = (each: () => number) => ({ long: each(), short: each() });
    const move = sides(() => 0.0002 + 0.004 * random());
    const expected = { long: 4e7 * move.long * random(), short: 4e7 * move.short * random() };
    const observed = sides(() => 0);
    for (const side of ['long', 'short'] as const) {
      if (random() < 0.6) observed[side] = expected[side] * (0.3 + 1.6 * random());
    }
    const atRisk = { long: 9 * expected.long, short: 9 * expected.short };
    return { openTimeMs: endMs - (BARS - i) * BAR_MS, atRisk, expected, observed, move };
  });
  const places = Array.from({ length: (BARS * BAR_MS) / HOUR_MS }, (_, i): LocationScore => {
    const eventCount = 3 + Math.floor(9 * random());
    const usd = eventCount * (5_000 + 90_000 * random());
    const topTenthUsd = usd * (0.1 + 0.3 * random());
    return {
      startMs: endMs - BARS * BAR_MS + i * HOUR_MS,
      eventCount,
      usd,
      bits: eventCount * (random() - 0.2),
      dayOldEventCount: eventCount,
      dayOldBits: eventCount * (random() - 0.6),
      topTenthUsd,
      topTenthUsdByChance: usd / 10,
    };
  });
  return { bars, places };
}

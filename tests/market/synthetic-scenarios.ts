import { tiersFromRows } from './synthetic-margin';
import { DEFAULT_OPTIONS, type SyntheticMarketOptions } from './synthetic-market';
import { createRandom, mixSeeds } from './synthetic-random';
import { DEFAULT_POPULATION } from './synthetic-traders';

const HOUR_MS = 3_600_000;
/** Mean of an exponential lifetime per half-life. */
const PER_HALF_LIFE = 1 / Math.LN2;

/** One maintenance rate for all sizes. */
const FLAT_TIERS = tiersFromRows([
  [800_000, 0.005, 150],
  [70_000_000, 0.005, 50],
]);

/** The first tiers of a large contract, BTCUSDT's of 2026. */
const TIERS = tiersFromRows([
  [300_000, 0.004, 150],
  [800_000, 0.005, 100],
  [3_000_000, 0.0065, 75],
  [12_000_000, 0.01, 50],
  [70_000_000, 0.02, 25],
  [230_000_000, 0.05, 10],
]);

/**
 * `plain`: isolated margin, one maintenance rate, no stops, two exponential lifetimes whatever the leverage, volume in proportion
 * to what it opens. `messy`: 30 % cross margin, tiers by size, margin added by a third of the rest, lifetimes by habit and leverage that span two orders of
 * magnitude, volume that goes by volatility.
 */
export const SCENARIO_KINDS = ['plain', 'messy'] as const;
export type ScenarioKind = (typeof SCENARIO_KINDS)[number];

/** A market of thousands of traders whose leverage, volatility, sizes and price are drawn from the seed. */
export function drawScenario(kind: ScenarioKind, seed: number): SyntheticMarketOptions {
  const random = createRandom(mixSeeds(seed, 7));
  const medianHoldMs = 16 * HOUR_MS * Math.exp(0.3 * random.normal());
  const population = {
    ...DEFAULT_POPULATION,
    leverageShares: DEFAULT_POPULATION.leverageShares.map(
      ([leverage, share]) => [leverage, share * Math.exp(0.6 * random.normal())] as const,
    ),
    medianNotional: 60_000 * Math.exp(0.4 * random.normal()),
    notionalSpread: 0.6 + 0.5 * random.next(),
    stopShare: 0,
  };
  const market = {
    ...DEFAULT_OPTIONS,
    seed,
    startMs: 1_750_000_200_000,
    initialPrice: 60_000 * Math.exp(random.normal()),
    tickSize: 0.1,
    qtyStep: 0.001,
    tiers: TIERS,
    traderCount: 2_000,
    volatility: 0.0012 * Math.exp(0.25 * random.normal()),
  };
  if (kind === 'messy') {
    return { ...market, population: { ...population, crossShare: 0.3, addsMarginShare: 0.33, medianHoldMs } };
  }
  const ages = {
    fastShare: 0.6,
    fastMeanMs: 0.75 * HOUR_MS * PER_HALF_LIFE,
    slowMeanMs: 24 * HOUR_MS * PER_HALF_LIFE,
  };
  return {
    ...market,
    tiers: FLAT_TIERS,
    population: { ...population, crossShare: 0, medianHoldMs, ages },
    churnShare: 0.2,
  };
}

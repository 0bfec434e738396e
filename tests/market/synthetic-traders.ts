import type { Random } from './synthetic-random';

/** How one trader of the synthetic market behaves; drawn once, kept for life. */
export interface Trader {
  readonly leverage: number;
  readonly isCross: boolean;
  /** Wallet behind a cross position as a multiple of its initial margin; 1 for isolated. */
  readonly walletMultiple: number;
  /** A stop order at this share of the way from entry to liquidation; null without one. */
  readonly stopShare: number | null;
  /** Adds margin once, when half of the way to liquidation is lost. */
  readonly addsMargin: boolean;
  /** Above 0 follows the last hour's move, below 0 trades against it. */
  readonly trendFollowing: number;
  readonly meanHoldMs: number;
  readonly meanRestMs: number;
  /** Quote currency. */
  readonly typicalNotional: number;
}

/** Share of traders per leverage; only the relative sizes matter. */
export type LeverageShares = readonly (readonly [leverage: number, share: number])[];

/** Lifetimes drawn anew for each position, whoever holds it: exponential, of one of two means. */
export interface TwoAges {
  readonly fastShare: number;
  readonly fastMeanMs: number;
  readonly slowMeanMs: number;
}

export interface TraderPopulation {
  readonly leverageShares: LeverageShares;
  readonly crossShare: number;
  /** Share of traders who place a stop order. */
  readonly stopShare: number;
  /** Share of the traders without a stop order who add margin. */
  readonly addsMarginShare: number;
  /** Median over the traders; each has its own, spread over two orders of magnitude. */
  readonly medianHoldMs: number;
  /** In place of the traders' own habits; null leaves them to those. */
  readonly ages: TwoAges | null;
  readonly medianNotional: number;
  /** Standard deviation of ln(size) over the traders. */
  readonly notionalSpread: number;
}

export const DEFAULT_POPULATION: TraderPopulation = {
  leverageShares: [
    [1, 8],
    [2, 8],
    [3, 12],
    [5, 17],
    [10, 22],
    [20, 15],
    [25, 6],
    [50, 7],
    [75, 2],
    [100, 3],
  ],
  crossShare: 0.3,
  stopShare: 0.7,
  addsMarginShare: 0,
  medianHoldMs: 16 * 3_600_000,
  ages: null,
  medianNotional: 250_000,
  notionalSpread: 1.2,
};

const HOLD_SPREAD = 1.1;

export const drawTrader = (random: Random, population: TraderPopulation): Trader => {
  const leverage = drawLeverage(random, population.leverageShares);
  const isCross = random.next() < population.crossShare;
  // Those who bet higher hold shorter.
  const meanHoldMs =
    population.medianHoldMs * Math.exp(HOLD_SPREAD * random.normal()) * Math.min(2, Math.sqrt(10 / leverage));
  const walletMultiple = isCross ? 1.2 + random.exponential(1.5) : 1;
  const stopShare = random.next() < population.stopShare ? 0.2 + 0.7 * random.next() : null;
  return {
    leverage,
    isCross,
    walletMultiple,
    stopShare,
    addsMargin: stopShare === null && population.addsMarginShare > 0 && random.next() < population.addsMarginShare,
    trendFollowing: 0.8 * random.normal(),
    meanHoldMs,
    meanRestMs: meanHoldMs * (0.3 + random.next()),
    typicalNotional: population.medianNotional * Math.exp(population.notionalSpread * random.normal()),
  };
};

/** Mean of a position's lifetime, at its opening. */
export const drawMeanHoldMs = (random: Random, trader: Trader, ages: TwoAges | null): number => {
  if (ages === null) return trader.meanHoldMs;
  return random.next() < ages.fastShare ? ages.fastMeanMs : ages.slowMeanMs;
};

const drawLeverage = (random: Random, shares: LeverageShares): number => {
  const total = shares.reduce((sum, [, share]) => sum + share, 0);
  let left = random.next() * total;
  for (const [leverage, share] of shares) {
    left -= share;
    if (left < 0) return leverage;
  }
  return 1;
};

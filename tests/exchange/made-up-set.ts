import { BAR_MS } from '@/lib/market/bar';
import { PATH_STEPS, stepsPerUnit } from '@/tests/market/synthetic-bar';
import { createPricePath } from '@/tests/market/synthetic-price-path';
import { createRandom, mixSeeds } from '@/tests/market/synthetic-random';

import { guessTakerBuyVolume } from './bar-path';
import type { RecordedBar } from './hour-split';
import type { Instrument } from './instruments';
import type { LiquidationSum, RecordedSet } from './recorded-set';

const BARS_PER_DAY = 288;
/** Open interest returns to its usual level by this per bar, and strays by that. */
const REVERSION = 0.002;
const STRAY = 0.0015;
/** What a move has to exceed, in usual ranges of a bar, before it liquidates anybody. */
const HARMLESS_RANGES = 1;

/** How a made-up market trades. */
export interface Trading {
  /** At the last past bar's close. */
  readonly price: number;
  /** Base units, and how often they change hands in a day. */
  readonly openInterest: number;
  readonly turnover: number;
  /** Of a calm bar's own return. */
  readonly volatility: number;
  /** How much of another market's moves it makes, beside its own. */
  readonly beta: number;
}

/** Prices within each bar of the market that others follow, from its first bar on. */
export type Lead = readonly Float64Array[];

/** Bars of a market that is recorded nowhere, `pastBars` of them before the present. */
export const makeUpBars = (
  { tickSize, qtyStep }: Instrument,
  trading: Trading,
  lead: Lead,
  pastBars: number,
  seed: number,
): RecordedBar[] => {
  const { price, openInterest, turnover, volatility, beta } = trading;
  const path = createPricePath({
    seed: mixSeeds(seed, 1),
    initialPrice: price,
    initialMark: price,
    tickSize: price * 1e-6,
    volatility,
  });
  const knots = lead.map((led) => path.nextBar().prices.map((own, k) => own * (led[k] / lead[0][0]) ** beta));
  const scale = price / (knots[pastBars - 1]?.at(-1) ?? price);
  const ranges = knots.map((prices) => Math.max(...prices) / Math.min(...prices) - 1);
  const usualRange = ranges.reduce((sum, range) => sum + range, 0) / ranges.length;
  const random = createRandom(mixSeeds(seed, 2));
  const round = (value: number, step: number): number => Math.round(value * stepsPerUnit(step)) / stepsPerUnit(step);
  let stray = 0;
  return knots.map((prices, i) => {
    const at = (value: number): number => round(value * scale, tickSize);
    const activity = (0.3 + (0.7 * ranges[i]) / usualRange) * Math.exp(0.35 * random.normal());
    stray += STRAY * random.normal() - REVERSION * stray;
    const shape = {
      open: at(prices[0]),
      high: at(Math.max(...prices)),
      low: at(Math.min(...prices)),
      close: at(prices[prices.length - 1]),
      volume: round((openInterest * turnover * activity) / BARS_PER_DAY, qtyStep),
      openInterest: round(openInterest * (1 + stray), qtyStep),
    };
    return { ...shape, takerBuyVolume: guessTakerBuyVolume({ ...shape, takerBuyVolume: NaN }, qtyStep) };
  });
};

/** What such bars liquidate: `share` of open interest a day, where price moves more than it usually does; of longs by `lean` more. */
export const makeUpLiquidations = (
  bars: readonly RecordedBar[],
  firstOpenTimeMs: number,
  share: number,
  lean: number,
): LiquidationSum[] => {
  const usual = bars.reduce((sum, bar) => sum + (bar.high - bar.low) / bar.open, 0) / bars.length;
  const excess = (move: number, { open }: RecordedBar): number => Math.max(0, move / open - HARMLESS_RANGES * usual);
  const weights = bars.map((bar) => ({
    long: (1 + lean) * excess(bar.open - bar.low, bar),
    short: (1 - lean) * excess(bar.high - bar.open, bar),
  }));
  const total = weights.reduce((sum, { long, short }) => sum + long + short, 0);
  const perWeight = ((share * bars.length) / BARS_PER_DAY / total) * (bars.find(isKnown)?.openInterest ?? 0);
  return weights.map(({ long, short }, i) => {
    const startMs = firstOpenTimeMs + i * BAR_MS;
    return { startMs, endMs: startMs + BAR_MS, longQty: perWeight * long, shortQty: perWeight * short };
  });
};

const isKnown = (bar: RecordedBar): boolean => !Number.isNaN(bar.openInterest);

/** A recording with made-up bars before it, which end where it begins. */
export const withPast = (set: RecordedSet, barCount: number, liquidatedShare: number, seed: number): RecordedSet => {
  const { instrument, initialOpenInterest } = set;
  const calm = Array.from({ length: barCount }, () => new Float64Array(PATH_STEPS + 1).fill(1));
  const trading = {
    price: set.bars[0].open,
    openInterest: initialOpenInterest,
    turnover:
      (set.bars.reduce((sum, bar) => sum + bar.volume, 0) / set.bars.length / initialOpenInterest) * BARS_PER_DAY,
    volatility: instrument.volatility,
    beta: 0,
  };
  // Open interest strays from its usual level, which here is the one at the end: the same backwards.
  const past = makeUpBars(instrument, trading, calm, barCount, seed);
  const bars = [...past.map((bar, i) => ({ ...bar, openInterest: past[barCount - 1 - i].openInterest })), ...set.bars];
  const firstOpenTimeMs = set.firstOpenTimeMs - barCount * BAR_MS;
  return {
    ...set,
    firstOpenTimeMs,
    initialOpenInterest: bars[0].openInterest,
    bars,
    markOpens: [...past.map(() => NaN), ...set.markOpens],
    liquidations: makeUpLiquidations(bars, firstOpenTimeMs, liquidatedShare, 0),
  };
};

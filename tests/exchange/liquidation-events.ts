import { BAR_MS } from '@/lib/market/bar';
import type { Liquidation, PositionSide } from '@/lib/market/liquidation';
import { type BarPath, PATH_STEPS, stepsPerUnit } from '@/tests/market/synthetic-bar';
import type { Random } from '@/tests/market/synthetic-random';

import { apportion } from './apportion';

const TYPICAL_NOTIONAL = 40_000;
const MOST_EVENTS = 40;
const SECONDS = BAR_MS / 1000;

/**
 * Single liquidations that add up to a bar's known sums, while the mark moves against them. No two share a second, so
 * that a feed that publishes one per second loses none.
 */
export const createLiquidations = (
  openTimeMs: number,
  path: BarPath,
  sums: Readonly<Record<PositionSide, number>>,
  qtyStep: number,
  random: Random,
): Liquidation[] => {
  const taken = new Set<number>();
  const events = (['long', 'short'] as const).flatMap((positionSide) => {
    const units = Math.round(sums[positionSide] * stepsPerUnit(qtyStep));
    if (!(units > 0)) return [];
    const notional = sums[positionSide] * path.prices[0];
    const count = Math.min(MOST_EVENTS, units, Math.ceil(notional / TYPICAL_NOTIONAL));
    const weights = Array.from({ length: count }, () => random.exponential(1));
    return apportion(units, weights).flatMap((part) =>
      part === 0 ? [] : [createEvent(openTimeMs, path, positionSide, part / stepsPerUnit(qtyStep), taken, random)],
    );
  });
  return events.sort((a, b) => a.timeMs - b.timeMs);
};

const createEvent = (
  openTimeMs: number,
  path: BarPath,
  positionSide: PositionSide,
  qty: number,
  taken: Set<number>,
  random: Random,
): Liquidation => {
  const sign = positionSide === 'long' ? -1 : 1;
  const step = pickAdverseStep(path.marks, sign, random);
  let second = Math.floor(((step + random.next()) / PATH_STEPS) * SECONDS);
  while (taken.has(second)) second = (second + 1) % SECONDS;
  taken.add(second);
  const price = path.prices[Math.floor((second / SECONDS) * PATH_STEPS)];
  const distance = 0.002 + 0.01 * random.next() ** 2;
  return {
    timeMs: openTimeMs + second * 1000 + Math.floor(random.next() * 1000),
    positionSide,
    bankruptcyPrice: price * (1 + sign * distance),
    averagePrice: price * (1 + sign * distance * 0.3 * random.next()),
    qty,
  };
};

/** A step of the bar, the likelier the further the mark moves in the direction of `sign`. */
const pickAdverseStep = (marks: Float64Array, sign: number, random: Random): number => {
  const weights = Array.from(
    { length: PATH_STEPS },
    (_, step) => 1e-9 * marks[0] + Math.max(0, sign * (marks[step + 1] - marks[step])),
  );
  let left = random.next() * weights.reduce((sum, weight) => sum + weight, 0);
  const step = weights.findIndex((weight) => (left -= weight) < 0);
  return step < 0 ? PATH_STEPS - 1 : step;
};

/** How much a bar would liquidate where nothing was recorded: nothing in a calm one, some of open interest in a move. */
export const guessLiquidations = (bar: {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly openInterest: number;
}): Record<PositionSide, number> => {
  const share = (move: number): number => 0.4 * Math.max(0, move / bar.open - 0.001);
  const openInterest = Number.isNaN(bar.openInterest) ? 0 : bar.openInterest;
  return { long: openInterest * share(bar.open - bar.low), short: openInterest * share(bar.high - bar.open) };
};

import { stepsPerUnit } from '@/tests/market/synthetic-bar';
import type { Random } from '@/tests/market/synthetic-random';

import { type BarFigures, spreadVolume, type Steps, walkThroughBar } from './bar-path';

/** A bar with the open interest at its end, NaN where none was observed. */
export interface RecordedBar extends BarFigures {
  readonly openInterest: number;
}

const STEPS_PER_PART = 10;

/**
 * A coarse bar as `count` finer ones on a plausible way through it. Together they have exactly its open, high, low, close,
 * volume, taker-buy volume and final open interest, and each opens where the one before closed.
 */
export const splitBar = (
  bar: RecordedBar,
  openInterestBefore: number,
  count: number,
  steps: Steps,
  random: Random,
): RecordedBar[] => {
  const prices = walkThroughBar(bar, steps.tickSize, count * STEPS_PER_PART, random);
  const { volumes, takerBuys } = spreadVolume(bar, prices, steps.qtyStep, random);
  const perUnit = stepsPerUnit(steps.qtyStep);
  const sum = (units: readonly number[], part: number): number =>
    units.slice(part * STEPS_PER_PART, (part + 1) * STEPS_PER_PART).reduce((total, unit) => total + unit, 0) / perUnit;
  return Array.from({ length: count }, (_, part) => {
    const way = prices.slice(part * STEPS_PER_PART, (part + 1) * STEPS_PER_PART + 1);
    return {
      open: way[0],
      high: Math.max(...way),
      low: Math.min(...way),
      close: way[STEPS_PER_PART],
      volume: sum(volumes, part),
      takerBuyVolume: sum(takerBuys, part),
      openInterest:
        part === count - 1
          ? bar.openInterest
          : roundTo(openInterestBefore + ((bar.openInterest - openInterestBefore) * (part + 1)) / count, perUnit),
    };
  });
};

const roundTo = (value: number, perUnit: number): number => Math.round(value * perUnit) / perUnit;

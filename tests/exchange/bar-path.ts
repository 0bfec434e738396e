import type { Bar } from '@/lib/market/bar';
import { type BarPath, PATH_STEPS, stepsPerUnit } from '@/tests/market/synthetic-bar';
import type { Random } from '@/tests/market/synthetic-random';

import { apportion } from './apportion';

/** A recorded bar: prices and quantities as published, NaN where the recording has nothing. */
export type BarFigures = Pick<Bar, 'open' | 'high' | 'low' | 'close' | 'volume' | 'takerBuyVolume'>;

export interface Steps {
  readonly tickSize: number;
  readonly qtyStep: number;
}

/** Last and mark price meet these ratios at the bar's ends. */
export interface MarkEnds {
  readonly open: number;
  readonly close: number;
}

/**
 * A plausible way through a bar in `count` equal steps: from open over both extremes to close, a random walk between
 * these, never outside high and low. Whole ticks; the extremes are touched exactly.
 */
export const walkThroughBar = (bar: BarFigures, tickSize: number, count: number, random: Random): number[] => {
  const perUnit = stepsPerUnit(tickSize);
  const [open, high, low, close] = [bar.open, bar.high, bar.low, bar.close].map((price) => Math.round(price * perUnit));
  // A rising bar mostly sees its low first.
  const isLowFirst = random.next() < (close >= open ? 0.75 : 0.25);
  const first = 1 + Math.floor(random.next() * (count / 2 - 1));
  const second = first + 1 + Math.floor(random.next() * (count - first - 2));
  const anchors = [
    [0, open],
    [first, isLowFirst ? low : high],
    [second, isLowFirst ? high : low],
    [count, close],
  ] as const;
  const ticks = [open];
  const roughness = (high - low) / Math.sqrt(count) / 1.5;
  for (let leg = 1; leg < anchors.length; leg++) {
    const [endStep, endTick] = anchors[leg];
    let step = anchors[leg - 1][0];
    let tick: number = anchors[leg - 1][1];
    while (step < endStep) {
      const left = endStep - step;
      // The step of a Brownian bridge towards the leg's end.
      const noise = roughness * Math.sqrt((left - 1) / left) * random.normal();
      tick = left === 1 ? endTick : tick + (endTick - tick) / left + noise;
      tick = Math.min(high, Math.max(low, Math.round(tick)));
      ticks.push(tick);
      step++;
    }
  }
  return ticks.map((tick) => tick / perUnit);
};

/**
 * Whole quantity steps of a bar's volume and of its buying takers for each step of its way. More is traded where the price
 * moves, and buyers are more aggressive where it rises; the sums are the bar's own, exactly.
 */
export const spreadVolume = (
  bar: BarFigures,
  prices: ArrayLike<number>,
  qtyStep: number,
  random: Random,
): { readonly volumes: number[]; readonly takerBuys: number[] } => {
  const perUnit = stepsPerUnit(qtyStep);
  const range = Math.max(bar.high - bar.low, Number.MIN_VALUE);
  const moves = Array.from({ length: prices.length - 1 }, (_, step) => (prices[step + 1] - prices[step]) / range);
  const volumes = apportion(
    Math.round(bar.volume * perUnit),
    moves.map((move) => (0.05 + Math.abs(move)) * Math.exp(0.5 * random.normal())),
  );
  const total = Math.round(bar.takerBuyVolume * perUnit);
  const share = bar.volume > 0 ? bar.takerBuyVolume / bar.volume : 0;
  const takerBuys = volumes.map((volume, step) =>
    Math.floor(volume * Math.min(1, Math.max(0, share + Math.tanh(3 * moves[step]) * 0.4))),
  );
  const missing = total - takerBuys.reduce((sum, units) => sum + units, 0);
  const room = missing > 0 ? volumes.map((volume, step) => volume - takerBuys[step]) : takerBuys;
  const corrections = apportion(Math.abs(missing), room);
  return {
    volumes,
    takerBuys: takerBuys.map((units, step) => units + Math.sign(missing) * corrections[step]),
  };
};

/** Where a recording has no split of takers: more buyers in a bar that closes high in its range. */
export const guessTakerBuyVolume = (bar: BarFigures, qtyStep: number): number => {
  const perUnit = stepsPerUnit(qtyStep);
  const lean = bar.high > bar.low ? (bar.close - bar.open) / (bar.high - bar.low) : 0;
  return Math.round(bar.volume * perUnit * (0.5 + 0.15 * lean)) / perUnit;
};

/** What happens inside a recorded bar. The mark price is a smoothed last price that meets the given ends. */
export const createBarPath = (bar: BarFigures, mark: MarkEnds, steps: Steps, random: Random): BarPath => {
  const prices = Float64Array.from(walkThroughBar(bar, steps.tickSize, PATH_STEPS, random));
  return { prices, marks: trailPrices(prices, mark), ...accumulateVolume(bar, prices, steps.qtyStep, random) };
};

/** `spreadVolume` as sums since the bar's open, in base units. */
export const accumulateVolume = (
  bar: BarFigures,
  prices: Float64Array,
  qtyStep: number,
  random: Random,
): Pick<BarPath, 'volumes' | 'takerBuyVolumes'> => {
  const { volumes, takerBuys } = spreadVolume(bar, prices, qtyStep, random);
  return { volumes: accumulate(volumes, qtyStep), takerBuyVolumes: accumulate(takerBuys, qtyStep) };
};

const trailPrices = (prices: Float64Array, mark: MarkEnds): Float64Array => {
  const last = prices.length - 1;
  const fromBasis = mark.open / prices[0];
  const toBasis = mark.close / prices[last];
  return prices.map((price, step) => {
    if (step === 0) return mark.open;
    if (step === last) return mark.close;
    const smooth = (prices[step - 1] + 2 * price + prices[step + 1]) / 4;
    return smooth * (fromBasis + ((toBasis - fromBasis) * step) / last);
  });
};

const accumulate = (units: readonly number[], qtyStep: number): Float64Array => {
  const perUnit = stepsPerUnit(qtyStep);
  const sums = new Float64Array(units.length + 1);
  let sum = 0;
  for (const [index, count] of units.entries()) {
    sum += count;
    sums[index + 1] = sum / perUnit;
  }
  return sums;
};

import { PATH_STEPS, stepsPerUnit } from './synthetic-bar';
import { createRandom } from './synthetic-random';

export interface PricePathOptions {
  readonly seed: number;
  readonly initialPrice: number;
  readonly initialMark: number;
  readonly tickSize: number;
  /** Standard deviation of a calm 5-minute log return. */
  readonly volatility: number;
}

/** Log-volatility forgets half of a shock in this many bars. */
const VOLATILITY_HALF_LIFE_BARS = 72;
const VOLATILITY_SPREAD = 0.55;
const JUMP_CHANCE = 0.0025;
/** A jump's size in calm bars' deviations, spread over a few steps so that stops can be hit on the way. */
const JUMP_SIZE = 8;
const JUMP_STEPS = 6;
/** Pull towards the initial price per bar: keeps months of prices within reason. */
const REVERSION = 0.0003;
/** The mark price follows the last price with this weight per step, around a slowly moving basis. */
const MARK_WEIGHT = 0.35;
const BASIS_SPREAD = 0.0003;

export interface PricePath {
  /** The bar's knots (first = last knot of the bar before) and its volatility as a multiple of the calm one. */
  nextBar(): { readonly prices: Float64Array; readonly marks: Float64Array; readonly activity: number };
}

/** An endless price with clusters of volatility and jumps, and the mark price that trails it. */
export const createPricePath = (options: PricePathOptions): PricePath => {
  const random = createRandom(options.seed);
  const perUnit = stepsPerUnit(options.tickSize);
  const persistence = 0.5 ** (1 / VOLATILITY_HALF_LIFE_BARS);
  const shock = VOLATILITY_SPREAD * Math.sqrt(1 - persistence * persistence);
  const anchor = Math.log(options.initialPrice);
  let logPrice = anchor;
  let price = options.initialPrice;
  let mark = options.initialMark;
  let basis = mark / price - 1;
  let logVolatility = 0;
  let jumpLeft = 0;
  let jumpStep = 0;

  return {
    nextBar() {
      logVolatility = persistence * logVolatility + shock * random.normal();
      const activity = Math.exp(logVolatility);
      const deviation = (options.volatility * activity) / Math.sqrt(PATH_STEPS);
      const drift = (-REVERSION * (logPrice - anchor)) / PATH_STEPS;
      const jumpAt = random.next() < JUMP_CHANCE ? Math.floor(random.next() * PATH_STEPS) : -1;
      basis = 0.995 * basis + 0.1 * BASIS_SPREAD * random.normal();
      const prices = new Float64Array(PATH_STEPS + 1);
      const marks = new Float64Array(PATH_STEPS + 1);
      prices[0] = price;
      marks[0] = mark;
      for (let step = 1; step <= PATH_STEPS; step++) {
        if (step === jumpAt) {
          jumpLeft = JUMP_STEPS;
          jumpStep = (JUMP_SIZE * options.volatility * activity * random.normal()) / JUMP_STEPS;
          // Large moves are followed by more of them.
          logVolatility += 0.5;
        }
        logPrice += drift + deviation * random.normal();
        if (jumpLeft > 0) {
          logPrice += jumpStep;
          jumpLeft--;
        }
        price = Math.max(1, Math.round(Math.exp(logPrice) * perUnit)) / perUnit;
        mark += MARK_WEIGHT * (price * (1 + basis) - mark);
        prices[step] = price;
        marks[step] = mark;
      }
      return { prices, marks, activity };
    },
  };
};

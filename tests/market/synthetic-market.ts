import { BAR_MS } from '@/lib/market/bar';
import type { Liquidation, PositionSide } from '@/lib/market/liquidation';
import type { RiskTier } from '@/lib/market/risk-tier';

import { type MarketBar, PATH_STEPS, stepsPerUnit } from './synthetic-bar';
import { createHeap } from './synthetic-heap';
import { maxLeverageAt, solveBankruptcyPrice, solveLiquidationPrice } from './synthetic-margin';
import { createPricePath } from './synthetic-price-path';
import { createRandom, mixSeeds } from './synthetic-random';
import { DEFAULT_POPULATION, drawTrader, type TraderPopulation } from './synthetic-traders';

export interface SyntheticMarketOptions {
  readonly seed: number;
  /** Open time of the first published bar, a multiple of five minutes. */
  readonly startMs: number;
  readonly initialPrice: number;
  readonly tickSize: number;
  readonly qtyStep: number;
  readonly tiers: readonly RiskTier[];
  readonly traderCount: number;
  /** Standard deviation of a calm 5-minute log return. */
  readonly volatility: number;
  /** Bars traded before the first published one, so that a grown market begins with open positions. */
  readonly warmupBars: number;
  readonly population: TraderPopulation;
}

export const DEFAULT_OPTIONS = {
  traderCount: 3_000,
  volatility: 0.0011,
  warmupBars: 5 * 288,
  population: DEFAULT_POPULATION,
} as const satisfies Partial<SyntheticMarketOptions>;

/** One position from opening to end. `closeTimeMs` is Infinity while it is open. */
export interface SyntheticPosition {
  readonly positionSide: PositionSide;
  readonly isCross: boolean;
  readonly leverage: number;
  readonly entryPrice: number;
  /** Base units. */
  readonly qty: number;
  /** Quote; the whole wallet when cross. */
  readonly margin: number;
  /** Mark price of its forced closing; null where no price leads to it. */
  readonly liquidationPrice: number | null;
  readonly openTimeMs: number;
  closeTimeMs: number;
  isLiquidated: boolean;
}

export interface SyntheticMarket {
  readonly options: SyntheticMarketOptions;
  /** Open interest before the first published bar, base units. */
  readonly initialOpenInterest: number;
  /** Published so far. */
  readonly bars: readonly MarketBar[];
  /** Trades one more bar. */
  advance(): MarketBar;
  /** The truth: every trader's position open at that moment; up to the end of the last published bar. */
  positionsAt(timeMs: number): SyntheticPosition[];
  /** Base units now: the traders' positions, and the market makers' single net position (above 0 long). */
  holdings(): { readonly traderLong: number; readonly traderShort: number; readonly makerNet: number };
}

const STEP_MS = BAR_MS / PATH_STEPS;
const BARS_PER_HOUR = 12;
/** Volume that leaves no position behind, per bar in calm times, as a share of open interest. */
const CHURN_SHARE = 0.006;
/** Traders asked, per liquidation, whether they take profit into it. */
const PROFIT_TAKERS_ASKED = 6;

/**
 * A perpetual market with known positions: traders open, hold and close at their own pace on a given price path, market
 * makers take the other side and lean against their inventory, and whoever's mark price reaches the liquidation price
 * is closed by force under the venue's tiers. The same options give the same market.
 */
export const createSyntheticMarket = (options: SyntheticMarketOptions): SyntheticMarket => {
  const { startMs, tickSize, qtyStep, tiers, traderCount, volatility } = options;
  const random = createRandom(mixSeeds(options.seed, 1));
  const path = createPricePath({
    seed: mixSeeds(options.seed, 2),
    initialPrice: options.initialPrice,
    initialMark: options.initialPrice,
    tickSize,
    volatility,
  });
  const unitsPerBase = stepsPerUnit(qtyStep);
  const toBase = (units: number): number => units / unitsPerBase;
  const traders = Array.from({ length: traderCount }, () => drawTrader(random, options.population));
  /** Index into `positions` of what each trader holds, or -1. */
  const held = new Int32Array(traderCount).fill(-1);
  const positions: SyntheticPosition[] = [];
  const units: number[] = [];
  const owners: number[] = [];
  const actions = createHeap();
  const longTriggers = createHeap();
  const shortTriggers = createHeap();
  const hourlyCloses: number[] = [];
  const bars: MarketBar[] = [];
  let barStartMs = startMs - options.warmupBars * BAR_MS;
  let longUnits = 0;
  let shortUnits = 0;
  let makerUnits = 0;
  let stepUnits = 0;
  let stepTakerBuyUnits = 0;
  let liquidations: Liquidation[] = [];

  for (const [index, trader] of traders.entries())
    actions.push(barStartMs + random.exponential(trader.meanRestMs), index);

  /** A trade of a taker; negative units are sold. */
  const trade = (signedUnits: number): void => {
    makerUnits -= signedUnits;
    stepUnits += Math.abs(signedUnits);
    if (signedUnits > 0) stepTakerBuyUnits += signedUnits;
  };

  const release = (index: number, timeMs: number): void => {
    const position = positions[index];
    position.closeTimeMs = timeMs;
    held[owners[index]] = -1;
    if (position.positionSide === 'long') longUnits -= units[index];
    else shortUnits -= units[index];
  };

  const close = (index: number, timeMs: number): void => {
    release(index, timeMs);
    trade(positions[index].positionSide === 'long' ? -units[index] : units[index]);
  };

  const open = (owner: number, timeMs: number, price: number, mark: number, trend: number): void => {
    const trader = traders[owner];
    const lean = makerUnits / (0.05 * (longUnits + shortUnits) + 1);
    const isLong = random.next() < 1 / (1 + Math.exp(-(0.1 + trader.trendFollowing * trend + 3 * lean)));
    const wanted = trader.typicalNotional * Math.exp(0.4 * random.normal());
    const count = Math.max(1, Math.round((wanted / price) * unitsPerBase));
    const qty = toBase(count);
    const notional = qty * price;
    const leverage = Math.min(trader.leverage, maxLeverageAt(notional, tiers));
    const margin = (notional / leverage) * trader.walletMultiple;
    const positionSide = isLong ? 'long' : 'short';
    const liquidationPrice = solveLiquidationPrice({ positionSide, entryPrice: price, qty, margin }, tiers);
    // The venue rejects what it would have to liquidate at once: the mark price may trail a jump.
    if (liquidationPrice !== null && (isLong ? liquidationPrice >= mark : liquidationPrice <= mark)) return;
    const index = positions.length;
    positions.push({
      positionSide,
      isCross: trader.isCross,
      leverage,
      entryPrice: price,
      qty,
      margin,
      liquidationPrice,
      openTimeMs: timeMs,
      closeTimeMs: Infinity,
      isLiquidated: false,
    });
    units.push(count);
    owners.push(owner);
    held[owner] = index;
    if (isLong) longUnits += count;
    else shortUnits += count;
    if (liquidationPrice !== null) {
      if (isLong) longTriggers.push(-liquidationPrice, index);
      else shortTriggers.push(liquidationPrice, index);
    }
    trade(isLong ? count : -count);
  };

  const act = (owner: number, dueMs: number, timeMs: number, price: number, mark: number, trend: number): void => {
    const trader = traders[owner];
    if (held[owner] >= 0) close(held[owner], timeMs);
    else open(owner, timeMs, price, mark, trend);
    const wait = held[owner] >= 0 ? trader.meanHoldMs : trader.meanRestMs;
    actions.push(Math.max(dueMs, timeMs - STEP_MS) + random.exponential(wait), owner);
  };

  /** Some on the other side take profit: this is what lets open interest fall in a cascade. */
  const takeProfits = (positionSide: PositionSide, wantedUnits: number, timeMs: number): void => {
    let left = wantedUnits;
    for (let asked = 0; asked < PROFIT_TAKERS_ASKED && left > 0; asked++) {
      const index = held[Math.floor(random.next() * traderCount)];
      if (index < 0 || positions[index].positionSide === positionSide || units[index] > left) continue;
      release(index, timeMs);
      makerUnits -= positionSide === 'long' ? units[index] : -units[index];
      left -= units[index];
    }
  };

  const liquidate = (index: number, timeMs: number, price: number): void => {
    const position = positions[index];
    position.isLiquidated = true;
    close(index, timeMs);
    takeProfits(position.positionSide, units[index], timeMs);
    liquidations.push({
      timeMs,
      positionSide: position.positionSide,
      bankruptcyPrice: solveBankruptcyPrice(position),
      averagePrice: price,
      qty: position.qty,
    });
  };

  /** Closes by force whatever the mark reaches between two knots; the moment is where the straight line crosses. */
  const sweep = (fromMs: number, fromMark: number, toMark: number, price: number): void => {
    const triggers = toMark < fromMark ? longTriggers : shortTriggers;
    const reached = toMark < fromMark ? -toMark : toMark;
    while (triggers.peekKey() <= reached) {
      const trigger = Math.abs(triggers.peekKey());
      const index = triggers.pop();
      if (positions[index].closeTimeMs !== Infinity) continue;
      const share = Math.min(1, Math.max(0, (trigger - fromMark) / (toMark - fromMark)));
      liquidate(index, Math.min(fromMs + STEP_MS - 1, Math.floor(fromMs + share * STEP_MS)), price);
    }
  };

  const churn = (activity: number, stepReturn: number): void => {
    const open = longUnits + Math.max(0, makerUnits);
    const count = Math.round(((CHURN_SHARE * open) / PATH_STEPS) * activity ** 1.5 * Math.exp(0.8 * random.normal()));
    const pressure = Math.tanh((stepReturn * Math.sqrt(PATH_STEPS)) / volatility);
    const buyShare = Math.min(1, Math.max(0, 0.5 + 0.3 * pressure + 0.1 * random.normal()));
    stepUnits += count;
    stepTakerBuyUnits += Math.round(count * buyShare);
  };

  const tradeBar = (): MarketBar => {
    const { prices, marks, activity } = path.nextBar();
    const volumes = new Float64Array(PATH_STEPS + 1);
    const takerBuyVolumes = new Float64Array(PATH_STEPS + 1);
    const hourAgo =
      hourlyCloses.length >= BARS_PER_HOUR ? hourlyCloses[hourlyCloses.length - BARS_PER_HOUR] : prices[0];
    let high = prices[0];
    let low = prices[0];
    let barUnits = 0;
    let barTakerBuyUnits = 0;
    liquidations = [];
    for (let step = 1; step <= PATH_STEPS; step++) {
      const fromMs = barStartMs + (step - 1) * STEP_MS;
      const price = prices[step];
      stepUnits = 0;
      stepTakerBuyUnits = 0;
      sweep(fromMs, marks[step - 1], marks[step], price);
      const trend = Math.log(price / hourAgo) / (volatility * Math.sqrt(BARS_PER_HOUR));
      while (actions.peekKey() <= fromMs + STEP_MS) {
        const dueMs = actions.peekKey();
        act(actions.pop(), dueMs, fromMs + STEP_MS, price, marks[step], trend);
      }
      churn(activity, Math.log(price / prices[step - 1]));
      barUnits += stepUnits;
      barTakerBuyUnits += stepTakerBuyUnits;
      volumes[step] = toBase(barUnits);
      takerBuyVolumes[step] = toBase(barTakerBuyUnits);
      if (price > high) high = price;
      if (price < low) low = price;
    }
    hourlyCloses.push(prices[PATH_STEPS]);
    if (hourlyCloses.length > BARS_PER_HOUR) hourlyCloses.shift();
    const bar: MarketBar = {
      openTimeMs: barStartMs,
      open: prices[0],
      high,
      low,
      close: prices[PATH_STEPS],
      volume: toBase(barUnits),
      takerBuyVolume: toBase(barTakerBuyUnits),
      openInterest: toBase(longUnits + Math.max(0, makerUnits)),
      path: { prices, marks, volumes, takerBuyVolumes },
      liquidations,
    };
    barStartMs += BAR_MS;
    return bar;
  };

  for (let bar = 0; bar < options.warmupBars; bar++) tradeBar();
  const initialOpenInterest = toBase(longUnits + Math.max(0, makerUnits));

  return {
    options,
    initialOpenInterest,
    bars,
    advance() {
      const bar = tradeBar();
      bars.push(bar);
      return bar;
    },
    positionsAt: (timeMs) =>
      positions.filter((position) => position.openTimeMs <= timeMs && timeMs < position.closeTimeMs),
    holdings: () => ({
      traderLong: toBase(longUnits),
      traderShort: toBase(shortUnits),
      makerNet: toBase(makerUnits),
    }),
  };
};

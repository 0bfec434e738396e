import { BAR_MS } from '@/lib/market/bar';
import type { Liquidation, PositionSide } from '@/lib/market/liquidation';
import type { RiskTier } from '@/lib/market/risk-tier';

import { type MarketBar, PATH_STEPS, stepsPerUnit } from './synthetic-bar';
import { createHeap } from './synthetic-heap';
import { createLedger, type SyntheticPosition } from './synthetic-ledger';
import { maxLeverageAt, solveBankruptcyPrice, solveLiquidationPrice } from './synthetic-margin';
import { createPricePath } from './synthetic-price-path';
import { createRandom, mixSeeds } from './synthetic-random';
import { DEFAULT_POPULATION, drawMeanHoldMs, drawTrader, type TraderPopulation } from './synthetic-traders';

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
  /** Share of the volume beyond the change of open interest that leaves positions; null: volume goes by volatility. */
  readonly churnShare: number | null;
}

export const DEFAULT_OPTIONS = {
  traderCount: 3_000,
  volatility: 0.0011,
  warmupBars: 5 * 288,
  population: DEFAULT_POPULATION,
  churnShare: null,
} as const satisfies Partial<SyntheticMarketOptions>;

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
  /** What was opened in [fromMs, toMs), with the margin it was opened with. */
  openedIn(fromMs: number, toMs: number): SyntheticPosition[];
  /** Base units now: the traders' positions, and the market makers' single net position (above 0 long). */
  holdings(): { readonly traderLong: number; readonly traderShort: number; readonly makerNet: number };
}

const STEP_MS = BAR_MS / PATH_STEPS;
const BARS_PER_HOUR = 12;
/** Volume that leaves no position behind, per bar in calm times, as a share of open interest. */
const CHURN_SHARE = 0.006;
/** Margin is added at this share of the way from entry to liquidation, and so much of what was there. */
const TOP_UP_AT = 0.5;
const TOP_UP_MARGIN = 0.5;
/** Kinds of trigger; its id is the position's index times `TRIGGER_KINDS`, plus the kind. */
const LIQUIDATION = 0;
const STOP = 1;
const TOP_UP = 2;
const TRIGGER_KINDS = 3;
/** Traders asked, per liquidation, whether they take profit into it. */
const PROFIT_TAKERS_ASKED = 6;

/**
 * A perpetual market with known positions: traders open, hold and close at their own pace on a given price path, some
 * with stop orders, market makers take the other side and lean against their inventory, and whoever's mark price reaches
 * the liquidation price is closed by force under the venue's tiers. The same options give the same market.
 */
export const createSyntheticMarket = (options: SyntheticMarketOptions): SyntheticMarket => {
  const { startMs, tickSize, qtyStep, tiers, traderCount, volatility, population, churnShare } = options;
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
  const traders = Array.from({ length: traderCount }, () => drawTrader(random, population));
  const ledger = createLedger(traderCount);
  const actions = createHeap();
  /** Mark prices at which positions close: stops and liquidations, nearest first; of longs with the sign turned. */
  const triggersBelow = createHeap();
  const triggersAbove = createHeap();
  const closes: number[] = [];
  const bars: MarketBar[] = [];
  let barStartMs = startMs - options.warmupBars * BAR_MS;
  let makerUnits = 0;
  let stepUnits = 0;
  let stepTakerBuyUnits = 0;
  let openedLong = 0;
  let openedShort = 0;
  let liquidations: Liquidation[] = [];

  for (const [index, trader] of traders.entries()) {
    actions.push(barStartMs + random.exponential(trader.meanRestMs), index);
  }

  const openUnits = (): number => ledger.longUnits + Math.max(0, makerUnits);

  /** A trade of a taker; negative units are sold. */
  const trade = (signedUnits: number): void => {
    makerUnits -= signedUnits;
    stepUnits += Math.abs(signedUnits);
    if (signedUnits > 0) stepTakerBuyUnits += signedUnits;
  };

  const close = (index: number, timeMs: number, isLiquidated: boolean): void => {
    ledger.close(index, timeMs, isLiquidated);
    trade(ledger.position(index).positionSide === 'long' ? -ledger.units(index) : ledger.units(index));
  };

  const open = (owner: number, timeMs: number, price: number, mark: number, trend: number): void => {
    const trader = traders[owner];
    const lean = makerUnits / (0.05 * (ledger.longUnits + ledger.shortUnits) + 1);
    const isLong = random.next() < 1 / (1 + Math.exp(-(0.1 + trader.trendFollowing * trend + 3 * lean)));
    const wanted = trader.typicalNotional * Math.exp(0.4 * random.normal());
    const units = Math.max(1, Math.round((wanted / price) * unitsPerBase));
    const qty = toBase(units);
    const leverage = Math.min(trader.leverage, maxLeverageAt(qty * price, tiers));
    const margin = ((qty * price) / leverage) * trader.walletMultiple;
    const positionSide: PositionSide = isLong ? 'long' : 'short';
    const liquidationPrice = solveLiquidationPrice({ positionSide, entryPrice: price, qty, margin }, tiers);
    // The venue rejects what it would have to liquidate at once: the mark price may trail a jump.
    if (liquidationPrice !== null && (isLong ? liquidationPrice >= mark : liquidationPrice <= mark)) return;
    const { isCross, stopShare } = trader;
    const position = {
      positionSide,
      isCross,
      leverage,
      entryPrice: price,
      qty,
      margin,
      liquidationPrice,
      openTimeMs: timeMs,
      isToppedUp: false,
    };
    const index = ledger.open(owner, units, position);
    trade(isLong ? units : -units);
    if (isLong) openedLong += units;
    else openedShort += units;
    if (liquidationPrice === null) return;
    const triggers = isLong ? triggersBelow : triggersAbove;
    const sign = isLong ? -1 : 1;
    const pushAt = (share: number, kind: number): void =>
      triggers.push(sign * (price + share * (liquidationPrice - price)), TRIGGER_KINDS * index + kind);
    triggers.push(sign * liquidationPrice, TRIGGER_KINDS * index + LIQUIDATION);
    if (stopShare !== null) pushAt(stopShare, STOP);
    if (trader.addsMargin && !isCross) pushAt(TOP_UP_AT, TOP_UP);
  };

  const act = (owner: number, dueMs: number, timeMs: number, price: number, mark: number, trend: number): void => {
    const trader = traders[owner];
    const held = ledger.heldBy(owner);
    if (held >= 0) close(held, timeMs, false);
    else open(owner, timeMs, price, mark, trend);
    const wait = ledger.heldBy(owner) >= 0 ? drawMeanHoldMs(random, trader, population.ages) : trader.meanRestMs;
    actions.push(Math.max(dueMs, timeMs - STEP_MS) + random.exponential(wait), owner);
  };

  /** Some on the other side take profit: this is what lets open interest fall in a cascade. */
  const takeProfits = (positionSide: PositionSide, wantedUnits: number, timeMs: number): void => {
    let left = wantedUnits;
    for (let asked = 0; asked < PROFIT_TAKERS_ASKED && left > 0; asked++) {
      const index = ledger.heldBy(Math.floor(random.next() * traderCount));
      if (index < 0 || ledger.position(index).positionSide === positionSide || ledger.units(index) > left) continue;
      ledger.close(index, timeMs, false);
      makerUnits -= positionSide === 'long' ? ledger.units(index) : -ledger.units(index);
      left -= ledger.units(index);
    }
  };

  const liquidate = (index: number, timeMs: number, price: number): void => {
    const position = ledger.position(index);
    close(index, timeMs, true);
    takeProfits(position.positionSide, ledger.units(index), timeMs);
    liquidations.push({
      timeMs,
      positionSide: position.positionSide,
      bankruptcyPrice: solveBankruptcyPrice(position),
      averagePrice: price,
      qty: position.qty,
    });
  };

  const topUp = (index: number, timeMs: number): void => {
    const position = ledger.position(index);
    const margin = position.margin * (1 + TOP_UP_MARGIN);
    const liquidationPrice = solveLiquidationPrice({ ...position, margin }, tiers);
    const renewed = ledger.addMargin(index, margin, liquidationPrice, timeMs);
    if (liquidationPrice === null) return;
    const isLong = position.positionSide === 'long';
    const triggers = isLong ? triggersBelow : triggersAbove;
    triggers.push(isLong ? -liquidationPrice : liquidationPrice, TRIGGER_KINDS * renewed + LIQUIDATION);
  };

  /** Closes what the mark reaches between two knots; the moment is where the straight line crosses. */
  const sweep = (fromMs: number, fromMark: number, toMark: number, price: number): void => {
    const triggers = toMark < fromMark ? triggersBelow : triggersAbove;
    const reached = toMark < fromMark ? -toMark : toMark;
    while (triggers.peekKey() <= reached) {
      const trigger = Math.abs(triggers.peekKey());
      const id = triggers.pop();
      const index = Math.floor(id / TRIGGER_KINDS);
      if (!ledger.isOpen(index)) continue;
      const share = Math.min(1, Math.max(0, (trigger - fromMark) / (toMark - fromMark)));
      const timeMs = Math.min(fromMs + STEP_MS - 1, Math.floor(fromMs + share * STEP_MS));
      const kind = id % TRIGGER_KINDS;
      if (kind === LIQUIDATION) liquidate(index, timeMs, price);
      else if (kind === TOP_UP) topUp(index, timeMs);
      else close(index, timeMs, false);
    }
  };

  const churn = (activity: number, stepReturn: number): void => {
    const noise = Math.exp(0.8 * random.normal());
    const units = Math.round(((CHURN_SHARE * openUnits()) / PATH_STEPS) * activity ** 1.5 * noise);
    const pressure = Math.tanh((stepReturn * Math.sqrt(PATH_STEPS)) / volatility);
    const buyShare = Math.min(1, Math.max(0, 0.5 + 0.3 * pressure + 0.1 * random.normal()));
    stepUnits += units;
    stepTakerBuyUnits += Math.round(units * buyShare);
  };

  /**
   * Units that a bar trades if `share` of its volume beyond the change of open interest opens positions on the two sides
   * together; makers open what the traders' own do not add up to.
   */
  const volumeFromOpens = (share: number, openInterestChange: number): number => {
    const opened = Math.max(openedLong, openInterestChange) + Math.max(openedShort, openInterestChange);
    const churned = Math.max(0, opened - 2 * Math.max(0, openInterestChange));
    return Math.abs(openInterestChange) + (churned / share) * Math.exp(0.3 * random.normal() - 0.045);
  };

  const tradeBar = (): MarketBar => {
    const { prices, marks, activity } = path.nextBar();
    const volumes = new Float64Array(PATH_STEPS + 1);
    const takerBuyVolumes = new Float64Array(PATH_STEPS + 1);
    const hourAgo = closes.length < BARS_PER_HOUR ? prices[0] : closes[0];
    let high = prices[0];
    let low = prices[0];
    let barUnits = 0;
    let barTakerBuyUnits = 0;
    const openBefore = openUnits();
    openedLong = 0;
    openedShort = 0;
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
      if (churnShare === null) churn(activity, Math.log(price / prices[step - 1]));
      barUnits += stepUnits;
      barTakerBuyUnits += stepTakerBuyUnits;
      volumes[step] = toBase(barUnits);
      takerBuyVolumes[step] = toBase(barTakerBuyUnits);
      if (price > high) high = price;
      if (price < low) low = price;
    }
    if (churnShare !== null) {
      const missing = Math.max(0, volumeFromOpens(churnShare, openUnits() - openBefore) - barUnits);
      for (let step = 1; step <= PATH_STEPS; step++) {
        const units = Math.round((missing * step) / PATH_STEPS);
        volumes[step] += toBase(units);
        takerBuyVolumes[step] += toBase(Math.floor(units / 2));
      }
    }
    closes.push(prices[PATH_STEPS]);
    if (closes.length > BARS_PER_HOUR) closes.shift();
    const bar: MarketBar = {
      openTimeMs: barStartMs,
      open: prices[0],
      high,
      low,
      close: prices[PATH_STEPS],
      volume: volumes[PATH_STEPS],
      takerBuyVolume: takerBuyVolumes[PATH_STEPS],
      openInterest: toBase(openUnits()),
      path: { prices, marks, volumes, takerBuyVolumes },
      liquidations,
    };
    barStartMs += BAR_MS;
    return bar;
  };

  for (let bar = 0; bar < options.warmupBars; bar++) tradeBar();
  const initialOpenInterest = toBase(openUnits());

  return {
    options,
    initialOpenInterest,
    bars,
    advance() {
      const bar = tradeBar();
      bars.push(bar);
      return bar;
    },
    positionsAt: (timeMs) => ledger.positionsAt(timeMs),
    openedIn: (fromMs, toMs) => ledger.openedIn(fromMs, toMs),
    holdings: () => ({
      traderLong: toBase(ledger.longUnits),
      traderShort: toBase(ledger.shortUnits),
      makerNet: toBase(makerUnits),
    }),
  };
};

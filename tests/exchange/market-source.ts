import { BAR_MS, type Bar } from '@/lib/market/bar';
import type { Liquidation } from '@/lib/market/liquidation';
import { type MarketBar, PATH_STEPS, sampleLiquidations, stepsPerUnit } from '@/tests/market/synthetic-bar';

import type { BarSupply } from './bar-supply';
import type { Instrument } from './instruments';

/** An interval of trading, complete or up to a moment. Volumes in base and, `quote...`, in quote units. */
export interface Candle extends PriceRange {
  readonly volume: number;
  readonly quoteVolume: number;
  readonly takerBuyVolume: number;
  readonly takerBuyQuoteVolume: number;
}

export type PriceRange = Pick<Bar, 'openTimeMs' | 'open' | 'high' | 'low' | 'close'>;

/** One contract's market at any venue time; pure in its arguments. Times before the listing or after `now` are the caller's care. */
export interface MarketSource {
  readonly instrument: Instrument;
  readonly firstOpenTimeMs: number;
  bar(openTimeMs: number): MarketBar;
  price(timeMs: number): number;
  mark(timeMs: number): number;
  /** One side, base units; NaN where a recording has none. */
  openInterest(timeMs: number): number;
  /** Base units traded since the 5-minute bar's open. */
  tradedInBar(timeMs: number): { readonly volume: number; readonly takerBuyVolume: number };
  /** Trading in [startMs, min(endMs, untilMs)); both ends multiples of a minute. */
  candle(startMs: number, endMs: number, untilMs: number): Candle;
  markRange(startMs: number, endMs: number, untilMs: number): PriceRange;
  /** Every liquidation in [fromMs, toMs), or what a feed of one per second publishes of them. */
  liquidations(fromMs: number, toMs: number, feed: 'full' | 'sampled'): Liquidation[];
}

const STEP_MS = BAR_MS / PATH_STEPS;

export const createMarketSource = (instrument: Instrument, supply: BarSupply): MarketSource => {
  const pricePerUnit = stepsPerUnit(instrument.tickSize);
  const qtyPerUnit = stepsPerUnit(instrument.qtyStep);
  const roundPrice = (price: number): number => Math.round(price * pricePerUnit) / pricePerUnit;
  const floorQty = (qty: number): number => Math.floor(qty * qtyPerUnit + 1e-6) / qtyPerUnit;
  const barAt = (timeMs: number): MarketBar => {
    const index = Math.floor((timeMs - supply.firstOpenTimeMs) / BAR_MS);
    if (index < 0) throw new Error(`${instrument.symbol} was not listed at ${timeMs}`);
    return supply.bar(index);
  };
  const openInterestBefore = (openTimeMs: number): number =>
    openTimeMs <= supply.firstOpenTimeMs ? supply.initialOpenInterest : barAt(openTimeMs - 1).openInterest;

  /** Calls back for each 5-minute bar of the range with the part of its steps that lies inside. */
  const visit = (startMs: number, endMs: number, see: (bar: MarketBar, from: number, to: number) => void): void => {
    const beginMs = Math.max(startMs, supply.firstOpenTimeMs);
    let openMs = beginMs - ((beginMs - supply.firstOpenTimeMs) % BAR_MS);
    // A range that has only just begun still has a first price.
    do {
      const to = Math.min(PATH_STEPS, (endMs - openMs) / STEP_MS);
      see(barAt(openMs), Math.max(0, (beginMs - openMs) / STEP_MS), to);
      openMs += BAR_MS;
    } while (openMs < endMs);
  };

  return {
    instrument,
    firstOpenTimeMs: supply.firstOpenTimeMs,
    bar: barAt,
    price: (timeMs) => {
      const bar = barAt(timeMs);
      return roundPrice(interpolate(bar.path.prices, (timeMs - bar.openTimeMs) / STEP_MS));
    },
    mark: (timeMs) => {
      const bar = barAt(timeMs);
      return interpolate(bar.path.marks, (timeMs - bar.openTimeMs) / STEP_MS);
    },
    openInterest(timeMs) {
      const bar = barAt(timeMs);
      const before = openInterestBefore(bar.openTimeMs);
      const value = before + (bar.openInterest - before) * ((timeMs - bar.openTimeMs) / BAR_MS);
      return Math.round(value * qtyPerUnit) / qtyPerUnit;
    },
    tradedInBar(timeMs) {
      const { path, openTimeMs } = barAt(timeMs);
      const step = (timeMs - openTimeMs) / STEP_MS;
      return {
        volume: floorQty(interpolate(path.volumes, step)),
        takerBuyVolume: floorQty(interpolate(path.takerBuyVolumes, step)),
      };
    },
    candle(startMs, endMs, untilMs) {
      const toMs = Math.min(endMs, untilMs);
      const range = createRange();
      let volume = 0;
      let quoteVolume = 0;
      let takerBuyVolume = 0;
      let takerBuyQuoteVolume = 0;
      visit(startMs, toMs, ({ path }, from, to) => {
        range.add(path.prices, from, to);
        const isWhole = from === 0 && to === PATH_STEPS;
        const cut = isWhole ? (qty: number): number => qty : floorQty;
        volume += cut(interpolate(path.volumes, to)) - cut(interpolate(path.volumes, from));
        takerBuyVolume += cut(interpolate(path.takerBuyVolumes, to)) - cut(interpolate(path.takerBuyVolumes, from));
        quoteVolume += integrate(path.prices, path.volumes, from, to);
        takerBuyQuoteVolume += integrate(path.prices, path.takerBuyVolumes, from, to);
      });
      const { open, high, low, close } = range.result();
      return {
        openTimeMs: startMs,
        open: roundPrice(open),
        high: roundPrice(high),
        low: roundPrice(low),
        close: roundPrice(close),
        volume,
        quoteVolume,
        takerBuyVolume,
        takerBuyQuoteVolume,
      };
    },
    markRange(startMs, endMs, untilMs) {
      const range = createRange();
      visit(startMs, Math.min(endMs, untilMs), ({ path }, from, to) => range.add(path.marks, from, to));
      return { openTimeMs: startMs, ...range.result() };
    },
    liquidations(fromMs, toMs, feed) {
      const events: Liquidation[] = [];
      if (toMs <= Math.max(fromMs, supply.firstOpenTimeMs)) return events;
      visit(fromMs, toMs, (bar) => {
        for (const event of bar.liquidations) if (event.timeMs >= fromMs && event.timeMs < toMs) events.push(event);
      });
      return feed === 'full' ? events : sampleLiquidations(events);
    },
  };
};

const interpolate = (knots: Float64Array, at: number): number => {
  const step = Math.min(knots.length - 1, Math.floor(at));
  const value = knots[step];
  return at === step ? value : value + (knots[step + 1] - value) * (at - step);
};

const createRange = (): {
  add(knots: Float64Array, from: number, to: number): void;
  result(): { open: number; high: number; low: number; close: number };
} => {
  let open = NaN;
  let high = -Infinity;
  let low = Infinity;
  let close = NaN;
  const see = (value: number): void => {
    if (value > high) high = value;
    if (value < low) low = value;
  };
  return {
    add(knots, from, to) {
      const first = interpolate(knots, from);
      if (Number.isNaN(open)) open = first;
      see(first);
      for (let step = Math.floor(from) + 1; step <= to; step++) see(knots[step]);
      close = interpolate(knots, to);
      see(close);
    },
    result: () => ({ open, high, low, close }),
  };
};

/** Money: the price, at each step's middle, times what was traded in it. */
const integrate = (prices: Float64Array, sums: Float64Array, from: number, to: number): number => {
  let money = 0;
  for (let step = Math.floor(from); step < to; step++) {
    const [start, end] = [Math.max(from, step), Math.min(to, step + 1)];
    money += ((prices[step] + prices[step + 1]) / 2) * (interpolate(sums, end) - interpolate(sums, start));
  }
  return money;
};

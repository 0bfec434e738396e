import { expect, it } from 'vitest';

import { BAR_MS } from '@/lib/market/bar';

import { PATH_STEPS, sampleLiquidations } from './synthetic-bar';
import { tiersFromRows } from './synthetic-margin';
import { createSyntheticMarket, DEFAULT_OPTIONS, type SyntheticMarket } from './synthetic-market';

const tiers = tiersFromRows([
  [300_000, 0.004, 150],
  [3_000_000, 0.0065, 75],
  [70_000_000, 0.02, 25],
]);
const START_MS = 1_750_000_200_000;

const createMarket = (seed: number, barCount: number, stopShare = 0.7): SyntheticMarket => {
  const market = createSyntheticMarket({
    ...DEFAULT_OPTIONS,
    seed,
    startMs: START_MS,
    initialPrice: 60_000,
    tickSize: 0.1,
    qtyStep: 0.001,
    tiers,
    traderCount: 400,
    warmupBars: 100,
    population: { ...DEFAULT_OPTIONS.population, stopShare },
  });
  for (let bar = 0; bar < barCount; bar++) market.advance();
  return market;
};

const sumQty = (positions: readonly { readonly qty: number }[]): number =>
  positions.reduce((sum, { qty }) => sum + qty, 0);

it.each([1, 2, 3])('keeps longs, shorts and open interest equal after every bar (seed %i)', (seed) => {
  const market = createMarket(seed, 0);
  for (let bar = 0; bar < 300; bar++) {
    const { openTimeMs, openInterest } = market.advance();
    const { traderLong, traderShort, makerNet } = market.holdings();
    const positions = market.positionsAt(openTimeMs + BAR_MS);
    expect(sumQty(positions.filter((each) => each.positionSide === 'long'))).toBeCloseTo(traderLong, 6);
    expect(sumQty(positions.filter((each) => each.positionSide === 'short'))).toBeCloseTo(traderShort, 6);
    expect(traderLong + Math.max(0, makerNet)).toBeCloseTo(openInterest, 6);
    expect(traderShort + Math.max(0, -makerNet)).toBeCloseTo(openInterest, 6);
  }
  expect(market.bars.at(-1)?.openInterest).toBeGreaterThan(0);
});

it('leaves nobody alive whose liquidation price the mark has reached', () => {
  const market = createMarket(4, 0);
  for (let bar = 0; bar < 600; bar++) {
    const { openTimeMs, path } = market.advance();
    const alive = market.positionsAt(openTimeMs + BAR_MS);
    const survivors = alive.filter((each) => each.openTimeMs <= openTimeMs && each.liquidationPrice !== null);
    const longTriggers = survivors
      .filter((each) => each.positionSide === 'long')
      .map((each) => each.liquidationPrice ?? 0);
    const shortTriggers = survivors
      .filter((each) => each.positionSide === 'short')
      .map((each) => each.liquidationPrice ?? Infinity);
    expect(Math.max(...longTriggers)).toBeLessThan(Math.min(...path.marks));
    expect(Math.min(...shortTriggers)).toBeGreaterThan(Math.max(...path.marks));
  }
});

it('liquidates exactly the positions whose price is reached, at the moment the mark gets there', () => {
  const market = createMarket(5, 900);
  const events = market.bars.flatMap((bar) => bar.liquidations);
  expect(events.length).toBeGreaterThan(10);
  for (const bar of market.bars) {
    for (const event of bar.liquidations) {
      const [position] = market
        .positionsAt(event.timeMs - 1)
        .filter((each) => each.isLiquidated && each.closeTimeMs === event.timeMs && each.qty === event.qty);
      const at = ((event.timeMs - bar.openTimeMs) / BAR_MS) * PATH_STEPS;
      const [before, after] = [bar.path.marks[Math.floor(at)], bar.path.marks[Math.floor(at) + 1]];
      expect(position.liquidationPrice).toBeGreaterThanOrEqual(Math.min(before, after) - 1e-9);
      expect(position.liquidationPrice).toBeLessThanOrEqual(Math.max(before, after) + 1e-9);
    }
  }
});

it('liquidates fewer where more have a stop order', () => {
  const count = (stopShare: number): number =>
    createMarket(5, 900, stopShare).bars.reduce((sum, bar) => sum + bar.liquidations.length, 0);
  expect(count(1)).toBeLessThan(count(0) / 2);
});

it('gives bars whose inside fits their outside', () => {
  for (const bar of createMarket(6, 400).bars) {
    expect(Math.max(...bar.path.prices)).toBe(bar.high);
    expect(Math.min(...bar.path.prices)).toBe(bar.low);
    expect([bar.path.prices[0], bar.path.prices[PATH_STEPS]]).toEqual([bar.open, bar.close]);
    expect(bar.path.volumes[PATH_STEPS]).toBe(bar.volume);
    expect(bar.path.takerBuyVolumes[PATH_STEPS]).toBe(bar.takerBuyVolume);
    expect(bar.takerBuyVolume).toBeLessThanOrEqual(bar.volume);
  }
});

it('is the same market for the same seed, and another for another', () => {
  const [first, again, other] = [createMarket(7, 200), createMarket(7, 200), createMarket(8, 200)];
  expect(again.bars).toEqual(first.bars);
  expect(again.positionsAt(START_MS + 100 * BAR_MS)).toEqual(first.positionsAt(START_MS + 100 * BAR_MS));
  expect(other.bars.map((bar) => bar.close)).not.toEqual(first.bars.map((bar) => bar.close));
});

it('clusters its volatility and jumps', () => {
  const returns = createMarket(9, 4_000).bars.map((bar) => Math.abs(Math.log(bar.close / bar.open)));
  const mean = returns.reduce((sum, value) => sum + value, 0) / returns.length;
  const covariance = (lag: number): number =>
    returns.slice(lag).reduce((sum, value, index) => sum + (value - mean) * (returns[index] - mean), 0);
  expect(covariance(12) / covariance(0)).toBeGreaterThan(0.05);
  expect(Math.max(...returns)).toBeGreaterThan(8 * mean);
});

it('samples the largest liquidation of each second', () => {
  const event = { positionSide: 'long' as const, bankruptcyPrice: 1, averagePrice: 1 };
  const events = [
    { ...event, timeMs: 1_000, qty: 2 },
    { ...event, timeMs: 1_999, qty: 3 },
    { ...event, timeMs: 2_000, qty: 1 },
  ];
  expect(sampleLiquidations(events)).toEqual([events[1], events[2]]);
});

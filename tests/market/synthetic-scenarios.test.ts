import { expect, it } from 'vitest';

import { BAR_MS } from '@/lib/market/bar';

import { createSyntheticMarket, type SyntheticMarket } from './synthetic-market';
import { drawScenario, type ScenarioKind } from './synthetic-scenarios';

const trade = (kind: ScenarioKind, seed: number, barCount: number): SyntheticMarket => {
  const market = createSyntheticMarket({ ...drawScenario(kind, seed), traderCount: 500 });
  for (let bar = 0; bar < barCount; bar++) market.advance();
  return market;
};

it('draws other leverages, volatility and sizes for another seed, the same for the same', () => {
  expect(drawScenario('plain', 1)).toEqual(drawScenario('plain', 1));
  expect(drawScenario('plain', 1).population).not.toEqual(drawScenario('plain', 2).population);
  expect(drawScenario('plain', 1).volatility).not.toBe(drawScenario('plain', 2).volatility);
});

it('has no cross margin and no added margin where traders are plain', () => {
  const market = trade('plain', 1, 600);
  const positions = market.positionsAt(market.bars[599].openTimeMs);
  expect(positions.length).toBeGreaterThan(100);
  expect(positions.some(({ isCross, isToppedUp }) => isCross || isToppedUp)).toBe(false);
});

it('moves the liquidation price of a position away when margin is added, and keeps size and entry', () => {
  const market = trade('messy', 2, 600);
  const endMs = market.bars[599].openTimeMs + BAR_MS;
  const toppedUp = market.positionsAt(endMs).filter(({ isToppedUp }) => isToppedUp);
  expect(toppedUp.length).toBeGreaterThan(0);
  for (const position of toppedUp) {
    const [before] = market
      .positionsAt(position.openTimeMs - 1)
      .filter(({ qty, entryPrice, closeTimeMs }) =>
        [qty === position.qty, entryPrice === position.entryPrice, closeTimeMs === position.openTimeMs].every(Boolean),
      );
    const distance = ({ liquidationPrice, entryPrice }: typeof position): number =>
      Math.abs(Math.log((liquidationPrice ?? 0) / entryPrice));
    expect(position.margin).toBeCloseTo(1.5 * before.margin, 6);
    expect(distance(position)).toBeGreaterThan(distance(before));
  }
});

it('opens positions with the stated share of the volume where volume goes by what it opens', () => {
  const market = trade('plain', 3, 2_000);
  const opened = market.openedIn(market.bars[0].openTimeMs, Infinity).reduce((sum, { qty }) => sum + qty, 0);
  let before = market.initialOpenInterest;
  let stated = 0;
  for (const { volume, openInterest } of market.bars) {
    const change = openInterest - before;
    stated += 2 * Math.max(0, change) + 0.2 * (volume - Math.abs(change));
    before = openInterest;
  }
  expect(stated / opened).toBeGreaterThan(0.9);
  expect(stated / opened).toBeLessThan(1.25);
});

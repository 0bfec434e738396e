import { expect, it } from 'vitest';

import type { OwnLiquidation } from '@/lib/market/own-position';
import { binPrice, type Profile, usdBetween } from '@/lib/market/profile';
import { ownLevelsIn } from '@/lib/services/positions/own-levels';
import { sampleContract } from '@/tests/market/sample-contract';

const PEPE = sampleContract('PEPEUSDT', 'PEPE', { tickSize: 1e-7 });
const THOUSAND = sampleContract('1000PEPEUSDT', '1000PEPE', { tickSize: 1e-5 });
const BINS = 400;
/** Of thousands: a dollar a bin and side around a mark of one cent. */
const profile: Profile = {
  asOfMs: 0,
  markPrice: 0.01,
  lastPrice: 0.01,
  binWidth: 0.001,
  firstBin: Math.floor(Math.log(0.01) / 0.001) - BINS / 2,
  long: Float32Array.from({ length: BINS }, (_, i) => (i < BINS / 2 ? 1 : 0)),
  short: Float32Array.from({ length: BINS }, (_, i) => (i > BINS / 2 ? 1 : 0)),
  openInterestUsd: 1e4,
  unlocatedShare: 0,
};
const noInterval = () => ({ usd: 0, lowUsd: 0, highUsd: 0 });

const levelOf = (positionSide: 'long' | 'short', liquidationPrice: number | null, contract = PEPE) => {
  const liquidation = {
    position: {
      id: 'own',
      contractId: contract.id,
      positionSide,
      entryPrice: 1e-5,
      size: 100,
      sizeUnit: 'usd',
      margin: { kind: 'leverage', leverage: 10 },
    },
    contract,
    liquidationPrice,
  } as const satisfies OwnLiquidation;
  return ownLevelsIn([liquidation], profile, THOUSAND.multiplier, [], noInterval)[0];
};

it('a position in single tokens is as far from the mark on a chart of thousands', () => {
  const level = levelOf('long', 0.95e-5);
  expect(level).toMatchObject({ liquidationPrice: 0.95e-5, priceDigits: 7, positionSide: 'long' });
  expect(level.distance).toBeCloseTo(-0.05, 9);
  expect(level.price).toBeCloseTo(0.0095, 12);
  expect(level.betweenUsd).toBeCloseTo(usdBetween(profile, 0.0095, 0.01).long, 9);
  expect(levelOf('long', 0.0095, THOUSAND)).toMatchObject({ price: level.price, betweenUsd: level.betweenUsd });
});

it('what lies on the way is of its own side, up to its price', () => {
  expect(levelOf('short', 1.05e-5).betweenUsd).toBeCloseTo(usdBetween(profile, 0.01, 0.0105).short, 9);
  expect(levelOf('short', 1.05e-5).betweenUsd).toBeGreaterThan(40);
  expect(levelOf('short', binPrice(profile, BINS / 2 + 2) / 1000).betweenUsd).toBeLessThan(3);
});

it('a position past its price has nothing on the way', () => {
  expect(levelOf('long', 1.02e-5).betweenUsd).toBe(0);
  expect(levelOf('short', 0.98e-5).betweenUsd).toBe(0);
});

it('a position that no price liquidates has no level', () => {
  expect(levelOf('long', null)).toBeUndefined();
});

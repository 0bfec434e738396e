import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { ObservedPosition } from '@/lib/market/account-position';
import type { Profile } from '@/lib/market/profile';
import { createBookConfig } from '@/lib/model/book-config';
import { observedLayer } from '@/lib/model/observed-layer';
import { bundledTiers } from '@/lib/venues/hyperliquid/bundled-tiers';
import { CONTRACT } from '@/tests/components/samples';

const BTC = { ...CONTRACT, id: 'hyperliquid:BTC', venueId: 'hyperliquid', symbol: 'BTC' } as const;
const STATED = createBookConfig(bundledTiers('BTC'), 'linear');
const NOW_MS = 1_780_000_000_000;
const MARK = 100;
const BIN = 0.00025;
const BELOW = 2044;

/** A map of 1000 coins a side, with USD at these prices. */
function mapOf(levels: Readonly<Record<number, number>> = {}): Profile {
  const firstBin = Math.floor(Math.log(MARK) / BIN) - BELOW;
  const long = new Float32Array(4000);
  const short = new Float32Array(4000);
  for (const [price, usd] of Object.entries(levels)) {
    const side = Number(price) < MARK ? long : short;
    side[Math.floor(Math.log(Number(price)) / BIN) - firstBin] += usd;
  }
  return {
    asOfMs: NOW_MS,
    markPrice: MARK,
    lastPrice: MARK,
    binWidth: BIN,
    firstBin,
    long,
    short,
    openInterestUsd: 1000 * MARK,
    unlocatedShare: 0,
  };
}

const held = (change: Partial<ObservedPosition>): ObservedPosition => ({
  observedMs: NOW_MS - 60_000,
  positionSide: 'long',
  qty: 1,
  entryPrice: 100,
  leverage: 10,
  isCross: false,
  liquidationPrice: 91,
  ...change,
});
const layerOf = (positions: readonly ObservedPosition[], profile = mapOf()) =>
  observedLayer(BTC, positions, profile, STATED);
const total = (usd: readonly number[]) => usd.reduce((sum, each) => sum + each, 0);

describe('what is known of a contract', () => {
  it('is nothing without positions or open interest', () => {
    expect(layerOf([])).toBeNull();
    expect(layerOf([held({})], { ...mapOf(), openInterestUsd: NaN })).toBeNull();
  });

  it('is told with its share of open interest, of cross margin and its age', () => {
    const layer = layerOf([
      held({ qty: 200, isCross: true, observedMs: NOW_MS - 10_000 }),
      held({ qty: 100, observedMs: NOW_MS - 30_000 }),
      held({ qty: 100, positionSide: 'short', liquidationPrice: null, observedMs: NOW_MS - 90_000 }),
    ]);
    expect(layer).toMatchObject({ accounts: 3, longShare: 0.3, shortShare: 0.1, crossShare: 0.5, medianAgeMs: 30_000 });
  });

  it('lies at its liquidation prices, counted from the bin of the mark', () => {
    const { levels } = layerOf([
      held({ qty: 2, liquidationPrice: 98.99 }),
      held({ qty: 3, liquidationPrice: 98.99 }),
      held({ qty: 4, positionSide: 'short', liquidationPrice: 104 }),
    ])!;
    const offsetOf = (price: number) => Math.floor(Math.log(price) / 0.0005) - Math.floor(Math.log(MARK) / 0.0005);
    expect(levels.offsets).toEqual([offsetOf(98.99), offsetOf(104)]);
    expect(levels.long).toEqual([expect.closeTo(5 * 98.99, 9), 0]);
    expect(levels.short).toEqual([0, 4 * 104]);
  });

  it('leaves out of the levels what the mark has crossed, what nothing liquidates, and what lies out of reach', () => {
    const layer = layerOf([
      held({ liquidationPrice: 100 }),
      held({ liquidationPrice: 140 }),
      held({ liquidationPrice: null }),
      held({ liquidationPrice: 20 }),
      held({ positionSide: 'short', liquidationPrice: 99 }),
      held({ positionSide: 'short', liquidationPrice: 900 }),
    ])!;
    expect(layer.levels.offsets).toEqual([]);
    expect(layer.accounts).toBe(6);
    expect(layer.check).toBeNull();
  });

  it('sums up to its positions, bin by bin in order', () => {
    const position = fc.record({
      qty: fc.double({ min: 0.001, max: 1e4, noNaN: true }),
      price: fc.double({ min: 61, max: 159, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(position, { minLength: 1, maxLength: 60 }), (rows) => {
        const positions = rows.map(({ qty, price }) =>
          held({ qty, liquidationPrice: price, positionSide: price < MARK ? 'long' : 'short' }),
        );
        const { levels } = layerOf(positions)!;
        expect(levels.offsets).toEqual([...new Set(levels.offsets)].sort((a, b) => a - b));
        const usdOf = (isLong: boolean) =>
          total(
            rows.filter(({ price }) => price < MARK === isLong && price !== MARK).map((each) => each.qty * each.price),
          );
        expect(total(levels.long)).toBeCloseTo(usdOf(true), 3);
        expect(total(levels.short)).toBeCloseTo(usdOf(false), 3);
      }),
    );
  });
});

describe('the estimated map beside what is known', () => {
  /** Each in fifty accounts. */
  const many = (change: Partial<ObservedPosition>, qty: number) =>
    Array.from({ length: 50 }, () => held({ ...change, qty: qty / 50 }));
  const TRUE = [
    ...many({ liquidationPrice: 97 }, 200),
    ...many({ liquidationPrice: 95 }, 100),
    ...many({ liquidationPrice: null }, 100),
    ...many({ positionSide: 'short', liquidationPrice: 104 }, 200),
  ];

  it('has full marks where it says the same, scaled by the share that is known', () => {
    // 400 of 1000 longs are known, and 200 of 1000 shorts: the whole map holds 2.5 and five times as much.
    const estimate = mapOf({ 97: 2.5 * 200 * 97, 95: 2.5 * 100 * 95, 104: 5 * 200 * 104 });
    const check = layerOf(TRUE, estimate)!.check!;
    // But for the bin that a level is rounded to.
    expect(check.r2).toBeGreaterThan(0.98);
    expect(check.distance).toBeLessThan(0.0005);
    expect(check.evenR2).toBeLessThan(check.r2);
    expect(check.evenDistance).toBeGreaterThan(check.distance);
  });

  it('is further away the further its levels are', () => {
    const near = layerOf(TRUE, mapOf({ 96.8: 75_000, 104.2: 104_000 }))!.check!;
    const far = layerOf(TRUE, mapOf({ 92: 75_000, 109: 104_000 }))!.check!;
    expect(far.distance).toBeGreaterThan(2 * near.distance);
    expect(far.r2).toBeLessThan(near.r2);
  });

  it('is not compared where a side is unknown, nor from a few accounts or a small share', () => {
    const estimate = mapOf({ 97: 1, 104: 1 });
    expect(layerOf(TRUE, estimate)!.check).not.toBeNull();
    expect(layerOf(TRUE.slice(0, 150), estimate)!.check).toBeNull();
    expect(
      layerOf(
        TRUE.filter((_, nth) => nth % 3 === 0),
        estimate,
      )!.check,
    ).toBeNull();
    expect(layerOf(TRUE, { ...estimate, openInterestUsd: 2000 * MARK })!.check).toBeNull();
  });
});

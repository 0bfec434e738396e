import fc from 'fast-check';
import { expect, it } from 'vitest';

import { maxLeverageAt, solveBankruptcyPrice, solveLiquidationPrice, tiersFromRows } from './synthetic-margin';

const tiers = tiersFromRows([
  [300_000, 0.004, 150],
  [800_000, 0.005, 100],
  [3_000_000, 0.0065, 75],
  [12_000_000, 0.01, 50],
  [70_000_000, 0.02, 25],
]);

it('derives the deductions that the venue publishes for BTCUSDT', () => {
  expect(tiers.map((tier) => tier.maintenanceAmount)).toEqual([0, 300, 1_500, 12_000, 132_000]);
});

it('liquidates an isolated long at 10x where its margin less the loss equals the maintenance margin', () => {
  // 1 BTC at 50,000 with 5,000 margin in the first tier: (50,000 - 5,000) / (1 - 0.004).
  const price = solveLiquidationPrice({ positionSide: 'long', entryPrice: 50_000, qty: 1, margin: 5_000 }, tiers);
  expect(price).toBeCloseTo(45_180.7229, 4);
});

it('takes the tier of the notional at the liquidation price', () => {
  // A short of 5 BTC at 58,000 grows past the first tier's 300,000: (290,000 + 29,000 + 300) / (5 * 1.005).
  const price = solveLiquidationPrice({ positionSide: 'short', entryPrice: 58_000, qty: 5, margin: 29_000 }, tiers);
  expect(price).toBeCloseTo(319_300 / 5.025, 6);
});

it('has no liquidation price for a long that is fully paid', () => {
  expect(solveLiquidationPrice({ positionSide: 'long', entryPrice: 100, qty: 1, margin: 100 }, tiers)).toBeNull();
});

it('leaves exactly the maintenance margin at the liquidation price, on the way from entry to bankruptcy', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('long' as const, 'short' as const),
      fc.double({ min: 100, max: 100_000, noNaN: true }),
      fc.double({ min: 0.001, max: 100, noNaN: true }),
      fc.double({ min: 1.5, max: 20, noNaN: true }),
      (positionSide, entryPrice, qty, leverage) => {
        fc.pre(qty * entryPrice < 20_000_000);
        const position = { positionSide, entryPrice, qty, margin: (qty * entryPrice) / leverage };
        const price = solveLiquidationPrice(position, tiers) ?? NaN;
        const sign = positionSide === 'long' ? 1 : -1;
        const notional = qty * price;
        const tier = tiers.find((each) => notional < each.notionalCap) ?? tiers[tiers.length - 1];
        const maintenance = notional * tier.maintenanceMarginRate - tier.maintenanceAmount;
        const equity = position.margin + sign * qty * (price - entryPrice);
        expect(equity).toBeCloseTo(maintenance, 3);
        expect(sign * (entryPrice - price)).toBeGreaterThan(0);
        expect(sign * (price - solveBankruptcyPrice(position))).toBeGreaterThan(0);
      },
    ),
  );
});

it('allows less leverage the larger the position', () => {
  expect(maxLeverageAt(299_999, tiers)).toBe(150);
  expect(maxLeverageAt(300_000, tiers)).toBe(100);
  expect(maxLeverageAt(1e9, tiers)).toBe(25);
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { PositionSide } from '@/lib/market/liquidation';
import type { RiskTier } from '@/lib/market/risk-tier';
import {
  bankruptcyPrice,
  bankruptcyPriceToEntryPrice,
  crossMargin,
  isolatedMargin,
  LIQUIDATION_RULES,
  liquidationFactor,
  liquidationPrice,
  positionSign,
} from '@/lib/model/liquidation-price';
import { maintenanceMargin } from '@/lib/model/maintenance';

const oneTier = (maintenanceMarginRate: number, maintenanceAmount = 0): readonly RiskTier[] => [
  { notionalFloor: 0, notionalCap: Infinity, maintenanceMarginRate, maintenanceAmount, maxLeverage: 125 },
];

/** Binance BTCUSDT as of 2024-10-24, the first tiers. */
const TIERS: readonly RiskTier[] = [
  { notionalFloor: 0, notionalCap: 5e4, maintenanceMarginRate: 0.004, maintenanceAmount: 0, maxLeverage: 125 },
  { notionalFloor: 5e4, notionalCap: 6e5, maintenanceMarginRate: 0.005, maintenanceAmount: 50, maxLeverage: 100 },
  { notionalFloor: 6e5, notionalCap: 3e6, maintenanceMarginRate: 0.0065, maintenanceAmount: 950, maxLeverage: 75 },
  { notionalFloor: 3e6, notionalCap: 1.2e7, maintenanceMarginRate: 0.01, maintenanceAmount: 11_450, maxLeverage: 50 },
  { notionalFloor: 1.2e7, notionalCap: 7e7, maintenanceMarginRate: 0.02, maintenanceAmount: 131_450, maxLeverage: 25 },
];

describe('published examples', () => {
  it.each([
    ['ETHUSDT', 71200.81144, -56354.57, 135365, 3683.979, 1456.84, 0.1, 1153.26],
    ['BTCUSDT', 356512.508, -448192.89, 16300, 109.488, 32481.98, 0.025, 26316.89],
  ])('a Binance cross long of %s', (_, otherMaintenance, otherProfit, amount, qty, entryPrice, rate, expected) => {
    const margin = crossMargin(1535443.01, otherMaintenance, otherProfit);
    const position = { positionSide: 'long', qty, entryPrice, margin } as const;
    expect(liquidationPrice(position, oneTier(rate, amount), LIQUIDATION_RULES.binance)).toBeCloseTo(expected, 2);
  });

  it('a Bybit long of 10,000 at 50x is bankrupt at 9,800', () => {
    const position = { positionSide: 'long', qty: 1, entryPrice: 10_000 } as const;
    const margin = isolatedMargin(position, 50, LIQUIDATION_RULES.bybit);
    expect(bankruptcyPrice({ ...position, margin })).toBeCloseTo(9800, 9);
  });

  it('a Phemex long of 500 at 0.4 and 5x, whose margin holds the closing fee', () => {
    const position = { positionSide: 'long', qty: 500, entryPrice: 0.4 } as const;
    const margin = isolatedMargin(position, 5, LIQUIDATION_RULES.phemex);
    expect(margin).toBeCloseTo(40.096, 9);
    expect(liquidationPrice({ ...position, margin }, oneTier(0.01), LIQUIDATION_RULES.phemex)).toBeCloseTo(0.3232, 4);
  });
});

const side = fc.constantFrom<PositionSide>('long', 'short');
const ruleName = fc.constantFrom(...(Object.keys(LIQUIDATION_RULES) as (keyof typeof LIQUIDATION_RULES)[]));
const leverage = fc.double({ min: 1.1, max: 40, noNaN: true });
const entryPrice = fc.double({ min: 0.001, max: 1e5, noNaN: true });
const notional = fc.double({ min: 100, max: 6e7, noNaN: true });

describe('laws', () => {
  it('equity meets maintenance at the liquidation price, in the tier of that price', () => {
    fc.assert(
      fc.property(side, leverage, entryPrice, notional, (positionSide, leverage, entryPrice, notional) => {
        const position = { positionSide, qty: notional / entryPrice, entryPrice };
        const margin = isolatedMargin(position, leverage, LIQUIDATION_RULES.binance);
        const price = liquidationPrice({ ...position, margin }, TIERS, LIQUIDATION_RULES.binance);
        if (price === null) return;
        const equity = margin + positionSign(positionSide) * position.qty * (price - entryPrice);
        expect(equity / notional).toBeCloseTo(maintenanceMargin(TIERS, position.qty * price) / notional, 9);
      }),
    );
  });

  it.each(['long', 'short'] as const)('more leverage brings the liquidation of a %s nearer', (positionSide) => {
    fc.assert(
      fc.property(ruleName, leverage, entryPrice, notional, (name, leverage, entryPrice, notional) => {
        const rule = LIQUIDATION_RULES[name];
        const position = { positionSide, qty: notional / entryPrice, entryPrice };
        const priceAt = (leverage: number): number =>
          liquidationPrice({ ...position, margin: isolatedMargin(position, leverage, rule) }, TIERS, rule) ?? 0;
        const nearer = (priceAt(leverage * 1.1) - priceAt(leverage)) * positionSign(positionSide);
        expect(nearer).toBeGreaterThan(0);
      }),
    );
  });

  it('a long is liquidated above its bankruptcy price, a short below', () => {
    fc.assert(
      fc.property(
        ruleName,
        side,
        leverage,
        entryPrice,
        notional,
        (name, positionSide, leverage, entryPrice, notional) => {
          const rule = LIQUIDATION_RULES[name];
          const position = { positionSide, qty: notional / entryPrice, entryPrice };
          const held = { ...position, margin: isolatedMargin(position, leverage, rule) };
          const gap = (liquidationPrice(held, TIERS, rule) ?? Infinity) - bankruptcyPrice(held);
          expect(gap * positionSign(positionSide)).toBeGreaterThan(0);
        },
      ),
    );
  });

  it('the entry price comes back from the bankruptcy price', () => {
    fc.assert(
      fc.property(side, leverage, entryPrice, (positionSide, leverage, entryPrice) => {
        const position = { positionSide, qty: 2, entryPrice };
        const margin = isolatedMargin(position, leverage, LIQUIDATION_RULES.binance);
        const back = bankruptcyPriceToEntryPrice(bankruptcyPrice({ ...position, margin }), positionSide, leverage);
        expect(back / entryPrice).toBeCloseTo(1, 9);
      }),
    );
  });

  it("a class's factor is the liquidation price over the entry price, whatever the size", () => {
    fc.assert(
      fc.property(side, leverage, entryPrice, notional, (positionSide, leverage, entryPrice, notional) => {
        const position = { positionSide, qty: notional / entryPrice, entryPrice };
        const margin = isolatedMargin(position, leverage, LIQUIDATION_RULES.binance);
        const price = liquidationPrice({ ...position, margin }, oneTier(0.005), LIQUIDATION_RULES.binance);
        expect((price ?? NaN) / entryPrice).toBeCloseTo(liquidationFactor(positionSide, leverage, 0.005), 9);
      }),
    );
  });
});

it('a real forced order, published at its bankruptcy price 26,142.12, was triggered at 26,247.11', () => {
  const held = { positionSide: 'long', qty: 0.115, entryPrice: 26_500, margin: 0.115 * (26_500 - 26_142.12) } as const;
  expect(bankruptcyPrice(held)).toBeCloseTo(26_142.12, 9);
  expect(liquidationPrice(held, TIERS, LIQUIDATION_RULES.binance)).toBeCloseTo(26_247.11, 2);
});

it('a long without leverage is never liquidated', () => {
  const position = { positionSide: 'long', qty: 1, entryPrice: 100, margin: 101 } as const;
  expect(liquidationPrice(position, TIERS, LIQUIDATION_RULES.binance)).toBeNull();
});

it('a position of no quantity is refused', () => {
  const position = { positionSide: 'long', qty: 0, entryPrice: 100, margin: 1 } as const;
  expect(() => liquidationPrice(position, TIERS, LIQUIDATION_RULES.binance)).toThrow(/qty 0/);
});

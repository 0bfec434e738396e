import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { PositionSide } from '@/lib/market/liquidation';
import type { RiskTier } from '@/lib/market/risk-tier';
import { inverseBankruptcyPrice, inverseLiquidationPrice, liquidationDistance } from '@/lib/model/inverse-liquidation';
import { LIQUIDATION_RULES, positionSign } from '@/lib/model/liquidation-price';
import { maintenanceMargin } from '@/lib/model/maintenance';

const oneTier = (maintenanceMarginRate: number): readonly RiskTier[] => [
  { notionalFloor: 0, notionalCap: Infinity, maintenanceMarginRate, maintenanceAmount: 0, maxLeverage: 125 },
];

/** In coin. */
const TIERS: readonly RiskTier[] = [
  { notionalFloor: 0, notionalCap: 5, maintenanceMarginRate: 0.004, maintenanceAmount: 0, maxLeverage: 125 },
  { notionalFloor: 5, notionalCap: 10, maintenanceMarginRate: 0.005, maintenanceAmount: 0.005, maxLeverage: 100 },
  { notionalFloor: 10, notionalCap: Infinity, maintenanceMarginRate: 0.01, maintenanceAmount: 0.055, maxLeverage: 50 },
];

describe('published examples', () => {
  it('a Bybit short of 60,000 USD at 50,000 and 10x, by the rules of 2024 and of 2026', () => {
    const held = { positionSide: 'short', qty: 60_000, entryPrice: 50_000, margin: 0.12 } as const;
    expect(inverseLiquidationPrice(held, oneTier(0.005), LIQUIDATION_RULES.bybitLegacy)).toBeCloseTo(55_248.62, 2);
    expect(inverseLiquidationPrice(held, oneTier(0.005), LIQUIDATION_RULES.bybit)).toBeCloseTo(55_277.78, 2);
  });

  it('a Bybit cross long of 10,000 USD at 8,000 with 0.5 BTC, within its tick of 0.5', () => {
    const rule = LIQUIDATION_RULES.bybitClassicInverse;
    const held = { positionSide: 'long', qty: 10_000, entryPrice: 8000, margin: 0.5 } as const;
    expect(inverseBankruptcyPrice(held, rule.closeFeeRate)).toBeCloseTo(5718.57, 2);
    expect(Math.abs((inverseLiquidationPrice(held, oneTier(0.005), rule) ?? NaN) - 5739.5)).toBeLessThan(0.5);
  });
});

const side = fc.constantFrom<PositionSide>('long', 'short');
const leverage = fc.double({ min: 1.1, max: 40, noNaN: true });
const entryPrice = fc.double({ min: 0.001, max: 1e5, noNaN: true });
const coin = fc.double({ min: 0.01, max: 100, noNaN: true });

describe('laws', () => {
  it('equity in coin meets maintenance at the liquidation price, in the tier of that price', () => {
    fc.assert(
      fc.property(side, leverage, entryPrice, coin, (positionSide, leverage, entryPrice, coin) => {
        const qty = coin * entryPrice;
        const margin = coin / leverage;
        const price = inverseLiquidationPrice(
          { positionSide, qty, entryPrice, margin },
          TIERS,
          LIQUIDATION_RULES.binance,
        );
        if (price === null) throw new Error('never liquidated');
        const equity = margin + positionSign(positionSide) * qty * (1 / entryPrice - 1 / price);
        expect(equity / coin).toBeCloseTo(maintenanceMargin(TIERS, qty / price) / coin, 9);
      }),
    );
  });

  it('a long is liquidated above its bankruptcy price, a short below, and both beyond their entry', () => {
    fc.assert(
      fc.property(side, leverage, entryPrice, coin, (positionSide, leverage, entryPrice, coin) => {
        const held = { positionSide, qty: coin * entryPrice, entryPrice, margin: coin / leverage };
        const price = inverseLiquidationPrice(held, TIERS, LIQUIDATION_RULES.bybit) ?? NaN;
        const sign = positionSign(positionSide);
        expect(sign * (price - inverseBankruptcyPrice(held))).toBeGreaterThan(0);
        expect(sign * (entryPrice - price)).toBeGreaterThan(0);
      }),
    );
  });

  it("a class's distance is the one of its liquidation price, whatever the size", () => {
    fc.assert(
      fc.property(side, leverage, entryPrice, coin, (positionSide, leverage, entryPrice, coin) => {
        const held = { positionSide, qty: coin * entryPrice, entryPrice, margin: coin / leverage };
        const price = inverseLiquidationPrice(held, oneTier(0.005), LIQUIDATION_RULES.binance) ?? NaN;
        const distance = liquidationDistance('inverse', positionSide, { leverage, maintenanceMarginRate: 0.005 });
        expect(Math.abs(Math.log(price / entryPrice))).toBeCloseTo(distance, 9);
      }),
    );
  });

  it('losses in coin grow as the price falls: longs lie nearer than linear ones, shorts further', () => {
    fc.assert(
      fc.property(leverage, (leverage) => {
        const each = { leverage, maintenanceMarginRate: 0.005 };
        const nearness = (positionSide: PositionSide): number =>
          liquidationDistance('linear', positionSide, each) - liquidationDistance('inverse', positionSide, each);
        expect(nearness('long')).toBeGreaterThan(0);
        expect(nearness('short')).toBeLessThan(0);
      }),
    );
  });
});

it('a short without leverage is hedged by its own margin', () => {
  const held = { positionSide: 'short', qty: 1000, entryPrice: 100, margin: 10.1 } as const;
  expect(inverseLiquidationPrice(held, oneTier(0.005), LIQUIDATION_RULES.binance)).toBeNull();
});

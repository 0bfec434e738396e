import { describe, expect, it } from 'vitest';

import { bundledTiers as gateTiers } from '@/lib/venues/gate/bundled-tiers';
import { bundledTiers as hyperliquidTiers } from '@/lib/venues/hyperliquid/bundled-tiers';

describe.each([
  ['gate', gateTiers, 'BTC_USDT'],
  ['gate', gateTiers, 'ANY_USDT'],
  ['hyperliquid', hyperliquidTiers, 'BTC'],
  ['hyperliquid', hyperliquidTiers, 'ETH'],
  ['hyperliquid', hyperliquidTiers, 'SOL'],
  ['hyperliquid', hyperliquidTiers, 'DOT'],
  ['hyperliquid', hyperliquidTiers, 'ANY'],
] as const)('bundled tiers of %s', (_, bundledTiers, symbol) => {
  const { tiers, source } = bundledTiers(symbol);

  it(`are marked as such, from nothing without an end: ${symbol}`, () => {
    expect(source).toBe('bundled');
    expect([tiers[0].notionalFloor, tiers.at(-1)?.notionalCap]).toEqual([0, Infinity]);
  });

  it(`leave no hole and no step in the maintenance margin: ${symbol}`, () => {
    tiers.slice(1).forEach((above, i) => {
      const below = tiers[i];
      expect(above.notionalFloor).toBe(below.notionalCap);
      expect(above.maintenanceMarginRate).toBeGreaterThan(below.maintenanceMarginRate);
      const marginAt = (tier: typeof below) => below.notionalCap * tier.maintenanceMarginRate - tier.maintenanceAmount;
      expect(marginAt(above)).toBeCloseTo(marginAt(below), 4);
    });
  });

  it(`never ask for more maintenance than initial margin: ${symbol}`, () => {
    for (const tier of tiers) expect(tier.maintenanceMarginRate * tier.maxLeverage).toBeLessThan(1);
  });
});

it.each([
  ['XRP', 40e6, 0.025, 1_000_000],
  ['HYPE', 20e6, 0.05, 1_000_000],
  ['kSHIB', 3e6, 0.05, 150_000],
])("has Hyperliquid's documented step of %s, with its deduction", (symbol, notionalCap, rate, maintenanceAmount) => {
  const { tiers } = hyperliquidTiers(symbol);
  expect(tiers[0]).toMatchObject({ notionalCap, maintenanceMarginRate: rate, maintenanceAmount: 0 });
  expect(tiers[1]).toMatchObject({ maintenanceMarginRate: 2 * rate, maintenanceAmount });
});

import { describe, expect, it } from 'vitest';

import { bundledTiers } from '@/lib/venues/binance/bundled-tiers';

describe('bundled brackets', () => {
  it("states BTCUSDT's of 2024-10-24 with the deductions that the venue published", () => {
    const { tiers, source, asOfMs } = bundledTiers('BTCUSDT');
    expect([source, new Date(asOfMs).toISOString()]).toEqual(['bundled', '2024-10-24T00:00:00.000Z']);
    const published = [
      0, 50, 950, 11_450, 131_450, 481_450, 2_981_450, 14_481_450, 26_481_450, 41_481_450, 121_481_450, 421_481_450,
    ];
    tiers.forEach((tier, i) => expect(tier.maintenanceAmount).toBeCloseTo(published[i], 6));
    expect(tiers).toHaveLength(12);
  });

  it.each(['BTCUSDT', 'ETHUSDT', 'ANYUSDT'])('leaves no hole and no step in the maintenance margin: %s', (symbol) => {
    const { tiers } = bundledTiers(symbol);
    expect(tiers[0].notionalFloor).toBe(0);
    expect(tiers.at(-1)?.notionalCap).toBe(Infinity);
    for (let i = 1; i < tiers.length; i++) {
      const [below, above] = [tiers[i - 1], tiers[i]];
      expect(above.notionalFloor).toBe(below.notionalCap);
      expect(above.maintenanceMarginRate).toBeGreaterThan(below.maintenanceMarginRate);
      expect(above.maxLeverage).toBeLessThan(below.maxLeverage);
      const marginAt = (tier: typeof below) => below.notionalCap * tier.maintenanceMarginRate - tier.maintenanceAmount;
      expect(marginAt(above)).toBeCloseTo(marginAt(below), 4);
    }
  });

  it.each(['BTCUSDT', 'ETHUSDT', 'ANYUSDT'])('never asks for more maintenance than initial margin: %s', (symbol) => {
    for (const tier of bundledTiers(symbol).tiers)
      expect(tier.maintenanceMarginRate).toBeLessThan(1 / tier.maxLeverage + 1e-12);
  });
});

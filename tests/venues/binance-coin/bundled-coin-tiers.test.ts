import { expect, it } from 'vitest';

import { bundledCoinTiers } from '@/lib/venues/binance-coin/bundled-coin-tiers';

it("states BTC's of 2026-05-11 with the deductions that the venue published, in coin", () => {
  const { tiers, source, asOfMs } = bundledCoinTiers('BTCUSD_PERP');
  expect([source, new Date(asOfMs).toISOString()]).toEqual(['bundled', '2026-09-16T00:00:00.000Z']);
  const published = [0, 0.005, 0.055, 0.43, 4.18, 24.18, 47.93, 77.93, 237.93, 837.93];
  expect(tiers).toHaveLength(published.length);
  tiers.forEach((tier, i) => expect(tier.maintenanceAmount).toBeCloseTo(published[i], 9));
});

it("states ETH's, too", () => {
  const published = [0, 0.0225, 0.3725, 6.3725, 43.8725, 293.8725, 643.8725, 1093.8725, 3493.8725, 12_493.8725];
  const { tiers } = bundledCoinTiers('ETHUSD_PERP');
  tiers.forEach((tier, i) => expect(tier.maintenanceAmount).toBeCloseTo(published[i], 6));
});

it('holds any other contract to 20x, without a cap that its coin would not fit', () => {
  expect(bundledCoinTiers('TRXUSD_PERP').tiers).toEqual([
    { notionalFloor: 0, notionalCap: Infinity, maintenanceMarginRate: 0.025, maintenanceAmount: 0, maxLeverage: 20 },
  ]);
});

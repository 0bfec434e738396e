import { expect, it } from 'vitest';

import type { RiskTier } from '@/lib/market/risk-tier';
import { maintenanceAmount, maintenanceMargin, riskTierAt } from '@/lib/model/maintenance';

/** Binance BTCUSDT as of 2024-10-24: floor, rate, amount. */
const PUBLISHED = [
  [0, 0.004, 0],
  [50_000, 0.005, 50],
  [600_000, 0.0065, 950],
  [3_000_000, 0.01, 11_450],
  [12_000_000, 0.02, 131_450],
  [70_000_000, 0.025, 481_450],
  [100_000_000, 0.05, 2_981_450],
  [230_000_000, 0.1, 14_481_450],
  [480_000_000, 0.125, 26_481_450],
  [600_000_000, 0.15, 41_481_450],
  [800_000_000, 0.25, 121_481_450],
  [1_200_000_000, 0.5, 421_481_450],
] as const;

const TIERS: readonly RiskTier[] = PUBLISHED.map(([notionalFloor, maintenanceMarginRate, amount], i) => ({
  notionalFloor,
  notionalCap: PUBLISHED[i + 1]?.[0] ?? Infinity,
  maintenanceMarginRate,
  maintenanceAmount: amount,
  maxLeverage: 125,
}));

it.each(TIERS.slice(1).map((tier, i) => [tier, TIERS[i]] as const))(
  'the published amount from $notionalFloor follows from the tier below',
  (tier, below) => {
    const amount = maintenanceAmount(tier.notionalFloor, tier.maintenanceMarginRate, below);
    expect(amount).toBeCloseTo(tier.maintenanceAmount, 3);
  },
);

it("the FAQ's example: 250,000 at 1 % above 0.5 % and 50", () => {
  const below = { maintenanceMarginRate: 0.005, maintenanceAmount: 50 };
  expect(maintenanceAmount(250_000, 0.01, below)).toBeCloseTo(1300, 9);
});

it('the amounts of 2026-08: 300 from 300,000 and 1,500 from 800,000', () => {
  const second = maintenanceAmount(300_000, 0.005, { maintenanceMarginRate: 0.004, maintenanceAmount: 0 });
  expect(second).toBeCloseTo(300, 6);
  const third = maintenanceAmount(800_000, 0.0065, { maintenanceMarginRate: 0.005, maintenanceAmount: second });
  expect(third).toBeCloseTo(1500, 6);
});

it('maintenance margin has no step where a tier begins', () => {
  for (const { notionalFloor } of TIERS.slice(1)) {
    expect(maintenanceMargin(TIERS, notionalFloor - 1e-6)).toBeCloseTo(maintenanceMargin(TIERS, notionalFloor), 5);
  }
});

it('a tier begins at its floor and the last one has no end', () => {
  expect(riskTierAt(TIERS, 49_999.99)).toBe(TIERS[0]);
  expect(riskTierAt(TIERS, 50_000)).toBe(TIERS[1]);
  expect(riskTierAt(TIERS, 1e12)).toBe(TIERS[11]);
});

it('no tiers are refused', () => expect(() => riskTierAt([], 1)).toThrow(/no tiers/));

import { describe, expect, it } from 'vitest';

import { areSound, tiersFromRows } from '@/lib/market/risk-tier';

const laddersOf = (rate: number, maxLeverage: number) =>
  areSound(
    tiersFromRows([
      [50_000, rate, maxLeverage],
      [1e6, rate * 1.5, 1],
    ]),
  );

describe('areSound', () => {
  it('takes the rates that venues have: about half of the initial margin, up to all of it but a little', () => {
    expect(laddersOf(0.005, 100)).toBe(true);
    expect(laddersOf(0.0099, 100)).toBe(true);
  });

  it('refuses brackets under which a position would be liquidated as it is opened', () => {
    expect(laddersOf(0.01, 100)).toBe(false);
    expect(laddersOf(0.5, 100)).toBe(false);
    expect(laddersOf(0.7, 1)).toBe(false);
  });

  it('refuses a gap below, a bracket over another and a rate of nothing', () => {
    const [first, second] = tiersFromRows([
      [50_000, 0.005, 100],
      [1e6, 0.01, 50],
    ]);
    expect(areSound([])).toBe(false);
    expect(areSound([first, { ...second, notionalFloor: 40_000 }])).toBe(false);
    expect(areSound([{ ...first, maintenanceMarginRate: 0 }, second])).toBe(false);
  });
});

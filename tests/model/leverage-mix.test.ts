import { expect, it } from 'vitest';

import type { PriorName } from '@/lib/market/prior';
import { bookConfigKey, createBookConfig } from '@/lib/model/book-config';
import { priorLeverageMix } from '@/lib/model/leverage-mix';
import { flatTiersFromRows } from '@/lib/venues/flat-tiers';

import { CONFIG, TIERS } from './book-fixtures';

const shareOf = (mix: ReturnType<typeof priorLeverageMix>): number => mix.reduce((sum, { share }) => sum + share, 0);

it('leaves a share to positions that are never liquidated', () => {
  expect(shareOf(CONFIG.classes)).toBeGreaterThan(0.5);
  expect(shareOf(CONFIG.classes)).toBeLessThan(0.9);
});

it('classes come by rising leverage', () => {
  const leverages = CONFIG.classes.map(({ leverage }) => leverage);
  expect(leverages).toEqual([...leverages].sort((a, b) => a - b));
});

it('who wants more than the contract admits takes the most there is', () => {
  const tiers = [
    { notionalFloor: 0, notionalCap: 1e4, maintenanceMarginRate: 0.01, maintenanceAmount: 0, maxLeverage: 40 },
    { notionalFloor: 1e4, notionalCap: Infinity, maintenanceMarginRate: 0.02, maintenanceAmount: 100, maxLeverage: 20 },
  ];
  const mix = priorLeverageMix(tiers);
  expect(mix[mix.length - 1].leverage).toBe(40);
  expect(shareOf(mix)).toBeCloseTo(shareOf(CONFIG.classes), 12);
});

it('another prior tilts the shares to one end and leaves their sum', () => {
  const meanOf = (prior: PriorName): number => {
    const { classes } = createBookConfig(TIERS, 'linear', prior);
    expect(shareOf(classes)).toBeCloseTo(shareOf(CONFIG.classes), 12);
    return classes.reduce((sum, { leverage, share }) => sum + Math.log(leverage) * share, 0) / shareOf(classes);
  };
  expect(createBookConfig(TIERS, 'linear', 'stated')).toEqual(CONFIG);
  expect(meanOf('lower')).toBeLessThan(meanOf('stated') - 0.1);
  expect(meanOf('higher')).toBeGreaterThan(meanOf('stated') + 0.1);
});

it('high leverage falls under the first tiers, at their average rate', () => {
  const rateOf = (wanted: number): number | undefined =>
    CONFIG.classes.find(({ leverage }) => leverage === wanted)?.maintenanceMarginRate;
  expect(rateOf(125)).toBe(0.004);
  // 550,000 in the middle of the second tier: 0.5 % less 300.
  expect(rateOf(100)).toBeCloseTo(0.005 - 300 / 550_000, 12);
  expect(rateOf(20)).toBeGreaterThan(0.004);
});

it('is the same whatever price brackets that are counted in contracts are told at', () => {
  const keys = Array.from({ length: 200 }, (_, i) => {
    const worth = 640 + i * 0.007;
    const tiers = flatTiersFromRows([
      [1000 * worth, 0.004, 100],
      [5000 * worth, 0.01, 50],
      [20_000 * worth, 0.02, 25],
    ]);
    return bookConfigKey(createBookConfig({ ...TIERS, tiers }, 'linear'));
  });
  expect(new Set(keys).size).toBe(1);
});

it('without any brackets a contract has modest leverage', () => {
  const config = createBookConfig({ ...TIERS, tiers: [] }, 'linear');
  expect(Math.max(...config.classes.map(({ leverage }) => leverage))).toBe(50);
});

it('every constant is in the key', () => {
  const key = bookConfigKey(CONFIG);
  expect(bookConfigKey(createBookConfig({ ...TIERS, asOfMs: 5 }, 'linear'))).toBe(key);
  expect(bookConfigKey({ ...CONFIG, tilt: 0.4 })).not.toBe(key);
  expect(bookConfigKey({ ...CONFIG, classes: CONFIG.classes.slice(1) })).not.toBe(key);
});

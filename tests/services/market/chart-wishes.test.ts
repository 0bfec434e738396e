import { expect, it } from 'vitest';

import { SECOND_MS } from '@/lib/core/time';
import type { Profile } from '@/lib/market/profile';
import { createMemoryLog } from '@/lib/store/log/open-market-log';
import { createFakeVenue } from '@/tests/services/fake-venue';
import { createHubStage } from '@/tests/services/hub-stage';

const NOW_MS = Date.UTC(2026, 4, 20, 12, 2);
const usdOf = (profile: Profile | undefined, side: 'long' | 'short'): number =>
  profile?.[side].reduce((sum: number, usd) => sum + usd, 0) ?? NaN;

/** A hub that follows a market, and what its store was pruned to: contracts and bytes. */
async function stage() {
  const pruned: unknown[] = [];
  const log = createMemoryLog(() => {});
  const s = createHubStage([createFakeVenue(NOW_MS)], {
    ...log,
    prune: (_nowMs, _watched, retention) =>
      Promise.resolve(void pruned.push([retention?.maxContracts, retention?.maxBytes])),
  });
  const chart = s.watch('binance', 'BTCUSDT', 'band');
  const popup = s.watch('popup', 'BTCUSDT', 'summary');
  await s.pass(5 * SECOND_MS);
  return { ...s, chart, popup, pruned };
}

it('charts are told the wanted side alone and at once, pages both', async () => {
  const s = await stage();
  expect(usdOf(s.chart.profile(), 'short')).toBeGreaterThan(0);
  await s.settings.charts.setValue({ refreshMs: 5_000, side: 'long' });
  await s.pass(2 * SECOND_MS);
  expect(usdOf(s.chart.profile(), 'short')).toBe(0);
  expect(usdOf(s.chart.profile(), 'long')).toBeGreaterThan(0);
  expect(usdOf(s.popup.profile(), 'short')).toBeGreaterThan(0);
});

it('charts are told no more often than wanted, pages as before', async () => {
  const s = await stage();
  await s.settings.charts.setValue({ refreshMs: 5_000, side: 'both' });
  const before = [s.chart.of('profile').length, s.popup.of('profile').length];
  await s.pass(20 * SECOND_MS);
  const [onChart, onPage] = [s.chart, s.popup].map((watch, i) => watch.of('profile').length - before[i]);
  expect(onChart).toBeGreaterThanOrEqual(3);
  expect(onChart).toBeLessThanOrEqual(4);
  expect(onPage).toBeGreaterThanOrEqual(18);
});

it('another prior folds the map anew, under other shares', async () => {
  const s = await stage();
  const shareOfHigh = () => {
    const mix = s.popup.of('summary').at(-1)?.summary.leverageMix ?? [];
    return mix.reduce((sum, { leverage, share }) => sum + (leverage >= 50 ? share : 0), 0);
  };
  const stated = shareOfHigh();
  await s.settings.prior.setValue('higher');
  await s.pass(5 * SECOND_MS);
  expect(shareOfHigh()).toBeGreaterThan(1.3 * stated);
  expect(usdOf(s.popup.profile(), 'short')).toBeGreaterThan(0);
  await s.settings.prior.setValue('stated');
  await s.pass(5 * SECOND_MS);
  expect(shareOfHigh()).toBe(stated);
});

it('another limit of what is kept prunes at once', async () => {
  const s = await stage();
  await s.settings.keptContracts.setValue(10);
  await s.settle();
  expect(s.pruned).toEqual([[10, 500e6]]);
  await s.settings.storedMegabytes.setValue(100);
  await s.settle();
  await s.hub.upkeep();
  expect(s.pruned.slice(1)).toEqual([
    [10, 100e6],
    [10, 100e6],
  ]);
});

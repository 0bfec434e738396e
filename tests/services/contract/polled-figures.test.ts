import { expect, it } from 'vitest';

import { DAY_MS } from '@/lib/core/time';
import { BAR_MS } from '@/lib/market/bar';
import { createPolledFigures } from '@/lib/services/contract/polled-figures';
import { createMemoryLog } from '@/lib/store/log/open-market-log';
import { BTCUSDT } from '@/tests/market/sample-contract';
import { createFakeVenue } from '@/tests/services/fake-venue';

const NOW_MS = Date.UTC(2026, 4, 20, 12);

const sinceOf = async (reachDays: number, knownDays: number, listedTimeMs = 0) => {
  const log = createMemoryLog(() => {});
  const contract = { ...BTCUSDT, listedTimeMs };
  const venue = { ...createFakeVenue(NOW_MS).venue, openInterestReachMs: reachDays * DAY_MS };
  const firstMs = NOW_MS - knownDays * DAY_MS;
  const points = [firstMs, NOW_MS - BAR_MS].map((timeMs) => ({ timeMs, openInterest: 1 }));
  await log.appendOpenInterest(contract.id, points);
  const figures = createPolledFigures(venue, contract, log, new AbortController().signal);
  await figures.readDayAgo(NOW_MS);
  return figures.openInterestSinceMs;
};

it('says since when open interest is known where the venue tells less than the month', async () => {
  expect(await sinceOf(3, 3)).toBe(NOW_MS - 3 * DAY_MS);
  expect(await sinceOf(0, 1)).toBe(NOW_MS - DAY_MS);
});

it('says nothing where all was observed: of the month, or since a young contract was listed', async () => {
  expect(await sinceOf(30, 29.9)).toBeNull();
  expect(await sinceOf(3, 29.9)).toBeNull();
  expect(await sinceOf(3, 2, NOW_MS - 2 * DAY_MS)).toBeNull();
});

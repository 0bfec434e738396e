import { beforeEach, expect, it, vi } from 'vitest';

import { HOUR_MS, MINUTE_MS, SECOND_MS } from '@/lib/core/time';
import { createContractFold } from '@/lib/services/contract/contract-fold';
import { createSharedWork } from '@/lib/services/contract/shared-work';
import type { MarketLog } from '@/lib/store/log/market-log';
import { createMemoryLog } from '@/lib/store/log/open-market-log';
import { BTCUSDT } from '@/tests/market/sample-contract';
import { createFakeVenue } from '@/tests/services/fake-venue';
import { createHubStage } from '@/tests/services/hub-stage';
import { createVirtualTime } from '@/tests/venues/virtual-time';

const NOW_MS = Date.UTC(2026, 4, 20, 12, 2);

let isTelling: boolean;
let askedMs: number[];
let log: MarketLog;
let stage: ReturnType<typeof createHubStage>;
beforeEach(() => {
  [isTelling, askedMs] = [false, []];
  log = createMemoryLog(() => {});
  const fake = createFakeVenue(NOW_MS);
  const tellTiers = fake.venue.fetchRiskTiers.bind(fake.venue);
  fake.venue.fetchRiskTiers = async (...asked) => {
    askedMs.push(fake.state.nowMs - NOW_MS);
    const told = await tellTiers(...asked);
    if (isTelling) return told;
    return { ...told, source: 'bundled', tiers: told.tiers.map((tier) => ({ ...tier, maxLeverage: 50 })) };
  };
  stage = createHubStage([fake], log);
});

const storedTiers = async () => {
  const stored = await log.readRiskTiers(BTCUSDT.id);
  return [stored?.source, stored?.tiers[0].maxLeverage];
};
/** Slices of the fill are timers of their own, a few hundred for a month. */
const fillColumns = async () => {
  for (let slice = 0; slice < 450; slice += 1) await stage.advance(SECOND_MS / 25);
};
const columnCount = async () => (await log.readColumns(BTCUSDT.id, 0, Infinity)).length;

it('asks again, each time twice as late, for brackets that the venue did not tell, and folds anew with them', async () => {
  const { profile } = stage.watch('BINANCE');
  await stage.settle();
  await stage.pass(20 * SECOND_MS);
  expect(profile()).toBeDefined();
  expect(await storedTiers()).toEqual(['bundled', 50]);
  // What is stored for good waits for the venue's own.
  expect(await columnCount()).toBe(0);
  isTelling = true;
  await stage.pass(30 * SECOND_MS);
  expect(askedMs.map((ms) => Math.round(ms / SECOND_MS))).toEqual([0, 15, 45]);
  expect(await storedTiers()).toEqual(['venue', 125]);
  await fillColumns();
  expect(await columnCount()).toBeGreaterThan(2_000);
  await stage.pass(3 * MINUTE_MS);
  expect(askedMs).toHaveLength(3);
});

it('asks at once on request', async () => {
  stage.watch('BINANCE');
  await stage.settle();
  isTelling = true;
  stage.hub.handlers.onRetry();
  await stage.settle();
  expect(await storedTiers()).toEqual(['venue', 125]);
});

it('does with the bundled ones where the venue tells none', async () => {
  stage.watch('BINANCE');
  await stage.settle();
  await stage.pass(2 * MINUTE_MS);
  await fillColumns();
  expect(await columnCount()).toBeGreaterThan(2_000);
  const asked = askedMs.length;
  await stage.pass(3 * MINUTE_MS);
  expect(askedMs.length - asked).toBeLessThanOrEqual(1);
});

it('folds anew with what the venue told though it cannot be kept', async () => {
  const keep = log.writeRiskTiers.bind(log);
  const { profile } = stage.watch('BINANCE');
  await stage.settle();
  await stage.pass(10 * SECOND_MS);
  const bundled = profile();
  log.writeRiskTiers = (id, tiers) => (tiers.source === 'venue' ? Promise.reject(new Error('full')) : keep(id, tiers));
  isTelling = true;
  await stage.pass(20 * SECOND_MS);
  const largest = (sums: ArrayLike<number> = []) => Math.max(...Array.from(sums));
  expect(largest(profile()?.long)).toBeGreaterThan(largest(bundled?.long) * 1.01);
});

it('asks twice a day for brackets that the venue told, as it may change them', async () => {
  isTelling = true;
  const { venue } = createFakeVenue(NOW_MS);
  const time = createVirtualTime(NOW_MS);
  let maxLeverage = 125;
  let asked = 0;
  const tellTiers = venue.fetchRiskTiers.bind(venue);
  venue.fetchRiskTiers = async (...wanted) => {
    asked += 1;
    const told = await tellTiers(...wanted);
    return { ...told, source: 'venue', tiers: told.tiers.map((tier) => ({ ...tier, maxLeverage })) };
  };
  const end = new AbortController();
  const fold = createContractFold({
    venue,
    contract: BTCUSDT,
    log,
    history: { historyStartMs: NOW_MS, settledThroughMs: NOW_MS },
    environment: { ...time, log: () => {} },
    sharedWork: createSharedWork(() => 'stated'),
    venueNow: time.now,
    signal: end.signal,
    polledOpenInterest: () => NaN,
    onFold: () => {},
    onLostRows: () => {},
    onError: (_what, cause) => {
      throw cause;
    },
  });
  await fold.refreshTiers();
  maxLeverage = 20;
  time.advance(12 * HOUR_MS);
  await vi.waitFor(() => expect(fold.tiers?.tiers[0].maxLeverage).toBe(20));
  expect(asked).toBe(2);
  end.abort();
  expect(time.timerCount()).toBe(0);
});

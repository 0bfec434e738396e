import { expect, it, vi } from 'vitest';

import { createContractFold, type ContractFold } from '@/lib/services/contract/contract-fold';
import { createSharedWork } from '@/lib/services/contract/shared-work';
import { BTCUSDT } from '@/tests/market/sample-contract';
import { createFakeVenue } from '@/tests/services/fake-venue';
import { RECORDED_MS, recordedLog, START_MS, TIERS } from '@/tests/services/recorded-history';

const settle = async () => {
  for (let turn = 0; turn < 500; turn += 1) await Promise.resolve();
};

/** BTCUSDT as it was recorded, for folds that differ in their log and in who hears of them. */
const RECORDED = {
  contract: BTCUSDT,
  history: { historyStartMs: START_MS, settledThroughMs: RECORDED_MS },
  environment: { now: () => RECORDED_MS, setTimer: () => () => {}, log: () => {} },
  sharedWork: createSharedWork(() => 'stated'),
  venueNow: () => RECORDED_MS,
  signal: new AbortController().signal,
  polledOpenInterest: () => NaN,
  onLostRows: () => {},
  onError: (_what: string, cause: unknown) => {
    throw cause;
  },
};

it('folds under the brackets that came last, though another fold was being opened meanwhile', async () => {
  const log = await recordedLog();
  await log.writeRiskTiers(BTCUSDT.id, TIERS);
  const { venue } = createFakeVenue(RECORDED_MS);
  venue.fetchRiskTiers = async () => ({ ...TIERS, tiers: TIERS.tiers.map((tier) => ({ ...tier, maxLeverage: 20 })) });
  let opened = 0;
  let folded = (): void => {};
  const hasFolded = new Promise<void>((resolve) => (folded = resolve));
  let release = (): void => {};
  const isReleased = new Promise<void>((resolve) => (release = resolve));
  const fold = createContractFold({
    ...RECORDED,
    venue,
    log: {
      ...log,
      // The one that was begun first is ready last.
      async readCheckpoints(id, key) {
        opened += 1;
        if (opened === 2) await isReleased;
        return log.readCheckpoints(id, key);
      },
    },
    onFold: () => folded(),
  });
  await fold.open();
  expect(Math.max(...(fold.estimator?.leverageMix ?? []).map(({ leverage }) => leverage))).toBeGreaterThan(20);
  await hasFolded;
  await settle();
  fold.restate();
  await settle();
  const refreshed = fold.refreshTiers();
  await settle();
  release();
  await refreshed;
  await settle();
  expect(fold.tiers?.tiers[0].maxLeverage).toBe(20);
  expect(Math.max(...(fold.estimator?.leverageMix ?? []).map(({ leverage }) => leverage))).toBe(20);
});

it('makes the columns of an estimator that was opened while those of the former were being made', async () => {
  const log = await recordedLog();
  await log.writeRiskTiers(BTCUSDT.id, TIERS);
  const { venue } = createFakeVenue(RECORDED_MS);
  let release = (): void => {};
  const isReleased = new Promise<void>((resolve) => (release = resolve));
  const fold: ContractFold = createContractFold({
    ...RECORDED,
    venue,
    log: {
      ...log,
      async countColumns(...asked) {
        await isReleased;
        return log.countColumns(...asked);
      },
    },
    environment: {
      now: () => RECORDED_MS,
      setTimer(callback) {
        queueMicrotask(callback);
        return () => {};
      },
      log: () => {},
    },
    onFold: () => fold.fillColumns(),
  });
  await fold.open();
  await settle();
  expect(fold.estimator?.throughMs).toBe(RECORDED_MS);
  fold.restate();
  await settle();
  release();
  await vi.waitFor(() => expect(fold.estimator?.filledFromMs).toBeLessThan(0));
});

it('makes columns once more after those under way, however often they were wanted meanwhile', async () => {
  const log = await recordedLog();
  await log.writeRiskTiers(BTCUSDT.id, TIERS);
  const { venue } = createFakeVenue(RECORDED_MS);
  let release = (): void => {};
  const isReleased = new Promise<void>((resolve) => (release = resolve));
  const onError = vi.fn();
  const fold = createContractFold({
    ...RECORDED,
    venue,
    log: {
      ...log,
      async countColumns() {
        await isReleased;
        throw new Error('no disk');
      },
    },
    onFold: () => {},
    onError,
  });
  await fold.open();
  await settle();
  fold.fillColumns();
  await settle();
  for (let bar = 0; bar < 50; bar += 1) fold.fillColumns();
  release();
  await settle();
  expect(onError.mock.calls.filter(([what]) => what === 'columns')).toHaveLength(2);
});

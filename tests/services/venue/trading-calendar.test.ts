import { beforeEach, expect, it } from 'vitest';

import { err, ok } from '@/lib/core/result';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '@/lib/core/time';
import { contractId, type Contract } from '@/lib/market/contract';
import type { TradingSchedule } from '@/lib/market/trading-hours';
import { createMemoryLog } from '@/lib/store/log/open-market-log';

import { BTCUSDT } from '../../market/sample-contract';
import { createFakeVenue } from '../fake-venue';
import { createHubStage } from '../hub-stage';

/** A Wednesday: by the usual week gold is traded. */
const NOON_MS = Date.UTC(2026, 4, 20, 12);
const GOLD: Contract = {
  ...BTCUSDT,
  id: contractId('binance', 'XAUUSDT'),
  symbol: 'XAUUSDT',
  baseAsset: 'XAU',
  assetClass: 'gold',
};
const HOLIDAY: TradingSchedule = {
  commodity: [
    { startMs: NOON_MS - 12 * HOUR_MS, endMs: NOON_MS + 6 * HOUR_MS, isOpen: false },
    { startMs: NOON_MS + 6 * HOUR_MS, endMs: NOON_MS + DAY_MS, isOpen: true },
  ],
  equity: [],
};

let askedCount: number;
let isTelling: boolean;
const stageOf = (contract: Contract) => {
  const fake = createFakeVenue(NOON_MS, { contract });
  fake.venue = {
    ...fake.venue,
    async fetchTradingSchedule() {
      askedCount += 1;
      return isTelling ? ok(HOLIDAY) : err({ kind: 'http', message: '', detail: '', retryAtMs: null });
    },
  };
  return createHubStage(
    [fake],
    createMemoryLog(() => {}),
  );
};
beforeEach(() => {
  [askedCount, isTelling] = [0, true];
});

it('says that the market behind gold is closed by the venue’s own schedule, which is asked for once', async () => {
  const stage = stageOf(GOLD);
  const { of } = stage.watch('BINANCE', 'XAUUSDT');
  await stage.settle();
  await stage.pass(40 * SECOND_MS);
  expect(of('summary').at(-1)?.summary.hours).toEqual({
    isClosed: true,
    changesAtMs: NOON_MS + 6 * HOUR_MS,
    source: 'venue',
  });
  expect(askedCount).toBe(1);
});

it('goes by the usual week while the venue does not tell, and asks again minutes later', async () => {
  isTelling = false;
  const stage = stageOf(GOLD);
  const { of } = stage.watch('BINANCE', 'XAUUSDT');
  const hours = () => of('summary').at(-1)?.summary.hours;
  await stage.settle();
  await stage.pass(MINUTE_MS);
  expect(hours()).toMatchObject({ isClosed: false, source: 'calendar' });
  expect(askedCount).toBe(1);
  isTelling = true;
  await stage.pass(5 * MINUTE_MS);
  expect(askedCount).toBe(2);
  expect(hours()).toMatchObject({ isClosed: true, source: 'venue' });
});

it('asks for no schedule where nothing watched ever closes', async () => {
  const stage = stageOf(BTCUSDT);
  const { of } = stage.watch('BINANCE');
  await stage.settle();
  await stage.pass(10 * SECOND_MS);
  expect(of('summary').at(-1)?.summary.hours).toBeNull();
  expect(askedCount).toBe(0);
});

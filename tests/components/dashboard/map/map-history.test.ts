import { beforeEach, expect, it } from 'vitest';

import { gaugeFromDays, scaleFromGauge } from '@/components/dashboard/map/heat-gauge';
import { createMapHistory } from '@/components/dashboard/map/map-history';
import { readMap } from '@/components/dashboard/map/map-reading';
import { DAY_MS, HOUR_MS } from '@/lib/core/time';
import { BAR_MS, type Bar } from '@/lib/market/bar';
import type { Contract } from '@/lib/market/contract';
import { COLUMN_MS } from '@/lib/model/history';
import type { MarketLog } from '@/lib/store/log/market-log';
import { createMemoryLog } from '@/lib/store/log/open-market-log';
import { columnOf } from '@/tests/components/dashboard/columns';
import { CONTRACT } from '@/tests/components/samples';

const TODAY = Date.UTC(2024, 8, 18);
const NOW = TODAY + 12 * HOUR_MS;
const OTHER: Contract = { ...CONTRACT, id: 'bybit:BTCUSDT', venueId: 'bybit' };

const barAt = (openTimeMs: number): Bar => ({
  openTimeMs,
  open: 60_000,
  high: 60_100,
  low: 59_900,
  close: 60_000,
  volume: 1,
  takerBuyVolume: 1,
  markHigh: 60_100,
  markLow: 59_900,
  markClose: 60_000,
});
const column = (timeMs: number, usd: number, markPrice = 60_000) => ({
  timeMs,
  column: columnOf(markPrice, timeMs, { [-80]: usd }),
});

let log: MarketLog;
beforeEach(async () => {
  log = createMemoryLog(() => {});
  await log.appendBars(CONTRACT.id, [TODAY - DAY_MS, TODAY, TODAY + BAR_MS].map(barAt));
  await log.appendColumns(CONTRACT.id, [column(TODAY - DAY_MS, 1e6), column(TODAY, 2e6)]);
  await log.appendColumns(OTHER.id, [column(TODAY, 5e5, 60_060)]);
});

const open = (contracts: readonly Contract[] = [CONTRACT, OTHER]) =>
  createMapHistory(log, contracts, () => NOW, new AbortController().signal);

it('reads whole days back to a time, newest first, each once', async () => {
  const history = open();
  const seen: number[] = [];
  await history.load(TODAY - HOUR_MS, () => seen.push(Math.min(...history.days.keys())));
  expect(seen).toEqual([TODAY, TODAY - DAY_MS]);
  expect(history.bars.map(({ openTimeMs }) => openTimeMs)).toEqual([TODAY - DAY_MS, TODAY, TODAY + BAR_MS]);
  expect(history.endMs).toBe(TODAY + 2 * BAR_MS);
  await history.load(TODAY - HOUR_MS, () => seen.push(0));
  expect(seen).toHaveLength(2);
});

it('reads a day once for all who ask meanwhile, and what was liquidated on older days at once', async () => {
  const reads: number[] = [];
  const stretches: string[] = [];
  const source = {
    ...log,
    readBars(id: Contract['id'], fromMs: number, toMs?: number) {
      reads.push(fromMs);
      return log.readBars(id, fromMs, toMs);
    },
    readLiquidations(id: Contract['id'], fromMs: number, toMs = Infinity) {
      stretches.push(`${(fromMs - TODAY) / DAY_MS} to ${(toMs - TODAY) / DAY_MS}`);
      return log.readLiquidations(id, fromMs, toMs);
    },
  };
  const history = createMapHistory(source, [CONTRACT], () => NOW, new AbortController().signal);
  await Promise.all([history.load(NOW, () => {}), history.load(TODAY - 3 * DAY_MS, () => {})]);
  expect(reads).toEqual([0, 1, 2, 3].map((day) => TODAY - day * DAY_MS));
  expect(stretches).toEqual(['0 to 1', '-3 to 0']);
});

it('reads days that lack columns again in turns, so that a map that is moved does not stall', async () => {
  const reads: number[] = [];
  const source = {
    ...log,
    readBars(id: Contract['id'], fromMs: number, toMs?: number) {
      reads.push((TODAY - fromMs) / DAY_MS);
      return log.readBars(id, fromMs, toMs);
    },
  };
  const history = createMapHistory(source, [CONTRACT], () => NOW, new AbortController().signal);
  await history.load(TODAY - 7 * DAY_MS, () => {});
  reads.length = 0;
  for (let i = 0; i < 4; i++) await history.refresh();
  expect(reads).toEqual([0, 1, 2, 3, 0, 4, 5, 6, 0, 7, 0]);
});

it('keeps the days that wait in turn when the store refuses one', async () => {
  const reads: number[] = [];
  let isRefused = false;
  const source = {
    ...log,
    readBars(id: Contract['id'], fromMs: number, toMs?: number) {
      if (isRefused) return Promise.reject(new Error('busy'));
      reads.push((TODAY - fromMs) / DAY_MS);
      return log.readBars(id, fromMs, toMs);
    },
  };
  const history = createMapHistory(source, [CONTRACT], () => NOW, new AbortController().signal);
  await history.load(TODAY - 4 * DAY_MS, () => {});
  isRefused = true;
  await expect(history.refresh()).rejects.toThrow('busy');
  [isRefused, reads.length] = [false, 0];
  for (let i = 0; i < 2; i++) await history.refresh();
  expect(reads).toEqual([0, 1, 2, 3, 0, 4]);
});

it('a later column brings a new day, and leaves those without a change as they are', async () => {
  const history = open();
  await history.load(TODAY - HOUR_MS, () => {});
  const before = [...history.days.values()];
  expect(await history.refresh()).toBe(false);
  await log.appendColumns(CONTRACT.id, [column(TODAY + COLUMN_MS, 3e6)]);
  expect(await history.refresh()).toBe(true);
  const after = [...history.days.values()];
  expect(after[0]).toBe(before[0]);
  expect(after[1]).not.toBe(before[1]);
  expect(after[1]?.slots[0]).toEqual(before[1]?.slots[0]);
});

it('a later bar brings a new day whose columns are the ones that are painted', async () => {
  const history = open();
  await history.load(TODAY, () => {});
  const [before] = history.days.values();
  await log.appendBars(CONTRACT.id, [barAt(TODAY + 2 * BAR_MS)]);
  expect(await history.refresh()).toBe(true);
  const [after] = history.days.values();
  expect(after.bars).toHaveLength(3);
  expect(after.slots).toBe(before.slots);
});

it('reads the sum of all contracts as of the column under the pointer', async () => {
  const history = open();
  await history.load(TODAY, () => {});
  const level = 60_000 * Math.exp(-79.5 * 0.00025);
  const window = { fromMs: TODAY, toMs: TODAY + DAY_MS, lowLn: Math.log(level) - 0.1, highLn: Math.log(level) + 0.1 };
  const area = { width: 960, height: 400 };
  const reading = readMap(history.days, null, history.endMs, window, area, 1, 200);
  expect(reading).toMatchObject({ asOfMs: TODAY, isLive: false, shortUsd: 0 });
  expect((reading?.longUsd ?? 0) / 2.5e6).toBeCloseTo(1, 1);
  expect(reading?.distance).toBeCloseTo(level / 60_000 - 1, 9);
  // After the last bar only the live map speaks.
  expect(readMap(history.days, null, history.endMs, window, area, 500, 200)).toBeNull();
});

it('moves liquidations of other contracts by the distance of the marks, and leaves out what cannot be placed', async () => {
  const event = { positionSide: 'long' as const, averagePrice: NaN, qty: 2 };
  await log.appendLiquidations(OTHER.id, [
    { ...event, timeMs: TODAY + 1, bankruptcyPrice: 60_060 },
    { ...event, timeMs: TODAY + 3 * HOUR_MS, bankruptcyPrice: 60_060 },
  ]);
  const history = open();
  await history.load(TODAY, () => {});
  const [placed, ...rest] = history.days.get(TODAY)?.events ?? [];
  expect(rest).toHaveLength(0);
  expect(placed?.price).toBeCloseTo(60_000, 6);
  expect(placed?.usd).toBeCloseTo(120_120, 6);
});

it('gauges colours by what is loaded, and set thresholds by the bin', async () => {
  const history = open([CONTRACT]);
  expect(gaugeFromDays(history.days)).toBeNull();
  await history.load(TODAY - DAY_MS, () => {});
  const gauge = gaugeFromDays(history.days);
  if (gauge === null) throw new Error('no gauge');
  const { lo, hi } = scaleFromGauge(gauge, 1, { thresholdUsd: null, fullUsd: null });
  expect(lo / 1e6).toBeCloseTo(1, 1);
  expect(hi / 2e6).toBeCloseTo(1, 1);
  expect(scaleFromGauge(gauge, 4, { thresholdUsd: 100, fullUsd: 1_000 })).toEqual({ lo: 800, hi: 8_000 });
});

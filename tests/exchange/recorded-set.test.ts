import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { BAR_MS } from '@/lib/market/bar';

import { createRecordedSupply } from './bar-supply';
import { listRecordedSets, readRecordedSet } from './recorded-set';

const SHARED = path.resolve(import.meta.dirname, '../../../shared/data');
const START_MS = 1_764_547_200_000;

let dir = '';
const writeSet = (name: string, meta: object, csv: string): void => {
  mkdirSync(path.join(dir, name));
  writeFileSync(path.join(dir, name, 'meta.json'), JSON.stringify(meta));
  writeFileSync(path.join(dir, name, 'bars.csv.gz'), gzipSync(csv));
};

beforeAll(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'sets-'));
  const header = 'ts_ms,open,high,low,close,volume,taker_buy_volume,open_interest';
  writeSet(
    'fine',
    {
      contract: 'SOLUSDT',
      barMs: BAR_MS,
      liquidationBarMs: 2 * BAR_MS,
      liquidationUnit: 'usd',
      openInterestAt: 'bar open',
    },
    [
      `${header},mark_price,liq_bin_ms,liq_long,liq_short`,
      `${START_MS},100.5,102,100,101,10.000,,1000,100.6,${START_MS},202,0`,
      `${START_MS + BAR_MS},101,101,99,100,20.000,,1010,101.1,${START_MS},202,0`,
      `${START_MS + 4 * BAR_MS},103,104,103,104.25,30,,1040,,${START_MS + 4 * BAR_MS},0,0`,
    ].join('\n'),
  );
  writeSet(
    'hourly',
    {
      contract: 'BTCUSDT',
      barMs: 12 * BAR_MS,
      liquidationBarMs: 12 * BAR_MS,
      liquidationUnit: 'base',
      openInterestAt: 'bar close',
      initialOpenInterest: 500,
    },
    [
      `${header},liq_long,liq_short`,
      `${START_MS},60000,60500.5,59000,59500,1200,500,510,3.5,0.25`,
      `${START_MS + 12 * BAR_MS},59500,59900,59400,59800,900,700,505,0,1`,
    ].join('\n'),
  );
});
afterAll(() => rmSync(dir, { recursive: true }));

it('discovers the sets of a folder, and none in a folder that is not there', () => {
  expect(listRecordedSets(dir)).toEqual(['fine', 'hourly']);
  expect(listRecordedSets(path.join(dir, 'nowhere'))).toEqual([]);
});

it('moves open interest taken at the open to the end of the bar before', () => {
  const set = readRecordedSet(dir, 'fine');
  expect(set.initialOpenInterest).toBe(1000);
  expect(set.bars.map((bar) => bar.openInterest)).toEqual([1010, NaN, NaN, 1040, NaN]);
});

it('closes a gap in time with bars that lead from what was to what follows, with no open interest inside it', () => {
  const { bars } = readRecordedSet(dir, 'fine');
  expect(bars.map((bar) => [bar.open, bar.close])).toEqual([
    [100.5, 101],
    [101, 100],
    [100, 101.5],
    [101.5, 103],
    [103, 104.25],
  ]);
});

it('guesses the split of takers where there is none', () => {
  const { bars } = readRecordedSet(dir, 'fine');
  expect(bars[0].takerBuyVolume).toBeGreaterThan(5);
  expect(bars[1].takerBuyVolume).toBeLessThan(10);
});

it('takes a sum in USD once per bin, in base units', () => {
  const { liquidations } = readRecordedSet(dir, 'fine');
  expect(liquidations?.map((sum) => [sum.longQty, sum.shortQty])).toEqual([
    [2, 0],
    [0, 0],
  ]);
});

it('infers the steps of a contract it does not know', () => {
  const { instrument } = readRecordedSet(dir, 'fine');
  expect([instrument.symbol, instrument.baseAsset, instrument.tickSize, instrument.qtyStep]).toEqual([
    'SOLUSDT',
    'SOL',
    0.01,
    0.001,
  ]);
});

it('gives events that add up to the recorded sums, no two in a second', () => {
  const set = readRecordedSet(dir, 'hourly');
  const supply = createRecordedSupply(set, 0, 1);
  const events = Array.from({ length: 24 }, (_, index) => supply.bar(index).liquidations).flat();
  const sum = (side: string, fromMs: number): number =>
    events
      .filter((event) => event.positionSide === side && event.timeMs >= fromMs && event.timeMs < fromMs + 12 * BAR_MS)
      .reduce((all, event) => all + event.qty, 0);
  // Each 5-minute share is rounded to the contract's step.
  expect(sum('long', START_MS)).toBeCloseTo(3.5, 2);
  expect(sum('short', START_MS)).toBeCloseTo(0.25, 2);
  expect(sum('short', START_MS + 12 * BAR_MS)).toBeCloseTo(1, 2);
  expect(new Set(events.map((event) => Math.floor(event.timeMs / 1000))).size).toBe(events.length);
});

it('moves the times, keeps the figures, and goes on after the end', () => {
  const set = readRecordedSet(dir, 'hourly');
  const shiftMs = 1_000 * BAR_MS;
  const [supply, again] = [createRecordedSupply(set, shiftMs, 1), createRecordedSupply(set, shiftMs, 1)];
  const later = supply.bar(40);
  expect(later.openTimeMs).toBe(START_MS + shiftMs + 40 * BAR_MS);
  expect(supply.bar(24).open).toBe(59_800);
  expect(supply.bar(23).path.marks.at(-1)).toBe(supply.bar(24).path.marks[0]);
  expect(supply.bar(3)).toMatchObject(set.bars[3]);
  // Asked for in another order.
  expect([again.bar(3), again.bar(40)]).toEqual([supply.bar(3), later]);
});

it('names the row that is no bar', () => {
  writeSet(
    'broken',
    { contract: 'BTCUSDT', barMs: BAR_MS, liquidationBarMs: null, liquidationUnit: null, openInterestAt: 'bar close' },
    `ts_ms,open,high,low,close,volume\n${START_MS},1,0.5,2,1,1`,
  );
  expect(() => readRecordedSet(dir, 'broken')).toThrow('row 2');
});

describe.skipIf(!existsSync(SHARED))('with the recorded data (skipped where there is none)', () => {
  it.each(listRecordedSets(SHARED))('%s is gapless, and its inside fits its outside', (name) => {
    const set = readRecordedSet(SHARED, name);
    const supply = createRecordedSupply(set, 0, 1);
    for (let index = 0; index < set.bars.length; index += 37) {
      const bar = supply.bar(index);
      expect(Math.max(...bar.path.prices)).toBe(bar.high);
      expect(Math.min(...bar.path.prices)).toBe(bar.low);
      expect(bar.path.volumes.at(-1)).toBe(bar.volume);
      expect(bar.takerBuyVolume).toBeLessThanOrEqual(bar.volume);
      expect(bar).toMatchObject(set.bars[index]);
    }
  });
});

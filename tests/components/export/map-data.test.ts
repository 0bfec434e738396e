import { expect, it } from 'vitest';

import { levelsData } from '@/components/export/levels-data';
import { columnsData, liquidationsData } from '@/components/export/map-data';
import { contractId, type Contract } from '@/lib/market/contract';
import { venueName } from '@/lib/market/venue-facts';
import { columnFromProfile } from '@/lib/model/history';

import { SUMMARY } from '../samples';

const CONTRACT = { id: contractId('binance', 'BTCUSDT'), settlement: 'linear', contractSize: 1 } as unknown as Contract;
const NOW_MS = Date.UTC(2026, 10, 29, 12);
const profile = (asOfMs: number) => ({
  asOfMs,
  markPrice: 100,
  lastPrice: 100,
  binWidth: 0.001,
  firstBin: 4_600,
  long: Float32Array.of(0, 5_000, 0, 0),
  short: Float32Array.of(0, 0, 0, 700),
  openInterestUsd: 1e6,
  unlocatedShare: 0,
});

it('tells each level once, with the prices it lies between', () => {
  const { fields, rows, about } = levelsData(SUMMARY, profile(NOW_MS));
  const venues = SUMMARY.members.filter(({ state }) => state === 'live').map(({ venueId }) => venueName(venueId));
  expect(about).toMatchObject({ contract: 'binance:BTCUSDT', time: '2026-11-29T12:00:00.000Z', venues });
  expect(about['source']).toBe(`Liqband, estimated from ${venues.join(', ')}`);
  expect(fields).toEqual(['side', 'fromPrice', 'toPrice', 'usd']);
  expect([...rows]).toEqual([
    ['long', expect.closeTo(Math.exp(4.601), 5), expect.closeTo(Math.exp(4.602), 5), 5_000],
    ['short', expect.closeTo(Math.exp(4.603), 5), expect.closeTo(Math.exp(4.604), 5), 700],
  ]);
});

it('tells the columns of the stretch and no others', () => {
  const slot = (asOfMs: number) => [columnFromProfile(profile(asOfMs))];
  const days = [{ slots: [slot(NOW_MS - 2), slot(NOW_MS), [null], slot(NOW_MS + 2)] }];
  const { rows } = columnsData({ contracts: [CONTRACT], fromMs: NOW_MS - 1, toMs: NOW_MS + 1 }, days);
  const read = [...rows];
  expect(read.map(([time, mark, side]) => [time, mark, side])).toEqual([
    ['2026-11-29T12:00:00.000Z', 100, 'long'],
    ['2026-11-29T12:00:00.000Z', 100, 'short'],
  ]);
  expect(read.map((row) => Number(row[5]))).toEqual([expect.closeTo(5_000, -2), expect.closeTo(700, -2)]);
});

it('tells liquidations of every contract in the order they happened', async () => {
  const event = { positionSide: 'long', bankruptcyPrice: 90, averagePrice: NaN, qty: 2 } as const;
  const other = { ...CONTRACT, id: contractId('bybit', 'BTCUSDT') };
  const source = {
    readLiquidations: async (id: string) => [{ ...event, timeMs: id.startsWith('bybit') ? NOW_MS - 5 : NOW_MS - 1 }],
  };
  const { rows } = await liquidationsData(source, { contracts: [CONTRACT, other], fromMs: 0, toMs: NOW_MS });
  expect([...rows]).toEqual([
    ['2026-11-29T11:59:59.995Z', 'bybit:BTCUSDT', 'long', 90, 2, 180],
    ['2026-11-29T11:59:59.999Z', 'binance:BTCUSDT', 'long', 90, 2, 180],
  ]);
});

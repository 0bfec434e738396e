import { expect, it } from 'vitest';

import { diagnosticsFile } from '@/components/dashboard/diagnostics/diagnostics';
import { type ReportClass, type ReportColumn, reportRows, withBoard } from '@/components/dashboard/market/report-rows';
import { readScores, reliabilityOf } from '@/components/dashboard/score/daily-scores';
import { DAY_MS, HOUR_MS } from '@/lib/core/time';
import { BAR_MS } from '@/lib/market/bar';
import { LIQUIDATION_WINDOWS_MS } from '@/lib/market/realised';
import type { ReportRow } from '@/lib/market/report';
import type { BarScore } from '@/lib/market/score';
import { createMemoryLog } from '@/lib/store/log/open-market-log';
import { EMPTY_BOARD } from '@/tests/components/dashboard/board';
import { NOW_MS, sampleHealth } from '@/tests/components/samples';

const row = (baseAsset: string, changes: Partial<ReportRow>): ReportRow => ({
  marketId: baseAsset,
  baseAsset,
  assetClass: 'altcoin',
  contractId: `binance:${baseAsset}USDT`,
  price: 1,
  change24h: null,
  changes24h: {},
  fundingRate: null,
  fundingIntervalMs: null,
  missingVenueIds: [],
  openInterestUsd: 1,
  openInterestChange24h: null,
  liquidated: LIQUIDATION_WINDOWS_MS.map(() => ({
    longUsd: 0,
    shortUsd: 0,
    longCorrectedUsd: 0,
    shortCorrectedUsd: 0,
    longCount: 0,
    shortCount: 0,
  })),
  map: null,
  ...changes,
});
const ROWS = [
  row('SOL', { openInterestUsd: 5, change24h: -0.01 }),
  row('BTC', { openInterestUsd: 9, assetClass: 'major' }),
  row('XAU', { openInterestUsd: 7, assetClass: 'gold', change24h: 0.02 }),
  row('TSLA', { openInterestUsd: 2, assetClass: 'equity' }),
];
const names = (assetClass: ReportClass, query: string, column: ReportColumn, isDescending = true) =>
  reportRows(ROWS, assetClass, query, { column, isDescending }).map(({ baseAsset }) => baseAsset);

it('funding is sorted by what it costs in the same time', () => {
  const rows = [
    row('EIGHT', { fundingRate: 0.0003, fundingIntervalMs: 8 * HOUR_MS }),
    row('ONE', { fundingRate: 0.0001, fundingIntervalMs: HOUR_MS }),
    row('UNTOLD', { fundingRate: 0.0002 }),
  ];
  const sorted = reportRows(rows, 'all', '', { column: 'funding', isDescending: true });
  expect(sorted.map(({ baseAsset }) => baseAsset)).toEqual(['ONE', 'EIGHT', 'UNTOLD']);
});

it('the largest come first, what is not known last', () => {
  expect(names('all', '', 'openInterest')).toEqual(['BTC', 'XAU', 'SOL', 'TSLA']);
  expect(names('all', '', 'change')).toEqual(['XAU', 'SOL', 'BTC', 'TSLA']);
});

it('the least come first where that is wanted, what is not known last all the same', () => {
  expect(names('all', '', 'openInterest', false)).toEqual(['TSLA', 'SOL', 'XAU', 'BTC']);
  expect(names('all', '', 'change', false)).toEqual(['SOL', 'XAU', 'BTC', 'TSLA']);
});

it('every asset is of one class, and found by a part of its name', () => {
  expect(names('metal', '', 'openInterest')).toEqual(['XAU']);
  expect(names('other', '', 'openInterest')).toEqual(['TSLA']);
  expect(names('all', ' x', 'openInterest')).toEqual(['XAU']);
});

const DAY = Math.floor(NOW_MS / DAY_MS) * DAY_MS;
const score = (openTimeMs: number, expected: number, observed: number): BarScore => ({
  openTimeMs,
  atRisk: { long: 10 * expected, short: 0 },
  expected: { long: expected, short: 0 },
  observed: { long: observed, short: 0 },
  move: { long: 0.001, short: 0 },
});

it('scores are told by day, newest first, and lose nothing', async () => {
  const log = createMemoryLog(() => {});
  await log.appendBarScores('binance:BTCUSDT', [
    score(DAY - BAR_MS, 5, 7),
    score(DAY, 1, 2),
    score(DAY + BAR_MS, 3, 4),
  ]);
  const { month, days } = await readScores(log, 'binance:BTCUSDT', NOW_MS);
  expect(days.map(({ startMs, score: { observedUsd } }) => [startMs, observedUsd])).toEqual([
    [DAY, 6],
    [DAY - DAY_MS, 7],
  ]);
  expect(month?.observedUsd).toBe(13);
  expect((await readScores(log, 'binance:ETHUSDT', NOW_MS)).month).toBeNull();
});

it('tenths go from the least to the most expected and hold every bar once', () => {
  const bars = Array.from({ length: 47 }, (_, i) => score(DAY + i * BAR_MS, (i * 17) % 47, i));
  const groups = reliabilityOf(bars);
  expect(groups).toHaveLength(10);
  expect(groups.reduce((sum, group) => sum + group.bars, 0)).toBe(47);
  const means = groups.map(({ expectedUsd, bars: count }) => expectedUsd / count);
  expect(means).toEqual(means.toSorted((a, b) => a - b));
  expect(reliabilityOf(bars.slice(0, 3))).toHaveLength(3);
});

it('the file of diagnostics names every stream with times that people can read', () => {
  const file: unknown = JSON.parse(
    diagnosticsFile({
      contractId: 'binance:BTCUSDT',
      nowMs: NOW_MS,
      venues: [sampleHealth({ trades: { state: 'limited', detail: 'HTTP 429', retryAtMs: NOW_MS + 5_000 } })],
      storage: { usageBytes: 1, quotaBytes: 2 },
      readers: [],
      storageProblem: null,
      columns: [],
      limits: [
        {
          venueId: 'binance',
          waitUntilMs: NOW_MS + 60_000,
          limits: [
            {
              name: 'weight',
              used: 3,
              capacity: 10,
              windowMs: 60_000,
              waiting: 1,
              roomAtMs: null,
              told: { used: 5, atMs: NOW_MS },
            },
          ],
        },
      ],
      log: [{ timeMs: NOW_MS, text: 'binance trades: live' }],
    }),
  );
  expect(file).toMatchObject({
    time: '2024-09-13T12:00:00.000Z',
    venues: [
      {
        venueId: 'binance',
        streams: [{ stream: 'trades', detail: 'HTTP 429', retryAt: '2024-09-13T12:00:05.000Z' }, {}, {}, {}, {}, {}],
      },
    ],
    limits: [
      {
        waitUntil: '2024-09-13T12:01:00.000Z',
        limits: [{ name: 'weight', used: 3, waiting: 1, told: { used: 5, at: '2024-09-13T12:00:00.000Z' } }],
      },
    ],
    log: ['2024-09-13T12:00:00.000Z binance trades: live'],
  });
});

it('tells what the board tells was liquidated, and of an asset that is not on it what the report does', () => {
  const sums = LIQUIDATION_WINDOWS_MS.map((windowMs) => ({
    ...ROWS[0].liquidated[0],
    longUsd: windowMs,
  }));
  const board = {
    ...EMPTY_BOARD,
    assets: [{ marketId: 'SOL', baseAsset: 'SOL', assetClass: 'altcoin' as const, sums }],
  };
  const liquidated = withBoard(ROWS, board).map((each) => each.liquidated);
  expect(liquidated[0]).toBe(sums);
  expect(liquidated.slice(1)).toEqual(ROWS.slice(1).map((each) => each.liquidated));
  expect(withBoard(ROWS, null)).toEqual(ROWS);
});

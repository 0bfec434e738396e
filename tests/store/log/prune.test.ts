import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';

import { DAY_MS, HOUR_MS } from '@/lib/core/time';
import { RETENTION, prune } from '@/lib/store/log/prune';
import { storageEstimate } from '@/lib/store/storage-estimate';

import { BTC, ETH, START_MS, TABLES, bar, createLogUnderTest, liquidation, type LogUnderTest } from './log-under-test';

const SOL = 'binance:SOLUSDT';
const NOW_MS = START_MS + 100 * DAY_MS + 7 * HOUR_MS;
const daysAgo = (days: number) => NOW_MS - days * DAY_MS;
const NOTHING = new Set<string>();

describe.each(TABLES)('pruning on %s', (_name, createTables) => {
  let test: LogUnderTest;
  beforeEach(async () => {
    test = createLogUnderTest(await createTables());
  });

  it('drops days of bars and open interest that are older than 35 days', async () => {
    const timesMs = [daysAgo(40), daysAgo(36.5), daysAgo(35), daysAgo(1)];
    await test.log.appendBars(
      BTC,
      timesMs.map((timeMs) => bar(timeMs)),
    );
    await test.log.appendOpenInterest(
      BTC,
      timesMs.map((timeMs) => ({ timeMs, openInterest: 1 })),
    );
    await prune(test.tables, NOW_MS, NOTHING);
    expect(await test.log.readBarTimes(BTC, 0)).toEqual(timesMs.slice(2));
    expect(await test.log.readOpenInterestTimes(BTC, 0)).toEqual(timesMs.slice(2));
  });

  it('drops liquidations and spans that are older than 30 days, columns with their bars', async () => {
    await test.log.appendBars(BTC, [bar(daysAgo(1))]);
    await test.log.appendLiquidations(
      BTC,
      [daysAgo(31), daysAgo(29)].map((timeMs) => liquidation(timeMs)),
    );
    await test.log.appendColumns(
      BTC,
      [daysAgo(37), daysAgo(31)].map((timeMs) => ({ timeMs, column: {} })),
    );
    const spans = [
      { fromMs: daysAgo(33), toMs: daysAgo(32) },
      { fromMs: daysAgo(31), toMs: daysAgo(29) },
      { fromMs: daysAgo(2), toMs: daysAgo(1) },
    ];
    for (const span of spans) await test.log.extendRecordedSpan(BTC, span);
    await test.log.prune(NOW_MS, new Set([BTC] as const));
    expect(await test.log.readLiquidations(BTC, 0)).toEqual([liquidation(daysAgo(29))]);
    expect(await test.log.readColumns(BTC, 0, NOW_MS)).toEqual([{ timeMs: daysAgo(31), column: {} }]);
    const keptMs = Math.floor(daysAgo(30) / DAY_MS) * DAY_MS;
    expect(await test.log.readRecordedSpans({ id: BTC })).toEqual([{ ...spans[1], fromMs: keptMs }, spans[2]]);
  });

  it('drops scores that are older than 30 days, checkpoints with the bars that they rest on', async () => {
    const sides = { long: 1, short: 1 };
    const times = [daysAgo(32), daysAgo(29), daysAgo(1)];
    const barScore = { atRisk: sides, expected: sides, observed: sides, move: sides };
    const place = {
      eventCount: 1,
      usd: 1,
      bits: 0,
      dayOldEventCount: 0,
      dayOldBits: 0,
      topTenthUsd: 1,
      topTenthUsdByChance: 1,
    };
    await test.log.appendBarScores(
      BTC,
      times.map((openTimeMs) => ({ openTimeMs, ...barScore })),
    );
    await test.log.appendLocationScores(
      BTC,
      times.map((startMs) => ({ startMs, ...place })),
    );
    for (const throughMs of [daysAgo(36), daysAgo(1)])
      await test.log.writeCheckpoint(BTC, { key: 'v1', throughMs, snapshot: {} });
    await test.log.appendBars(BTC, [bar(daysAgo(1))]);
    await prune(test.tables, NOW_MS, NOTHING);
    expect((await test.log.readBarScores(BTC, 0)).map(({ openTimeMs }) => openTimeMs)).toEqual(times.slice(1));
    expect((await test.log.readLocationScores(BTC, 0)).map(({ startMs }) => startMs)).toEqual(times.slice(1));
    expect((await test.log.readCheckpoints(BTC, 'v1')).map(({ throughMs }) => throughMs)).toEqual([daysAgo(1)]);
  });

  it('keeps what was learned until it is worth next to nothing, as the sums beside it do', async () => {
    const learning = { key: 'a', group: 'g', sums: Float64Array.of(1), evidenceWidth: 1 };
    const times = [daysAgo(182), daysAgo(178), daysAgo(1)];
    await test.log.appendLearning(BTC, -Infinity, NOW_MS, { ...learning, evidence: Float64Array.from(times) });
    await prune(test.tables, NOW_MS, NOTHING);
    expect((await test.log.readLearning(BTC))?.evidence).toEqual(Float64Array.from(times.slice(1)));
  });

  it('drops what came in on the tape 8 days ago, and spans of a feed after 30', async () => {
    const visited: number[] = [];
    const batch = { venueId: 'binance', symbols: ['BTCUSDT'] } as const;
    for (const days of [9, 7]) {
      const numbers = new Float64Array([0, daysAgo(days), 1, 57_000, NaN, 0.5]);
      await test.log.appendTape([{ ...batch, numbers }], daysAgo(days));
    }
    await test.log.settleTape('binance', NOW_MS);
    await test.log.extendFeedSpan('binance', { fromMs: daysAgo(33), toMs: daysAgo(32) });
    await test.log.extendFeedSpan('binance', { fromMs: daysAgo(31), toMs: daysAgo(29) });
    await prune(test.tables, NOW_MS, NOTHING);
    await test.log.readTape('binance', 0, NOW_MS, (_symbol, { timeMs }) => visited.push(timeMs));
    expect(visited).toEqual([daysAgo(7)]);
    expect(await test.log.readLiquidations(BTC, 0)).toHaveLength(2);
    const keptMs = Math.floor(daysAgo(30) / DAY_MS) * DAY_MS;
    expect(await test.log.readFeedSpans('binance')).toEqual([{ fromMs: keptMs, toMs: daysAgo(29) }]);
  });

  it('goes by what was recorded last while no venue told the time, and takes nothing where nothing was', async () => {
    await test.log.appendBars(
      BTC,
      [daysAgo(60), daysAgo(40), daysAgo(36)].map((timeMs) => bar(timeMs)),
    );
    await prune(test.tables, null, NOTHING);
    expect(await test.log.readBarTimes(BTC, 0)).toHaveLength(3);
    await test.log.extendFeedSpan('binance', { fromMs: daysAgo(31), toMs: daysAgo(20) });
    await test.log.extendFeedSpan('bybit', { fromMs: daysAgo(31), toMs: daysAgo(30) });
    await prune(test.tables, null, NOTHING);
    expect(await test.log.readBarTimes(BTC, 0)).toEqual([daysAgo(40), daysAgo(36)]);
  });

  it('keeps what came in and is not settled, whatever year the machine believes it was', async () => {
    const numbers = new Float64Array([0, daysAgo(1), 1, 57_000, NaN, 0.5]);
    await test.log.appendTape([{ venueId: 'binance', symbols: ['BTCUSDT'], numbers }], daysAgo(400));
    await test.log.settleTape('binance', daysAgo(400));
    await prune(test.tables, NOW_MS, NOTHING);
    expect(await test.log.readLiquidations(BTC, 0)).toHaveLength(1);
  });

  it('keeps the newest liquidations of a contract that has too many', async () => {
    await test.log.appendBars(BTC, [bar(daysAgo(1))]);
    const timesMs = [5, 4, 3, 2, 1].map(daysAgo);
    await test.log.appendLiquidations(
      BTC,
      timesMs.map((timeMs) => liquidation(timeMs)),
    );
    await test.log.extendFeedSpan('binance', { fromMs: daysAgo(25), toMs: NOW_MS });
    await prune(test.tables, NOW_MS, NOTHING, { ...RETENTION, maxLiquidations: 3 });
    const [firstMs] = timesMs.slice(2);
    expect(await test.log.readLiquidations(BTC, 0)).toEqual(timesMs.slice(2).map((timeMs) => liquidation(timeMs)));
    // What is gone is not called recorded of this contract, of others it is.
    const [kept] = await test.log.readRecordedSpans({ id: BTC });
    expect(kept.fromMs).toBeGreaterThan(timesMs[1]);
    expect(kept.fromMs).toBeLessThanOrEqual(firstMs);
    expect(await test.log.readRecordedSpans({ id: ETH })).toEqual([{ fromMs: daysAgo(25), toMs: NOW_MS }]);
  });

  it('takes the oldest day of events while all together is too much, down to a week, and its claim with it', async () => {
    const dayMs = (days: number) => Math.floor(daysAgo(days) / DAY_MS) * DAY_MS;
    const events = [20, 19, 9, 7].map((days) => liquidation(dayMs(days) + HOUR_MS));
    await test.log.appendLiquidations(BTC, events);
    await test.log.appendLiquidations(ETH, events.slice(0, 1));
    const spans = [
      { fromMs: dayMs(20) + HOUR_MS, toMs: dayMs(19) + 2 * HOUR_MS },
      { fromMs: dayMs(9), toMs: daysAgo(0) },
    ];
    for (const span of spans) await test.log.extendFeedSpan('binance', span);
    const pruneOver = () => prune(test.tables, NOW_MS, NOTHING, RETENTION, RETENTION.maxBytes + 1);
    await prune(test.tables, NOW_MS, NOTHING, RETENTION, RETENTION.maxBytes);
    expect(await test.log.readLiquidations(BTC, 0)).toHaveLength(4);
    await pruneOver();
    expect(await test.log.readLiquidations(BTC, 0)).toEqual(events.slice(1));
    expect(await test.log.readLiquidations(ETH, 0)).toEqual([]);
    expect(await test.log.readFeedSpans('binance')).toEqual([{ ...spans[0], fromMs: dayMs(19) }, spans[1]]);
    for (let hour = 0; hour < 30; hour++) await pruneOver();
    expect(await test.log.readLiquidations(BTC, 0)).toEqual(events.slice(3));
    expect(await test.log.readFeedSpans('binance')).toEqual([{ ...spans[1], fromMs: dayMs(8) }]);
  });

  it('evicts the contracts watched longest ago, never one that is watched', async () => {
    const watchedDaysAgo = [
      [BTC, 20],
      [ETH, 10],
      [SOL, 5],
    ] as const;
    for (const [contractId, days] of watchedDaysAgo) {
      await test.log.markWatched(contractId, daysAgo(days));
      await test.log.appendBars(contractId, [bar(daysAgo(1))]);
      await test.log.appendLiquidations(contractId, [liquidation(daysAgo(1))]);
      await test.log.keepSeed(contractId, [bar(daysAgo(31))]);
    }
    await prune(test.tables, NOW_MS, new Set([BTC]), { ...RETENTION, maxContracts: 2 });
    expect(await test.log.readBars(ETH, 0)).toEqual([]);
    // What was liquidated belongs to the market's record, whoever watched.
    expect(await test.log.readLiquidations(ETH, 0)).toHaveLength(1);
    expect(await test.log.readSeed(ETH)).toBeNull();
    expect(await test.tables.owners('watched')).toEqual([BTC, SOL]);
    for (const kept of [BTC, SOL] as const) expect(await test.log.readBars(kept, 0)).toHaveLength(1);
  });

  it('evicts one contract at a time while all is too much and no more events may go, never one that is watched', async () => {
    for (const [contractId, days] of [[BTC, 20] as const, [ETH, 10] as const, [SOL, 5] as const]) {
      await test.log.markWatched(contractId, daysAgo(days));
      await test.log.appendBars(contractId, [bar(daysAgo(1))]);
      await test.log.appendLiquidations(contractId, [liquidation(daysAgo(1))]);
    }
    await test.log.extendFeedSpan('binance', { fromMs: daysAgo(12), toMs: daysAgo(0) });
    const ownersAfter = async (usedBytes: number) => {
      await prune(test.tables, NOW_MS, new Set([BTC]), RETENTION, usedBytes);
      return test.tables.owners('bars');
    };
    const over = RETENTION.maxBytes + 1;
    // Four days of events may go first.
    for (let day = 0; day < 4; day++) expect(await ownersAfter(over)).toEqual([BTC, ETH, SOL]);
    expect(await ownersAfter(RETENTION.maxBytes)).toEqual([BTC, ETH, SOL]);
    expect(await ownersAfter(over)).toEqual([BTC, SOL]);
    expect(await ownersAfter(over)).toEqual([BTC]);
    expect(await ownersAfter(over)).toEqual([BTC]);
    expect(await test.log.readLiquidations(ETH, 0)).toHaveLength(1);
  });

  it('evicts first what was never watched', async () => {
    await test.log.appendBars(ETH, [bar(daysAgo(1))]);
    await test.log.appendBars(BTC, [bar(daysAgo(1))]);
    await test.log.markWatched(BTC, daysAgo(30));
    await prune(test.tables, NOW_MS, NOTHING, { ...RETENTION, maxContracts: 1 });
    expect(await test.tables.owners('bars')).toEqual([BTC]);
  });

  it('begins a new history for a contract without a bar left', async () => {
    await test.log.appendBars(BTC, [bar(daysAgo(60))]);
    await test.log.keepHistoryStart(BTC, { startMs: daysAgo(60), minutesMs: null });
    await test.log.keepSeed(BTC, [bar(daysAgo(61))]);
    await test.log.writeCheckpoint(BTC, { key: 'v1', throughMs: daysAgo(34), snapshot: 1 });
    // While it is watched its first bars may be about to arrive.
    await test.log.prune(NOW_MS, new Set([BTC] as const));
    expect(await test.log.readHistoryStart(BTC)).toBe(daysAgo(60));
    await prune(test.tables, NOW_MS, NOTHING);
    expect(await test.log.readHistoryStart(BTC)).toBeNull();
    expect(await test.log.readSeed(BTC)).toBeNull();
    expect(await test.log.readCheckpoints(BTC, 'v1')).toEqual([]);
  });

  it('forgets a fold and keeps what was observed', async () => {
    await test.log.appendBars(BTC, [bar(daysAgo(2))]);
    await test.log.keepHistoryStart(BTC, { startMs: daysAgo(2), minutesMs: null });
    await test.log.forgetFold(BTC);
    expect(await test.log.readHistoryStart(BTC)).toBeNull();
    expect(await test.log.readBars(BTC, 0)).toHaveLength(1);
    await test.log.forgetContract(BTC);
    expect(await test.log.readBars(BTC, 0)).toEqual([]);
  });

  it('leaves lists of contracts, which belong to venues, alone', async () => {
    await test.log.writeContracts('binance', { contracts: [], fetchedAtMs: 1 });
    await prune(test.tables, NOW_MS, NOTHING, { ...RETENTION, maxContracts: 0 });
    expect(await test.log.readContracts('binance')).toEqual({ contracts: [], fetchedAtMs: 1 });
  });
});

describe('the estimate of what is stored', () => {
  it('is the browser’s', async () => {
    const estimate = { usage: 5, quota: 10 };
    expect(await storageEstimate({ estimate: async () => estimate })).toEqual({ usageBytes: 5, quotaBytes: 10 });
  });

  it('is null where the browser gives none', async () => {
    expect(await storageEstimate(undefined)).toBeNull();
    expect(await storageEstimate({ estimate: async () => ({}) })).toBeNull();
    expect(await storageEstimate({ estimate: () => Promise.reject(new TypeError('opaque origin')) })).toBeNull();
  });
});

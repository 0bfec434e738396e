import 'fake-indexeddb/auto';
import * as fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';

import { DAY_MS, HOUR_MS } from '@/lib/core/time';
import { BAR_MS } from '@/lib/market/bar';

import { BTCUSDT } from '../../market/sample-contract';
import { BTC, ETH, START_MS, TABLES, bar, createLogUnderTest, liquidation, type LogUnderTest } from './log-under-test';

const NOON_MS = START_MS + 12 * HOUR_MS;
const bars = (count: number, fromMs = NOON_MS) => Array.from({ length: count }, (_, i) => bar(fromMs + i * BAR_MS));

describe.each(TABLES)('the log on %s', (_name, createTables) => {
  let test: LogUnderTest;
  beforeEach(async () => {
    test = createLogUnderTest(await createTables());
  });

  describe('of bars', () => {
    it('reads back what was appended, over days, with NaN where nothing was observed', async () => {
      const rows = bars(400).map((row, i) => (i === 3 ? { ...row, takerBuyVolume: NaN, markHigh: NaN } : row));
      expect(await test.log.appendBars(BTC, rows)).toEqual({ addedCount: 400, duplicateCount: 0, refusedCount: 0 });
      expect(await test.log.readBars(BTC, START_MS)).toEqual(rows);
    });

    it('gives a half-open range of one contract', async () => {
      await test.log.appendBars(BTC, bars(300));
      await test.log.appendBars(ETH, bars(10));
      const read = await test.log.readBars(BTC, NOON_MS + BAR_MS, NOON_MS + 200 * BAR_MS);
      expect(read).toHaveLength(199);
      expect(read[0].openTimeMs).toBe(NOON_MS + BAR_MS);
      expect(await test.log.readBarTimes(ETH, NOON_MS + 8 * BAR_MS)).toEqual([
        NOON_MS + 8 * BAR_MS,
        NOON_MS + 9 * BAR_MS,
      ]);
    });

    it('never overwrites a bar, and counts what it had already', async () => {
      await test.log.appendBars(BTC, [bar(NOON_MS, { close: 1 })]);
      const appended = await test.log.appendBars(BTC, [bar(NOON_MS, { close: 2 }), bar(NOON_MS + BAR_MS)]);
      expect(appended).toEqual({ addedCount: 1, duplicateCount: 1, refusedCount: 0 });
      expect((await test.log.readBars(BTC, NOON_MS))[0].close).toBe(1);
    });

    it('keeps the minutes of bars beside them, write-once, each path whole or not at all', async () => {
      const path = Float64Array.from({ length: 20 }, (_, i) => [102, 99, 100, i][i % 4]);
      const rows = bars(3).map(({ openTimeMs }) => ({ openTimeMs, path }));
      const other = { openTimeMs: NOON_MS, path: path.map((value) => value + 1) };
      const broken = [path.subarray(4), path.map((value, i) => (i === 1 ? 103 : value)), path.map(() => NaN)];
      expect(await test.log.appendMinutes(BTC, rows)).toMatchObject({ addedCount: 3, refusedCount: 0 });
      expect(await test.log.appendMinutes(BTC, [other])).toMatchObject({ addedCount: 0, duplicateCount: 1 });
      const refused = broken.map((each, i) => ({ openTimeMs: NOON_MS + (5 + i) * BAR_MS, path: each }));
      expect(await test.log.appendMinutes(BTC, refused)).toMatchObject({ addedCount: 0, refusedCount: 3 });
      expect(await test.log.readMinutes(BTC, NOON_MS + BAR_MS)).toEqual(rows.slice(1));
    });

    it('refuses a bar that cannot be true', async () => {
      const impossible = [bar(NOON_MS, { low: 2, high: 1 }), bar(NOON_MS + 1, { close: NaN }), bar(NaN)];
      expect(await test.log.appendBars(BTC, impossible)).toMatchObject({ addedCount: 0, refusedCount: 3 });
      expect(await test.log.readBars(BTC, 0)).toEqual([]);
    });

    it('is the same whatever the order and batches of arrival, also when appends overlap in time', async () => {
      const rows = bars(36, START_MS + DAY_MS - 18 * BAR_MS);
      await fc.assert(
        fc.asyncProperty(
          fc.shuffledSubarray(rows, { minLength: rows.length }),
          fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1 }),
          async (shuffled, sizes) => {
            const { log } = createLogUnderTest(await createTables());
            const batches = [];
            for (let at = 0, i = 0; at < shuffled.length; i++) {
              const size = sizes[i % sizes.length];
              batches.push(shuffled.slice(at, at + size + 2));
              at += size;
            }
            await Promise.all(batches.map((batch) => log.appendBars(BTC, batch)));
            expect(await log.readBars(BTC, 0)).toEqual(rows);
          },
        ),
        { numRuns: 20 },
      );
    });

    it('gives up a day of which any bit changed, and takes it again', async () => {
      const rows = bars(40);
      await fc.assert(
        fc.asyncProperty(fc.nat(40 * 10 - 1), fc.nat(63), async (at, bit) => {
          const { log, tables, broken } = createLogUnderTest(await createTables());
          await log.appendBars(BTC, rows);
          await tables.write('bars', async (writer) => {
            const day = (await writer.get([BTC, START_MS])) as { numbers: Float64Array };
            new BigUint64Array(day.numbers.buffer)[at] ^= 1n << BigInt(bit);
            await writer.put({ ...day });
          });
          expect(await log.readBars(BTC, 0)).toEqual([]);
          expect(broken).toEqual([`bars ${BTC} 1`]);
          await log.appendBars(BTC, rows);
          expect(await log.readBars(BTC, 0)).toEqual(rows);
        }),
        { numRuns: 30 },
      );
    });

    it('gives up a seed and a checkpoint of which a digit changed, and takes them again', async () => {
      await test.log.keepSeed(BTC, bars(3));
      const snapshot = { book: Float64Array.of(1, 2, 3) };
      await test.log.writeCheckpoint(BTC, { key: 'v1', throughMs: START_MS, snapshot });
      await test.tables.write('seeds', async (writer) => {
        const row = structuredClone((await writer.get([BTC])) as { numbers: Float64Array });
        row.numbers[5] *= 1.0001;
        await writer.put({ ...row });
      });
      await test.tables.write('checkpoints', async (writer) => {
        const row = structuredClone((await writer.get([BTC, START_MS])) as { snapshot: typeof snapshot });
        row.snapshot.book[1] *= 1.0001;
        await writer.put({ ...row });
      });
      expect(await test.log.readCheckpoints(BTC, 'v1')).toEqual([]);
      expect(await test.log.readSeed(BTC)).toBeNull();
      expect(test.broken).toEqual([`checkpoints ${BTC} 1`, `seeds ${BTC} 1`]);
      expect(await test.log.keepSeed(BTC, bars(3))).toEqual(bars(3));
      await test.log.readCheckpoints(BTC, 'v1');
      await test.log.writeCheckpoint(BTC, { key: 'v1', throughMs: START_MS, snapshot });
      expect(await test.log.readCheckpoints(BTC, 'v1')).toHaveLength(1);
      expect(await test.log.readSeed(BTC)).toEqual(bars(3));
    });

    it('lets no checkpoint outlive the rows that it was folded from', async () => {
      const checkpoint = { key: 'v1', throughMs: START_MS, snapshot: 1 };
      await test.log.writeCheckpoint(BTC, checkpoint);
      await test.log.writeCheckpoint(ETH, checkpoint);
      await test.tables.write('openInterest', (writer) =>
        writer.put({ contractId: BTC, startMs: START_MS, numbers: 'lost' }),
      );
      await test.log.readOpenInterest(BTC, 0);
      // The fold that was under way goes on, and leaves nothing.
      await test.log.writeCheckpoint(BTC, { ...checkpoint, throughMs: START_MS + 1 });
      expect(await test.log.readCheckpoints(BTC, 'v1')).toEqual([]);
      expect(await test.log.readCheckpoints(ETH, 'v1')).toEqual([checkpoint]);
      await test.log.writeCheckpoint(BTC, checkpoint);
      expect(await test.log.readCheckpoints(BTC, 'v1')).toEqual([checkpoint]);
    });

    it('drops and reports damaged rows of older versions, and takes them again', async () => {
      const rows = bars(3);
      await test.log.appendBars(BTC, rows);
      await test.tables.write('bars', async (writer) => {
        const day = (await writer.get([BTC, START_MS])) as { numbers: Float64Array };
        day.numbers[10 + 4] = -1;
        await writer.put({ contractId: BTC, startMs: START_MS, numbers: day.numbers });
      });
      expect(await test.log.readBars(BTC, 0)).toEqual([rows[0], rows[2]]);
      expect(test.broken).toEqual([`bars ${BTC} 1`]);
      expect(await test.log.appendBars(BTC, rows)).toMatchObject({ addedCount: 1, duplicateCount: 2 });
      expect(await test.log.readBars(BTC, 0)).toEqual(rows);
    });

    it('reports a day of another shape and replaces it with what is fetched again', async () => {
      await test.tables.write('bars', (writer) => writer.put({ contractId: BTC, startMs: START_MS, numbers: 'lost' }));
      expect(await test.log.readBars(BTC, 0)).toEqual([]);
      expect(test.broken).toEqual([`bars ${BTC} 1`]);
      await test.log.appendBars(BTC, bars(2));
      expect(await test.log.readBars(BTC, 0)).toEqual(bars(2));
    });
  });

  it('keeps open interest apart from bars', async () => {
    const points = [0, 1, 2].map((i) => ({ timeMs: NOON_MS + i * BAR_MS, openInterest: 80_000 + i }));
    await test.log.appendOpenInterest(BTC, points.toReversed());
    expect(await test.log.readOpenInterest(BTC, NOON_MS, NOON_MS + 2 * BAR_MS)).toEqual(points.slice(0, 2));
    expect(await test.log.readOpenInterestTimes(BTC, 0)).toEqual(points.map((point) => point.timeMs));
    expect(await test.log.readBars(BTC, 0)).toEqual([]);
  });

  describe('of liquidations', () => {
    it('keeps one of those with equal time, side, price and quantity, also within one batch', async () => {
      const first = liquidation(NOON_MS, { averagePrice: 57_010 });
      expect(await test.log.appendLiquidations(BTC, [first, liquidation(NOON_MS)])).toMatchObject({
        addedCount: 1,
        duplicateCount: 1,
      });
      const others = [
        liquidation(NOON_MS, { positionSide: 'short' }),
        liquidation(NOON_MS, { qty: 0.6 }),
        liquidation(NOON_MS, { bankruptcyPrice: 57_001 }),
        liquidation(NOON_MS + 1),
      ];
      expect(await test.log.appendLiquidations(BTC, [first, ...others])).toMatchObject({
        addedCount: 4,
        duplicateCount: 1,
      });
      expect(await test.log.readLiquidations(BTC, NOON_MS, NOON_MS + 1)).toHaveLength(4);
      expect(await test.log.readLiquidations(BTC, NOON_MS + 1)).toEqual([liquidation(NOON_MS + 1)]);
      expect(await test.log.readLiquidations(ETH, 0)).toEqual([]);
    });

    it('keeps the first of two that differ in what does not tell them apart', async () => {
      await test.log.appendLiquidations(BTC, [liquidation(NOON_MS, { averagePrice: 57_010 })]);
      await test.log.appendLiquidations(BTC, [liquidation(NOON_MS, { averagePrice: 57_020 })]);
      expect(await test.log.readLiquidations(BTC, 0)).toEqual([liquidation(NOON_MS, { averagePrice: 57_010 })]);
    });

    it('keeps whether one was pushed or asked for, the first word of it, through the tape and the days', async () => {
      const asked = { ...liquidation(NOON_MS + 1), isBackfilled: true } as const;
      const pushed = { ...liquidation(NOON_MS + 2), positionSide: 'short' } as const;
      await test.log.appendLiquidations(BTC, [asked, pushed]);
      await test.log.appendLiquidations(BTC, [liquidation(NOON_MS + 1), { ...pushed, isBackfilled: true }]);
      expect(await test.log.readLiquidations(BTC, START_MS)).toStrictEqual([asked, pushed]);
    });

    it('takes what older versions wrote, which did not tell, for pushed', async () => {
      const numbers = new Float64Array([NOON_MS, -1, 60_000, NaN, 2]);
      await test.tables.write('liquidations', (rows) => rows.put({ contractId: BTC, startMs: START_MS, numbers }));
      const [row] = await test.log.readLiquidations(BTC, START_MS);
      expect(row).toStrictEqual({
        timeMs: NOON_MS,
        positionSide: 'short',
        bankruptcyPrice: 60_000,
        averagePrice: NaN,
        qty: 2,
      });
    });

    it('gives them in order of time, over hours, whatever order they came in', async () => {
      const late = [7, 3, 1, 5, 0].map((hours) => liquidation(NOON_MS + hours * HOUR_MS));
      for (const each of late) await test.log.appendLiquidations(BTC, [each]);
      const times = (await test.log.readLiquidations(BTC, NOON_MS + HOUR_MS)).map(({ timeMs }) => timeMs);
      expect(times).toEqual([1, 3, 5, 7].map((hours) => NOON_MS + hours * HOUR_MS));
    });

    it('refuses one without a side and drops a damaged one', async () => {
      const sideless = liquidation(NOON_MS, { positionSide: 'both' as 'long' });
      expect(await test.log.appendLiquidations(BTC, [sideless])).toMatchObject({ addedCount: 0, refusedCount: 1 });
      await test.log.appendLiquidations(BTC, [liquidation(NOON_MS), liquidation(NOON_MS + 1)]);
      await test.tables.write('liquidations', async (writer) => {
        const chunk = (await writer.get([BTC, START_MS])) as { contractId: string; numbers: Float64Array };
        chunk.numbers[1] = 0;
        await writer.put({ ...chunk });
      });
      expect(await test.log.readLiquidations(BTC, 0)).toEqual([liquidation(NOON_MS + 1)]);
      expect(test.broken).toEqual([`liquidations ${BTC} 1`]);
    });
  });

  describe('of recorded spans', () => {
    it('extends the last span and leaves a gap a gap', async () => {
      await test.log.extendRecordedSpan(BTC, { fromMs: 1_000, toMs: 1_000 });
      await test.log.extendRecordedSpan(BTC, { fromMs: 1_000, toMs: 6_000 });
      await test.log.extendRecordedSpan(BTC, { fromMs: 6_000, toMs: 11_000 });
      await test.log.extendRecordedSpan(BTC, { fromMs: 30_000, toMs: 35_000 });
      expect(await test.log.readRecordedSpans({ id: BTC })).toEqual([
        { fromMs: 1_000, toMs: 11_000 },
        { fromMs: 30_000, toMs: 35_000 },
      ]);
    });

    it('joins every span that a new one touches', async () => {
      for (const fromMs of [10, 30, 50, 90]) await test.log.extendRecordedSpan(BTC, { fromMs, toMs: fromMs + 10 });
      await test.log.extendRecordedSpan(BTC, { fromMs: 15, toMs: 50 });
      expect(await test.log.readRecordedSpans({ id: BTC })).toEqual([
        { fromMs: 10, toMs: 60 },
        { fromMs: 90, toMs: 100 },
      ]);
    });

    it('keeps one row of what goes on, told every few seconds or out of order', async () => {
      const rowCount = () => test.tables.read('recordedSpans', (rows) => rows.count(BTC));
      for (let fromMs = 0; fromMs < 500; fromMs += 5)
        await test.log.extendRecordedSpan(BTC, { fromMs, toMs: fromMs + 5 });
      expect(await rowCount()).toBe(1);
      await test.log.extendRecordedSpan(BTC, { fromMs: 600, toMs: 700 });
      await test.log.extendRecordedSpan(BTC, { fromMs: 700, toMs: 710 });
      expect(await rowCount()).toBe(2);
      await test.log.extendRecordedSpan(BTC, { fromMs: 500, toMs: 600 });
      expect(await rowCount()).toBe(1);
      expect(await test.log.readRecordedSpans({ id: BTC })).toEqual([{ fromMs: 0, toMs: 710 }]);
    });

    it('does not take a span that ends before it begins', async () => {
      await expect(test.log.extendRecordedSpan(BTC, { fromMs: 2, toMs: 1 })).rejects.toThrow('no span of time');
    });
  });

  describe('of checkpoints', () => {
    const checkpoint = (throughMs: number, key = 'v1') => ({
      key,
      throughMs,
      snapshot: new Float32Array([throughMs, 1]),
    });

    it('keeps the newest two, newest first', async () => {
      for (const throughMs of [1, 3, 2, 4]) await test.log.writeCheckpoint(BTC, checkpoint(throughMs));
      expect(await test.log.readCheckpoints(BTC, 'v1')).toEqual([checkpoint(4), checkpoint(3)]);
    });

    it('gives none of another configuration and drops those when one is written', async () => {
      await test.log.writeCheckpoint(BTC, checkpoint(9, 'v1'));
      expect(await test.log.readCheckpoints(BTC, 'v2')).toEqual([]);
      await test.log.writeCheckpoint(BTC, checkpoint(5, 'v2'));
      expect(await test.log.readCheckpoints(BTC, 'v2')).toEqual([checkpoint(5, 'v2')]);
      expect(await test.log.readCheckpoints(BTC, 'v1')).toEqual([]);
    });

    it('is not changed by later writes to the arrays that it was made of', async () => {
      const snapshot = new Float32Array([1, 2]);
      await test.log.writeCheckpoint(BTC, { key: 'v1', throughMs: 1, snapshot });
      snapshot[0] = 99;
      const [read] = await test.log.readCheckpoints(BTC, 'v1');
      (read.snapshot as Float32Array)[1] = 99;
      expect((await test.log.readCheckpoints(BTC, 'v1'))[0].snapshot).toEqual(new Float32Array([1, 2]));
    });

    it('reports a damaged one and gives the other', async () => {
      await test.log.writeCheckpoint(BTC, checkpoint(1));
      await test.tables.write('checkpoints', (writer) => writer.put({ contractId: BTC, throughMs: 2, key: 'v1' }));
      expect(await test.log.readCheckpoints(BTC, 'v1')).toEqual([checkpoint(1)]);
      expect(test.broken).toEqual([`checkpoints ${BTC} 1`]);
    });
  });

  it('writes a history column once', async () => {
    const column = (value: number) => ({ timeMs: NOON_MS, column: { firstBin: 3, heat: new Uint8Array([value]) } });
    expect(await test.log.appendColumns(BTC, [column(1)])).toBe(1);
    expect(await test.log.appendColumns(BTC, [column(2), { ...column(3), timeMs: NOON_MS + 1 }])).toBe(1);
    expect(await test.log.readColumns(BTC, NOON_MS, NOON_MS + 1)).toEqual([column(1)]);
  });

  describe('of facts', () => {
    const tier = {
      notionalFloor: 0,
      notionalCap: Infinity,
      maintenanceMarginRate: 0.004,
      maintenanceAmount: 0,
      maxLeverage: 125,
    };

    it('never changes where a history starts', async () => {
      expect(await test.log.readHistoryStart(BTC)).toBeNull();
      const first = { startMs: 100, minutesMs: 150 };
      expect(await test.log.keepHistoryStart(BTC, first)).toEqual(first);
      expect(await test.log.keepHistoryStart(BTC, { startMs: 200, minutesMs: 250 })).toEqual(first);
      expect(await test.log.readHistoryStart(BTC)).toBe(100);
    });

    it('never changes a seed, not even an empty one', async () => {
      expect(await test.log.readSeed(BTC)).toBeNull();
      expect(await test.log.keepSeed(BTC, bars(2))).toEqual(bars(2));
      expect(await test.log.keepSeed(BTC, bars(5))).toEqual(bars(2));
      await test.log.keepSeed(ETH, []);
      expect(await test.log.keepSeed(ETH, bars(1))).toEqual([]);
    });

    it('takes a broken seed for none', async () => {
      await test.tables.write('seeds', (writer) => writer.put({ contractId: BTC, numbers: new Float64Array(11) }));
      expect(await test.log.readSeed(BTC)).toBeNull();
      expect(await test.log.keepSeed(BTC, bars(1))).toEqual(bars(1));
      expect(test.broken).toEqual([`seeds ${BTC} 1`, `seeds ${BTC} 1`]);
    });

    it('replaces contracts and risk tiers by newer ones and refuses damaged ones', async () => {
      const list = { contracts: [BTCUSDT], fetchedAtMs: 1 };
      await test.log.writeContracts('binance', { contracts: [], fetchedAtMs: 0 });
      await test.log.writeContracts('binance', list);
      expect(await test.log.readContracts('binance')).toEqual(list);
      const riskTiers = { tiers: [tier], source: 'venue', asOfMs: 5 } as const;
      await test.log.writeRiskTiers(BTC, riskTiers);
      expect(await test.log.readRiskTiers(BTC)).toEqual(riskTiers);
      await test.log.writeRiskTiers(BTC, { ...riskTiers, tiers: [{ ...tier, maintenanceMarginRate: 40 }] });
      expect(await test.log.readRiskTiers(BTC)).toBeNull();
    });
  });
});

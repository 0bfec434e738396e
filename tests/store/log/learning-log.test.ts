import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';

import { DAY_MS, HOUR_MS } from '@/lib/core/time';
import type { MixInForce } from '@/lib/market/mix-in-force';
import type { BarScore, LocationScore } from '@/lib/market/score';
import type { StoredLearning } from '@/lib/store/log/learning-log';

import { BTC, ETH, START_MS, TABLES, createLogUnderTest, type LogUnderTest } from './log-under-test';

const MIX: MixInForce = {
  throughMs: START_MS,
  leverages: [10, 50],
  shares: [0.4, 0.3],
  relativeDeviations: [0.5, 0.1],
  positionQty: 2.5,
  eventCount: 812,
  source: 'own',
};

/** One row for each time, of two numbers. */
const learning = (timesMs: readonly number[], sum: number, key = 'key'): StoredLearning => ({
  key,
  group: 'majors',
  sums: Float64Array.of(sum),
  evidence: Float64Array.from(timesMs.flatMap((timeMs) => [timeMs, timeMs % 7])),
  evidenceWidth: 2,
});

describe.each(TABLES)('learning on %s', (_name, createTables) => {
  let test: LogUnderTest;
  beforeEach(async () => {
    test = createLogUnderTest(await createTables());
  });

  it('adds evidence over days and gives all of it back with the newest sums', async () => {
    const times = [START_MS + HOUR_MS, START_MS + 2 * HOUR_MS];
    await test.log.appendLearning(BTC, -Infinity, times[1], learning(times, 1));
    const later = [START_MS + 23 * HOUR_MS, START_MS + DAY_MS + HOUR_MS];
    await test.log.appendLearning(BTC, times[1], later[1], learning(later, 2));
    expect(await test.log.readLearning(BTC)).toEqual(learning([...times, ...later], 2));
    expect(await test.log.readLearningOwners()).toEqual([BTC]);
  });

  it('replaces what an earlier life stored after its last checkpoint', async () => {
    const times = [1, 2, 3].map((hours) => START_MS + hours * HOUR_MS);
    await test.log.appendLearning(BTC, -Infinity, times[2], learning(times, 3));
    const again = [times[1], times[2], times[2] + HOUR_MS];
    await test.log.appendLearning(BTC, times[0], again[2], learning(again, 4));
    expect(await test.log.readLearning(BTC)).toEqual(learning([times[0], ...again], 4));
  });

  it('keeps sums of a day without evidence, and starts anew under another configuration', async () => {
    await test.log.appendLearning(BTC, -Infinity, START_MS + HOUR_MS, learning([START_MS], 1));
    await test.log.appendLearning(BTC, START_MS + HOUR_MS, START_MS + 2 * DAY_MS, learning([], 2));
    expect(await test.log.readLearning(BTC)).toEqual(learning([START_MS], 2));
    const other = learning([START_MS + HOUR_MS], 9, 'other');
    await test.log.appendLearning(BTC, -Infinity, START_MS + 2 * DAY_MS, other);
    expect(await test.log.readLearning(BTC)).toEqual(other);
  });

  it('drops a chunk that is of another shape and says so', async () => {
    await test.tables.write('learning', (rows) => rows.put({ contractId: BTC, startMs: START_MS, evidence: [1] }));
    expect(await test.log.readLearning(BTC)).toBeNull();
    expect(test.broken).toEqual([`learning ${BTC} 1`]);
  });

  it('keeps the mix in force, and refuses one that cannot be', async () => {
    await test.log.writeMix(BTC, MIX);
    expect(await test.log.readMix(BTC)).toEqual(MIX);
    expect(await test.log.readMix(ETH)).toBeNull();
    for (const damage of [{ shares: [0.9, 0.3] }, { shares: [0.4] }, { source: 'other' }, { leverages: [10, NaN] }]) {
      await test.log.writeMix(ETH, { ...MIX, ...damage } as MixInForce);
      expect(await test.log.readMix(ETH)).toBeNull();
    }
    expect(test.broken).toHaveLength(4);
  });

  it('forgets the mix, the evidence and the checkpoints at a reset, of that contract alone', async () => {
    for (const id of [BTC, ETH] as const) {
      await test.log.writeMix(id, MIX);
      await test.log.appendLearning(id, -Infinity, START_MS, learning([START_MS], 1));
      await test.log.writeCheckpoint(id, { key: 'key', throughMs: START_MS, snapshot: {} });
    }
    expect(await test.log.readLearningStart(BTC)).toBe(-Infinity);
    await test.log.resetLearning(BTC, START_MS + HOUR_MS);
    expect(await test.log.readLearningStart(BTC)).toBe(START_MS + HOUR_MS);
    expect(await test.log.readMix(BTC)).toBeNull();
    expect(await test.log.readLearning(BTC)).toBeNull();
    expect(await test.log.readCheckpoints(BTC, 'key')).toEqual([]);
    expect(await test.log.readMix(ETH)).toEqual(MIX);
    expect(await test.log.readCheckpoints(ETH, 'key')).toHaveLength(1);
  });

  it('keeps scores for 30 days, each bar and hour once', async () => {
    const nowMs = START_MS + 40 * DAY_MS;
    const sides = (long: number) => ({ long, short: 2 * long });
    const scoreAt = (openTimeMs: number): BarScore => ({
      openTimeMs,
      atRisk: sides(10),
      expected: sides(2),
      observed: sides(3),
      move: sides(0.001),
    });
    const locationAt = (startMs: number): LocationScore => ({
      startMs,
      eventCount: 3,
      usd: 9_000,
      bits: -0.5,
      dayOldEventCount: 2,
      dayOldBits: 0.25,
      topTenthUsd: 4_000,
      topTenthUsdByChance: 900,
    });
    const times = [START_MS, nowMs - 29 * DAY_MS, nowMs - HOUR_MS];
    await test.log.appendBarScores(BTC, times.map(scoreAt));
    await test.log.appendLocationScores(BTC, times.map(locationAt));
    expect(await test.log.appendBarScores(BTC, [{ ...scoreAt(times[0]), observed: sides(99) }])).toMatchObject({
      duplicateCount: 1,
    });
    expect(await test.log.readBarScores(BTC, 0)).toEqual(times.map(scoreAt));
    await test.log.appendBars(BTC, []);
    await test.log.prune(nowMs, new Set([BTC] as const));
    expect(await test.log.readBarScores(BTC, 0)).toEqual(times.slice(1).map(scoreAt));
    expect(await test.log.readLocationScores(BTC, 0)).toEqual(times.slice(1).map(locationAt));
  });
});

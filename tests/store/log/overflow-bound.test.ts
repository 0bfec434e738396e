import { beforeEach, describe, expect, it } from 'vitest';

import { DAY_MS, HOUR_MS } from '@/lib/core/time';
import { BAR_MS } from '@/lib/market/bar';
import { createMarketLog, type MarketLog } from '@/lib/store/log/market-log';
import { createMemoryTables } from '@/lib/store/log/memory-tables';
import { createOverflowTables } from '@/lib/store/log/overflow-tables';
import { weighRow } from '@/lib/store/log/row-weight';
import { LIQUIDATION_CODEC } from '@/lib/store/log/series-codec';
import type { Tables } from '@/lib/store/log/tables';
import { TAPE_WIDTH } from '@/lib/store/log/tape-log';

import { bar, liquidation } from './log-under-test';

const MOST_BYTES = 200_000;
const START_MS = 1_780_012_800_000;
const BARS_PER_DAY = DAY_MS / BAR_MS;

let nowMs: number;
let isFull: boolean;
let disk: Tables;
let tables: Tables;
let log: MarketLog;

beforeEach(() => {
  [nowMs, isFull] = [0, true];
  disk = createMemoryTables();
  tables = createOverflowTables(
    {
      ...disk,
      write: (table, work) =>
        isFull ? Promise.reject(new DOMException('full', 'QuotaExceededError')) : disk.write(table, work),
    },
    { now: () => nowMs, onProblem: () => {}, mostBytes: MOST_BYTES },
  );
  log = createMarketLog(tables, () => {});
});

const dayOf = (day: number) =>
  Array.from({ length: BARS_PER_DAY }, (_, nth) => bar(START_MS + day * DAY_MS + nth * BAR_MS));

/** The disk takes rows again, and something is written. */
const makeRoom = async (): Promise<void> => {
  isFull = false;
  nowMs += 60_000;
  await log.markWatched('gate:A', START_MS);
  for (const table of ['tape', 'bars', 'checkpoints', 'feedSpans'] as const) await tables.write(table, async () => {});
};

/** So many events of one moment. */
const batch = (timeMs: number, count: number) => {
  const numbers = new Float64Array(count * TAPE_WIDTH);
  for (let nth = 0; nth < count; nth++) LIQUIDATION_CODEC.write(liquidation(timeMs), numbers, nth * TAPE_WIDTH + 1);
  return [{ venueId: 'gate' as const, symbols: ['A'], numbers }];
};

describe('rows in memory over a full disk', () => {
  it('go when they are too many: the oldest days of bars, and no checkpoint is left that was folded from them', async () => {
    for (let day = 0; day < 20; day++) await log.appendBars('gate:A', dayOf(day));
    const times = await log.readBarTimes('gate:A', 0);
    expect(times.at(-1)).toBe(START_MS + 20 * DAY_MS - BAR_MS);
    expect(times.length).toBeGreaterThan(4 * BARS_PER_DAY);
    expect(times.length * 80).toBeLessThan(MOST_BYTES);
    await log.writeCheckpoint('gate:A', { key: 'k', throughMs: START_MS + 20 * DAY_MS, snapshot: {} });
    await makeRoom();
    expect(await log.readBarTimes('gate:A', 0)).toEqual(times);
    await log.writeCheckpoint('gate:A', { key: 'k', throughMs: START_MS + 20 * DAY_MS, snapshot: {} });
    expect(await log.readCheckpoints('gate:A', 'k')).toEqual([]);
    await log.writeCheckpoint('gate:B', { key: 'k', throughMs: START_MS, snapshot: {} });
    expect(await log.readCheckpoints('gate:B', 'k')).toHaveLength(1);
  });

  it('leave what the disk has of the same days', async () => {
    isFull = false;
    await log.appendBars('gate:A', dayOf(0).slice(0, 10));
    isFull = true;
    for (let day = 0; day < 20; day++) await log.appendBars('gate:A', dayOf(day));
    expect((await log.readBarTimes('gate:A', 0)).slice(0, 11)).toEqual([
      ...dayOf(0)
        .slice(0, 10)
        .map(({ openTimeMs }) => openTimeMs),
      expect.any(Number),
    ]);
  });

  it('are no longer called recorded where they are events that nobody tells again', async () => {
    const endMs = START_MS + 10 * HOUR_MS;
    const before = { fromMs: START_MS - HOUR_MS, toMs: START_MS };
    await log.extendFeedSpan('gate', before);
    await log.extendRecordedSpan('okx:A', { ...before, toMs: endMs });
    for (let atMs = START_MS; atMs < endMs; atMs += HOUR_MS) {
      await log.appendTape(batch(atMs, 1_000), atMs);
      await log.extendFeedSpan('gate', { fromMs: atMs, toMs: atMs + HOUR_MS });
    }
    const held = new Set<number>();
    await log.readTape('gate', 0, Infinity, (_symbol, { timeMs }) => held.add(timeMs));
    const spans = await log.readFeedSpans('gate');
    const isClaimed = (atMs: number) => spans.some(({ fromMs, toMs }) => atMs >= fromMs && atMs < toMs);
    const moments = Array.from({ length: 10 }, (_, nth) => START_MS + nth * HOUR_MS);
    expect(moments.map(isClaimed)).toEqual(moments.map((atMs) => held.has(atMs)));
    expect([held.has(START_MS), held.has(endMs - HOUR_MS)]).toEqual([false, true]);
    expect(isClaimed(START_MS - 1)).toBe(true);
    expect(await log.readRecordedSpans({ id: 'okx:A' })).toEqual([{ ...before, toMs: endMs }]);
  });

  it('are weighed by their numbers', () => {
    expect(weighRow({ numbers: new Float64Array(1_000) })).toBeGreaterThan(8_000);
    expect(weighRow({ symbols: ['ABC', 'DEF'] })).toBeLessThan(200);
  });
});

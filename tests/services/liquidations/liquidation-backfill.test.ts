import { beforeEach, expect, it } from 'vitest';

import type { TimeSpan } from '@/lib/core/ranges';
import { ok } from '@/lib/core/result';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '@/lib/core/time';
import { BAR_MS } from '@/lib/market/bar';
import type { Liquidation } from '@/lib/market/liquidation';
import { samplingFactor } from '@/lib/model/sampled-feed';
import { backfillLiquidations } from '@/lib/services/liquidations/liquidation-backfill';
import { createLiquidationRecord, type LiquidationRecord } from '@/lib/services/liquidations/liquidation-record';
import type { MarketLog } from '@/lib/store/log/market-log';
import { createMemoryLog } from '@/lib/store/log/open-market-log';
import type { Venue } from '@/lib/venues/venue';
import { BTCUSDT } from '@/tests/market/sample-contract';
import { createFakeVenue } from '@/tests/services/fake-venue';

const NOW_MS = Date.UTC(2026, 4, 20, 12);
const event = (ageMs: number, qty = 1): Liquidation => ({
  timeMs: NOW_MS - ageMs,
  positionSide: 'short',
  bankruptcyPrice: 60_000,
  averagePrice: NaN,
  qty,
});

let log: MarketLog;
let unproven: Map<string, number>;
let record: LiquidationRecord;
const createRecord = (nowMs = NOW_MS) =>
  createLiquidationRecord({
    openLog: Promise.resolve(log),
    now: () => nowMs,
    environment: { now: () => nowMs, setTimer: () => () => {}, log: () => {} },
    isOff: () => false,
    onError(cause) {
      throw cause;
    },
  });
beforeEach(async () => {
  log = createMemoryLog(() => {});
  unproven = new Map();
  record = createRecord();
  record.list('binance', [BTCUSDT]);
  await record.restore('binance');
});

/** Asks a venue that knows these events for what is missing; gives what it was asked for, as ages. */
async function backfill(past: readonly Liquidation[], extra: Partial<Venue> = {}, nowMs = NOW_MS, toldMs = nowMs) {
  const asked: (readonly [fromAgeMs: number, toAgeMs: number])[] = [];
  const venue: Venue = {
    ...createFakeVenue(NOW_MS).venue,
    fetchLiquidations: async (_symbol, { startMs, endMs }: TimeSpan) => {
      asked.push([NOW_MS - startMs, NOW_MS - endMs]);
      return ok(past.filter(({ timeMs }) => timeMs >= startMs && timeMs < endMs));
    },
    ...extra,
  };
  const { signal } = new AbortController();
  await backfillLiquidations({ venue, contract: BTCUSDT, record, log, nowMs, toldMs, signal, unproven });
  return asked;
}
const dayCount = () => record.board(0).total[4].shortCount;

it('asks for the last day but what was recorded, and counts it as recorded from the first event told', async () => {
  void record.extendSpan('binance', { fromMs: NOW_MS - 6 * HOUR_MS, toMs: NOW_MS - 4 * HOUR_MS });
  const asked = await backfill([event(20 * HOUR_MS), event(5 * HOUR_MS), event(2 * HOUR_MS)]);
  expect(asked).toEqual([
    [DAY_MS, 6 * HOUR_MS],
    [4 * HOUR_MS, MINUTE_MS],
  ]);
  expect(dayCount()).toBe(2);
  const { recordedShare } = record.windows(BTCUSDT.id)[2];
  expect(recordedShare).toBeCloseTo((14 + 2 + 2 - 1 / 60) / 24, 6);
  await record.settle();
  expect(await log.readLiquidations(BTCUSDT.id, 0)).toHaveLength(2);
});

it('asks no more once a venue that tells whole ranges has said that there was nothing', async () => {
  expect(await backfill([], { tellsWholeRange: true })).toEqual([[DAY_MS, MINUTE_MS]]);
  expect(await backfill([], { tellsWholeRange: true })).toEqual([]);
  expect(record.windows(BTCUSDT.id)[2].recordedShare).toBeCloseTo(1, 2);
});

it('calls nothing recorded that is still to come, where the venue’s time is hours ahead', async () => {
  const aheadMs = NOW_MS + 3 * HOUR_MS;
  await backfill([event(HOUR_MS), event(10 * MINUTE_MS)], { tellsWholeRange: true }, aheadMs, NOW_MS - MINUTE_MS);
  expect(Math.max(...record.spans(BTCUSDT.id).map(({ toMs }) => toMs))).toBe(NOW_MS - MINUTE_MS);
});

it('takes no sum of a bar that still runs, where the venue’s time is hours ahead', async () => {
  void record.extendSpan('binance', { fromMs: NOW_MS - 7 * DAY_MS, toMs: NOW_MS - 2 * BAR_MS });
  const stating: Partial<Venue> = {
    fetchLiquidations: null,
    fetchLiquidationTotals: async () =>
      ok([-2, -1, 0].map((nth) => ({ openTimeMs: NOW_MS + nth * BAR_MS, longUsd: 10, shortUsd: 1 }))),
  };
  await backfill([], stating, NOW_MS + 3 * HOUR_MS, NOW_MS + 2 * MINUTE_MS);
  expect(record.board(0).total[5].longUsd).toBe(20);
  expect(Math.max(...record.spans(BTCUSDT.id).map(({ toMs }) => toMs))).toBe(NOW_MS);
});

it('leaves a gap of which another tells nothing, and asks again half an hour later', async () => {
  void record.extendSpan('binance', { fromMs: NOW_MS - 2 * MINUTE_MS, toMs: NOW_MS + HOUR_MS });
  expect(await backfill([])).toHaveLength(1);
  expect(record.windows(BTCUSDT.id)[2].recordedShare).toBeLessThan(0.01);
  expect(await backfill([], {}, NOW_MS + 29 * MINUTE_MS)).toEqual([]);
  expect(await backfill([], {}, NOW_MS + 30 * MINUTE_MS)).toHaveLength(1);
});

it('knows an event again that was streamed to the millisecond and is told by the second', async () => {
  record.add('binance', 'BTCUSDT', event(HOUR_MS - 700));
  await record.settle();
  await backfill([event(HOUR_MS), event(HOUR_MS, 2)]);
  expect(dayCount()).toBe(2);
});

it('takes the sums that a venue states for bars that nobody recorded, once', async () => {
  void record.extendSpan('binance', { fromMs: NOW_MS - DAY_MS, toMs: NOW_MS });
  const asked: TimeSpan[] = [];
  const stating: Partial<Venue> = {
    async fetchLiquidationTotals(_symbol, span) {
      asked.push(span);
      const bars = (span.endMs - span.startMs) / BAR_MS;
      return ok(
        Array.from({ length: bars }, (_, i) => ({ openTimeMs: span.startMs + i * BAR_MS, longUsd: 10, shortUsd: 1 })),
      );
    },
  };
  await backfill([], stating);
  const once = asked.length;
  expect(once).toBe(6);
  const week = record.board(0).total[5];
  expect(week.longUsd).toBe((6 * DAY_MS * 10) / BAR_MS);
  expect(week.shortUsd).toBe((6 * DAY_MS) / BAR_MS);
  expect(record.board(0).total[4].longUsd).toBe(0);
  await backfill([], stating);
  expect(asked).toHaveLength(once);
});

it('counts what was received in a bar that nobody claims recorded as a part of the sum that the venue states', async () => {
  const openTimeMs = NOW_MS - 2 * DAY_MS;
  void record.extendSpan('binance', { fromMs: NOW_MS - 7 * DAY_MS, toMs: openTimeMs });
  void record.extendSpan('binance', { fromMs: openTimeMs + BAR_MS, toMs: NOW_MS });
  // Frames that cannot be read among those that can: what comes is counted, but it may not be all.
  record.add('binance', 'BTCUSDT', event(2 * DAY_MS - MINUTE_MS));
  // At the very end of the bar: one of the next.
  record.add('binance', 'BTCUSDT', event(2 * DAY_MS - BAR_MS, 0.1));
  await record.settle();
  const stating: Partial<Venue> = {
    fetchLiquidationTotals: async () => ok([{ openTimeMs, longUsd: 500, shortUsd: 90_000 }]),
  };
  await backfill([], stating);
  expect(record.board(0).total[5]).toMatchObject({ longUsd: 500, shortUsd: 96_000, shortCount: 2 });
});

it('leaves the bars a gap of which a venue states no sum', async () => {
  const stating: Partial<Venue> = {
    fetchLiquidations: null,
    fetchLiquidationTotals: async (_symbol, { startMs, endMs }) =>
      ok(
        [
          { openTimeMs: NOW_MS - 3 * BAR_MS, longUsd: 10, shortUsd: 1 },
          { openTimeMs: NOW_MS - 2 * BAR_MS, longUsd: NaN, shortUsd: NaN },
        ].filter(({ openTimeMs }) => openTimeMs >= startMs && openTimeMs < endMs),
      ),
  };
  await backfill([], stating);
  expect(record.spans(BTCUSDT.id)).toEqual([{ fromMs: NOW_MS - 3 * BAR_MS, toMs: NOW_MS - 2 * BAR_MS }]);
  expect(record.board(0).total[4]).toMatchObject({ longUsd: 10, shortUsd: 1 });
});

it('leaves a gap a gap where the venue does not answer', async () => {
  const error = { kind: 'limited', message: '', detail: '', retryAtMs: null } as const;
  await backfill([], { fetchLiquidations: () => Promise.resolve({ ok: false, error }) });
  expect(record.windows(BTCUSDT.id)[0].recordedShare).toBe(0);
});

it('corrects nothing of what was asked for of a venue whose stream is a sample, also after a restart', async () => {
  const minuteMs = Math.floor((NOW_MS - HOUR_MS) / MINUTE_MS) * MINUTE_MS;
  const inMinute = (second: number): Liquidation => event(NOW_MS - minuteMs - second * SECOND_MS, 1 + second);
  await backfill(Array.from({ length: 30 }, (_, i) => inMinute(i)));
  for (let second = 30; second < 60; second += 1) record.add('binance', 'BTCUSDT', inMinute(second));
  const usdOf = (fromSecond: number) =>
    Array.from({ length: 30 }, (_, i) => 60_000 * (1 + fromSecond + i)).reduce((a, b) => a + b);
  const expected = usdOf(0) + usdOf(30) * samplingFactor('largest', 30 / 60);
  const day = record.board(0).total[4];
  expect(day).toMatchObject({ shortCount: 60, shortUsd: usdOf(0) + usdOf(30) });
  expect(day.shortCorrectedUsd).toBeCloseTo(expected, 1);
  expect(record.sums([BTCUSDT.id])[4]).toEqual(day);
  expect(record.windows(BTCUSDT.id)[2].shortUsd).toBe(day.shortUsd);
  const feeds = record.board(0).newest.map(({ feed }) => feed);
  expect([feeds.filter((feed) => feed === 'unknown'), feeds.filter((feed) => feed === 'sampled')]).toMatchObject([
    { length: 30 },
    { length: 30 },
  ]);

  await record.settle();
  record = createRecord(NOW_MS + MINUTE_MS);
  record.list('binance', [BTCUSDT]);
  await record.restore('binance');
  expect(record.board(0).total[4]).toEqual(day);
});

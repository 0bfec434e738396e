import { describe, expect, it } from 'vitest';

import { HOUR_MS } from '@/lib/core/time';
import { BAR_MS } from '@/lib/market/bar';
import { markPath } from '@/lib/model/bar-score';
import { createBookConfig } from '@/lib/model/book-config';
import { crossedUsd, nextActivity, NO_ACTIVITY, sameBarUsd } from '@/lib/model/prediction';
import { createEstimator } from '@/lib/services/contract/estimator';
import { createScoreboard } from '@/lib/services/contract/scoreboard';
import { createTurns } from '@/lib/services/scheduling/turns';
import type { MarketLog } from '@/lib/store/log/market-log';
import { BTCUSDT } from '@/tests/market/sample-contract';
import { barAt } from '@/tests/services/fake-venue';
import { RECORDED_MS, recordedLog, START_MS, TIERS } from '@/tests/services/recorded-history';

const FROM_MS = RECORDED_MS - HOUR_MS;
const TO_MS = RECORDED_MS + 30 * HOUR_MS;

/** A life of the worker: folds hour by hour and scores, as the background does. */
async function live(log: MarketLog, fromMs: number, toMs: number) {
  const scoreboard = await createScoreboard(BTCUSDT, log, 'largest', fromMs);
  const estimator = await createEstimator(BTCUSDT, TIERS, START_MS, log, { sampling: 'largest', scoreboard });
  for (let atMs = fromMs; atMs <= toMs; atMs += HOUR_MS) {
    await estimator.advance(atMs);
    await scoreboard.settle(estimator.throughMs);
  }
  await scoreboard.sumUp();
  return scoreboard;
}

describe('the scoreboard', () => {
  it('scores every bar that was recorded throughout, once, off the map before it', async () => {
    const log = await recordedLog();
    await live(log, FROM_MS, TO_MS);
    const scores = await log.readBarScores(BTCUSDT.id, 0);
    // An hour within was not recorded.
    expect(scores).toHaveLength(29 * 12);
    expect(scores[0].openTimeMs).toBe(RECORDED_MS);

    const { openTimeMs, atRisk, expected, observed } = scores[200];
    const fresh = await recordedLog();
    const before = await createEstimator(BTCUSDT, TIERS, START_MS, fresh);
    await before.advance(openTimeMs);
    expect(before.throughMs).toBe(openTimeMs);
    const markBefore = barAt(openTimeMs - BAR_MS).close;
    const map = before.profile({ bars: [], markPrice: markBefore, lastPrice: markBefore, asOfMs: openTimeMs });
    const path = markPath(markBefore, barAt(openTimeMs));
    const crossed = crossedUsd(map, path);
    const hourMs = Math.floor(openTimeMs / HOUR_MS) * HOUR_MS;
    const past = await fresh.readBars(BTCUSDT.id, hourMs - 24 * HOUR_MS, openTimeMs);
    const sameBar = sameBarUsd(path, past.reduce(nextActivity, NO_ACTIVITY), createBookConfig(TIERS, 'linear'));
    expect(atRisk.long).toBe(crossed.long + sameBar.long);
    expect(atRisk.short).toBe(crossed.short + sameBar.short);
    expect(expected.long).toBeLessThan(atRisk.long);
    expect(observed.long + observed.short).toBeGreaterThan(0);
  });

  it('scores the same whether the worker was killed in between or not', async () => {
    const [whole, pieces] = [await recordedLog(), await recordedLog()];
    const last = await live(whole, FROM_MS, TO_MS);
    for (let atMs = FROM_MS; atMs < TO_MS; atMs += 10 * HOUR_MS) {
      await live(pieces, atMs, Math.min(TO_MS, atMs + 9 * HOUR_MS));
    }
    const again = await live(pieces, TO_MS, TO_MS);
    expect(await pieces.readBarScores(BTCUSDT.id, 0)).toEqual(await whole.readBarScores(BTCUSDT.id, 0));
    expect(await pieces.readLocationScores(BTCUSDT.id, 0)).toEqual(await whole.readLocationScores(BTCUSDT.id, 0));
    expect(again.liquidatedShare(1e9)).toEqual(last.liquidatedShare(1e9));
  });

  it('sums up whole hours: days, dollars, ranks and places', async () => {
    const log = await recordedLog();
    const { month, lastDay, liquidatedShare } = await live(log, FROM_MS, TO_MS);
    expect(month?.days).toBeCloseTo(29 / 24, 9);
    expect(lastDay?.days).toBeCloseTo(23 / 24, 9);
    expect(month?.observedUsd).toBeGreaterThan(lastDay?.observedUsd ?? NaN);
    expect(month?.expectedUsd).toBeGreaterThan(0);
    // Every bar liquidates the side it moved against: the move alone must rank well.
    expect(month?.moveRankCorrelation).toBeGreaterThan(0.3);
    expect(month?.rankCorrelation).not.toBeNull();
    expect(month?.eventCount).toBeGreaterThan(0);
    const places = await log.readLocationScores(BTCUSDT.id, 0);
    expect(places.every(({ startMs }) => startMs % HOUR_MS === 0)).toBe(true);
    expect(liquidatedShare(1e9).long).not.toBe(0.04);
  });

  it('has nothing to say where nothing was recorded', async () => {
    const log = await recordedLog();
    const scoreboard = await live(log, START_MS + HOUR_MS, START_MS + 10 * HOUR_MS);
    expect(scoreboard.month).toBeNull();
    expect(scoreboard.liquidatedShare(1e9)).toEqual({ long: 0.04, short: 0.04 });
    expect(await log.readBarScores(BTCUSDT.id, 0)).toEqual([]);
  });

  it('is not held up by a map that lies damaged in the store', async () => {
    const log = await recordedLog();
    const damaged: MarketLog = {
      ...log,
      readColumns: async (id, fromMs, toMs) => {
        const rows = await log.readColumns(id, fromMs, toMs);
        return rows.map((row) => (row.timeMs < RECORDED_MS + 10 * HOUR_MS ? { ...row, column: {} } : row));
      },
    };
    const { month } = await live(damaged, FROM_MS, TO_MS);
    expect(month?.eventCount).toBeGreaterThan(0);
  });

  it('places what was liquidated in hours whose maps are made later', async () => {
    const [whole, late] = [await recordedLog(), await recordedLog()];
    const toMs = RECORDED_MS + 20 * HOUR_MS;
    await live(whole, FROM_MS, toMs);
    const scoreboard = await createScoreboard(BTCUSDT, late, 'largest', FROM_MS);
    const estimator = await createEstimator(BTCUSDT, TIERS, START_MS, late, { sampling: 'largest', scoreboard });
    // A fold of many hours leaves their columns out.
    for (const atMs of [FROM_MS, toMs - HOUR_MS]) await estimator.advance(atMs);
    await scoreboard.settle(estimator.throughMs);
    expect(await late.readLocationScores(BTCUSDT.id, 0)).toEqual([]);
    await estimator.fillColumns(createTurns(), () => Promise.resolve(), new AbortController().signal);
    await estimator.advance(toMs);
    await scoreboard.settle(estimator.throughMs);
    const [placed, expected] = await Promise.all([late, whole].map((log) => log.readLocationScores(BTCUSDT.id, 0)));
    expect(expected.length).toBeGreaterThan(15);
    // Of columns of a day before the other fold made none.
    const noDayOld = { dayOldBits: 0, dayOldEventCount: 0 };
    expect(placed.map((score) => ({ ...score, ...noDayOld }))).toEqual(expected);
  });

  it('places hours whose maps were still to be made when the worker was killed', async () => {
    const [whole, killed] = [await recordedLog(), await recordedLog()];
    const toMs = RECORDED_MS + 20 * HOUR_MS;
    await live(whole, FROM_MS, toMs);
    const scoreboard = await createScoreboard(BTCUSDT, killed, 'largest', FROM_MS);
    const estimator = await createEstimator(BTCUSDT, TIERS, START_MS, killed, { sampling: 'largest', scoreboard });
    // A fold of many hours leaves their columns out, those after it do not.
    for (const atMs of [FROM_MS, toMs - 3 * HOUR_MS, toMs - 2 * HOUR_MS, toMs - HOUR_MS]) await estimator.advance(atMs);
    await scoreboard.settle(estimator.throughMs);
    expect((await killed.readLocationScores(BTCUSDT.id, 0)).length).toBeLessThan(3);
    await estimator.fillColumns(createTurns(), () => Promise.resolve(), new AbortController().signal);
    await live(killed, toMs, toMs);
    const [placed, expected] = await Promise.all([killed, whole].map((log) => log.readLocationScores(BTCUSDT.id, 0)));
    expect(placed.map(({ startMs }) => startMs)).toEqual(expected.map(({ startMs }) => startMs));
  });

  it('writes what the store refused, and sums it up, once it accepts it', async () => {
    const [whole, hindered] = [await recordedLog(), await recordedLog()];
    const expected = await live(whole, FROM_MS, TO_MS);
    let isRefusing = false;
    const refusing: MarketLog = {
      ...hindered,
      readBarScores: (...asked) =>
        isRefusing ? Promise.reject(new Error('refused')) : hindered.readBarScores(...asked),
      appendBarScores: (...asked) =>
        isRefusing ? Promise.reject(new Error('refused')) : hindered.appendBarScores(...asked),
    };
    const scoreboard = await createScoreboard(BTCUSDT, refusing, 'largest', FROM_MS);
    const estimator = await createEstimator(BTCUSDT, TIERS, START_MS, refusing, { sampling: 'largest', scoreboard });
    // At half past: bars of two hours come at once.
    for (let atMs = FROM_MS + HOUR_MS / 2; atMs < TO_MS; atMs += HOUR_MS) {
      isRefusing = atMs > RECORDED_MS + 5 * HOUR_MS && atMs < RECORDED_MS + 9 * HOUR_MS;
      await estimator.advance(atMs);
      await scoreboard.settle(estimator.throughMs).catch(() => {});
      await scoreboard.sumUp().catch(() => {});
    }
    await estimator.advance(TO_MS);
    await scoreboard.settle(TO_MS);
    isRefusing = true;
    await expect(scoreboard.sumUp()).rejects.toThrow('refused');
    isRefusing = false;
    await scoreboard.settle(TO_MS);
    await scoreboard.sumUp();
    expect(await hindered.readBarScores(BTCUSDT.id, 0)).toEqual(await whole.readBarScores(BTCUSDT.id, 0));
    expect(scoreboard.month).toEqual(expected.month);
  });
});

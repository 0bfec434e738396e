import { expect, it } from 'vitest';

import { floorToStep, HOUR_MS } from '@/lib/core/time';
import { joinFoldBars } from '@/lib/market/join-bars';
import { createBookConfig } from '@/lib/model/book-config';
import { COLUMN_MS } from '@/lib/model/history';
import { createPositionBook, foldBar, seedPositionBook } from '@/lib/model/position-book';
import { createEstimator } from '@/lib/services/contract/estimator';
import { columnAfter } from '@/lib/services/contract/history-columns';
import { BTCUSDT } from '@/tests/market/sample-contract';
import { RECORDED_MS, recordedLog, START_MS, TIERS } from '@/tests/services/recorded-history';

it('makes up day by day for the columns of one whole fold', async () => {
  const log = await recordedLog();
  const estimator = await createEstimator(BTCUSDT, TIERS, START_MS, log);
  await estimator.advance(RECORDED_MS);
  await estimator.fillColumns(() => Promise.resolve(), new AbortController().signal);

  const [bars, openInterest, seed] = await Promise.all([
    log.readBars(BTCUSDT.id, START_MS, estimator.throughMs),
    log.readOpenInterest(BTCUSDT.id, START_MS, estimator.throughMs + 1),
    log.readSeed(BTCUSDT.id),
  ]);
  const minutes = await log.readMinutes(BTCUSDT.id, START_MS, estimator.throughMs);
  const book = createPositionBook(createBookConfig(TIERS, BTCUSDT.settlement));
  seedPositionBook(book, seed ?? [], openInterest[0].openInterest);
  const whole = joinFoldBars(bars, openInterest, START_MS, minutes).bars.flatMap((bar) => {
    foldBar(book, bar);
    return columnAfter(book, bar) ?? [];
  });
  expect(whole.length).toBeGreaterThan(24);
  expect(await log.readColumns(BTCUSDT.id, START_MS, RECORDED_MS + 1)).toEqual(whole);
});

it('takes no column of another history for one of its own', async () => {
  const log = await recordedLog();
  const estimator = await createEstimator(BTCUSDT, TIERS, START_MS, log);
  await estimator.advance(RECORDED_MS);
  const due = (estimator.throughMs - START_MS) / COLUMN_MS;
  const older = Array.from({ length: due }, (_, nth) => ({ timeMs: START_MS - nth * COLUMN_MS, column: {} }));
  await log.appendColumns(BTCUSDT.id, older);
  await estimator.fillColumns(() => Promise.resolve(), new AbortController().signal);
  expect(await log.countColumns(BTCUSDT.id)).toBe(2 * due);
});

it('makes up for the columns that a store refused', async () => {
  const log = await recordedLog();
  let isRefused = false;
  const estimator = await createEstimator(BTCUSDT, TIERS, START_MS, {
    ...log,
    appendColumns: (id, columns) => (isRefused ? Promise.reject(new Error('busy')) : log.appendColumns(id, columns)),
  });
  const fill = () => estimator.fillColumns(() => Promise.resolve(), new AbortController().signal);
  const newest = async () => (await log.readColumns(BTCUSDT.id, START_MS, RECORDED_MS + 1)).at(-1)?.timeMs;
  await estimator.advance(RECORDED_MS - HOUR_MS);
  await fill();
  isRefused = true;
  await expect(estimator.advance(RECORDED_MS)).rejects.toThrow('busy');
  isRefused = false;
  await fill();
  expect(await newest()).toBe(floorToStep(estimator.throughMs, COLUMN_MS));
  expect(estimator.throughMs).toBeGreaterThan(RECORDED_MS - HOUR_MS);
});

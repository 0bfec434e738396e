import { expect, it } from 'vitest';

import { DAY_MS, floorToStep, HOUR_MS } from '@/lib/core/time';
import { joinFoldBars } from '@/lib/market/join-bars';
import { createBookConfig } from '@/lib/model/book-config';
import { COLUMN_MS } from '@/lib/model/history';
import { createPositionBook, foldBar, seedPositionBook } from '@/lib/model/position-book';
import { createEstimator, type Estimator } from '@/lib/services/contract/estimator';
import { columnAfter } from '@/lib/services/contract/history-columns';
import { createTurns } from '@/lib/services/scheduling/turns';
import { BTCUSDT } from '@/tests/market/sample-contract';
import { END_MS, RECORDED_MS, recordedLog, START_MS, TIERS } from '@/tests/services/recorded-history';

const fill = (estimator: Estimator, turns = createTurns(), pause = () => Promise.resolve()) =>
  estimator.fillColumns(turns, pause, new AbortController().signal);

it('makes up day by day for the columns of one whole fold', async () => {
  const log = await recordedLog();
  const estimator = await createEstimator(BTCUSDT, TIERS, START_MS, log);
  await estimator.advance(RECORDED_MS);
  await fill(estimator);

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

it('makes those that a chart shows first, of every contract', async () => {
  const log = await recordedLog();
  const estimator = await createEstimator(BTCUSDT, TIERS, START_MS, log);
  await estimator.advance(END_MS);
  const turns = createTurns();
  const made: (number | string)[] = [];
  const count = async () => made.push(await log.countColumns(BTCUSDT.id, estimator.throughMs - DAY_MS + 1));
  const filled = fill(estimator, turns, async () => void (made.at(-1) === 'other' || (await count())));
  const other = turns(async () => void made.push(estimator.filledFromMs ?? NaN, 'other'));
  await Promise.all([filled, other]);
  const perSlice = DAY_MS / COLUMN_MS / 12;
  expect(made).toEqual([
    ...Array.from({ length: 12 }, (_, slice) => (slice + 1) * perSlice),
    estimator.throughMs - DAY_MS,
    'other',
  ]);
  expect(estimator.filledFromMs).toBeLessThan(0);
});

it('goes on where a worker that was killed left off', async () => {
  const log = await recordedLog();
  const killed = await createEstimator(BTCUSDT, TIERS, START_MS, log);
  await killed.advance(END_MS);
  const abort = new AbortController();
  await killed.fillColumns(
    createTurns(),
    async () => {
      if ((await log.countColumns(BTCUSDT.id)) > 200) abort.abort();
    },
    abort.signal,
  );
  const asked: number[] = [];
  const next = await createEstimator(BTCUSDT, TIERS, START_MS, {
    ...log,
    appendColumns(id, columns) {
      asked.push(...columns.map(({ timeMs }) => timeMs));
      return log.appendColumns(id, columns);
    },
  });
  await next.advance(END_MS);
  await fill(next);
  expect(Math.max(...asked)).toBe(next.throughMs - DAY_MS);
  expect(await log.countColumns(BTCUSDT.id)).toBe((next.throughMs - START_MS) / COLUMN_MS);
});

it('takes no column of another history for one of its own', async () => {
  const log = await recordedLog();
  const estimator = await createEstimator(BTCUSDT, TIERS, START_MS, log);
  await estimator.advance(RECORDED_MS);
  const due = (estimator.throughMs - START_MS) / COLUMN_MS;
  const older = Array.from({ length: due }, (_, nth) => ({ timeMs: START_MS - nth * COLUMN_MS, column: {} }));
  await log.appendColumns(BTCUSDT.id, older);
  await fill(estimator);
  expect(await log.countColumns(BTCUSDT.id)).toBe(2 * due);
});

it('makes up for the columns that a store refused', async () => {
  const log = await recordedLog();
  let isRefused = false;
  const estimator = await createEstimator(BTCUSDT, TIERS, START_MS, {
    ...log,
    appendColumns: (id, columns) => (isRefused ? Promise.reject(new Error('busy')) : log.appendColumns(id, columns)),
  });
  const newest = async () => (await log.readColumns(BTCUSDT.id, START_MS, RECORDED_MS + 1)).at(-1)?.timeMs;
  await estimator.advance(RECORDED_MS - HOUR_MS);
  await fill(estimator);
  isRefused = true;
  await expect(estimator.advance(RECORDED_MS)).rejects.toThrow('busy');
  isRefused = false;
  await fill(estimator);
  expect(await newest()).toBe(floorToStep(estimator.throughMs, COLUMN_MS));
  expect(estimator.throughMs).toBeGreaterThan(RECORDED_MS - HOUR_MS);
});

it('makes none of a log in which rows were found damaged, and all once they are back', async () => {
  const log = await recordedLog();
  let isDamaged = true;
  const estimator = await createEstimator(BTCUSDT, TIERS, START_MS, { ...log, hasLostRows: () => isDamaged });
  await estimator.advance(RECORDED_MS);
  await fill(estimator);
  expect(await log.countColumns(BTCUSDT.id)).toBe(0);
  isDamaged = false;
  await fill(estimator);
  expect(await log.countColumns(BTCUSDT.id)).toBe((RECORDED_MS - START_MS) / COLUMN_MS);
});

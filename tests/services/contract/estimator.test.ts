import { describe, expect, it } from 'vitest';

import { BAR_MS } from '@/lib/market/bar';
import { createBookConfig } from '@/lib/model/book-config';
import { createSharedBooks } from '@/lib/model/shared-books';
import { createEstimator, type Estimator, type LiveInput } from '@/lib/services/contract/estimator';
import { createMemoryLog } from '@/lib/store/log/open-market-log';
import { BTCUSDT } from '@/tests/market/sample-contract';
import { barAt } from '@/tests/services/fake-venue';
import { END_MS, RECORDED_MS, recordedLog, START_MS, TIERS } from '@/tests/services/recorded-history';

const liveAt = (throughMs: number): LiveInput => {
  const bar = barAt(throughMs);
  return {
    bars: [{ ...bar, openInterest: NaN }],
    markPrice: bar.close,
    lastPrice: bar.close,
    asOfMs: throughMs + BAR_MS / 2,
  };
};

const intervalOf = (estimator: Estimator, { markPrice }: LiveInput) =>
  estimator.interval('long', 0.97 * markPrice, markPrice);

describe('live bars of several estimators in one memory', () => {
  it('give the intervals of their own last map, whoever used the memory since', async () => {
    const log = await recordedLog();
    const liveBooks = createSharedBooks();
    const alone = await createEstimator(BTCUSDT, TIERS, START_MS, log);
    const first = await createEstimator(BTCUSDT, TIERS, START_MS, log, { liveBooks });
    const second = await createEstimator(BTCUSDT, TIERS, START_MS, log, { liveBooks });
    for (const each of [alone, first]) await each.advance(RECORDED_MS);
    await second.advance(RECORDED_MS - 100 * BAR_MS);
    const [live, earlier] = [liveAt(RECORDED_MS), liveAt(RECORDED_MS - 100 * BAR_MS)];
    expect(first.interval('long', 1, 2).usd).toBe(0);
    expect(first.profile(live)).toEqual(alone.profile(live));
    second.profile(earlier);
    const own = intervalOf(first, live);
    expect(own.usd).toBeGreaterThan(0);
    expect(own).toEqual(intervalOf(alone, live));
    expect(intervalOf(second, earlier)).not.toEqual(own);
  });

  it('are not folded twice where the book went over them meanwhile', async () => {
    const log = await recordedLog();
    const liveBooks = createSharedBooks();
    const estimator = await createEstimator(BTCUSDT, TIERS, START_MS, log, { liveBooks });
    await estimator.advance(RECORDED_MS);
    const live = liveAt(RECORDED_MS);
    estimator.profile(live);
    await estimator.advance(RECORDED_MS + BAR_MS);
    liveBooks.claim(liveBooks.create(createBookConfig(TIERS, 'linear')));
    const folded = await createEstimator(BTCUSDT, TIERS, START_MS, log);
    await folded.advance(RECORDED_MS + BAR_MS);
    folded.profile({ ...live, bars: [] });
    expect(intervalOf(estimator, live)).toEqual(intervalOf(folded, live));
  });
});

describe('bars whose open interest is not known', () => {
  it('are at hand while a map of them is shown, not a history of them', async () => {
    const log = createMemoryLog(() => {});
    const estimator = await createEstimator(BTCUSDT, TIERS, START_MS, log);
    const append = (from: number, to: number) =>
      log.appendBars(
        BTCUSDT.id,
        Array.from({ length: to - from }, (_, i) => barAt(START_MS + (from + i) * BAR_MS)),
      );
    await append(0, 12);
    await estimator.advance(START_MS);
    expect(estimator.pendingBars).toHaveLength(12);
    await append(12, 100);
    await estimator.advance(START_MS + 100 * BAR_MS);
    expect(estimator.pendingBars).toHaveLength(0);
  });
});

it('folds no bar twice where something failed amid a stretch', async () => {
  const log = await recordedLog();
  let left = 20;
  const scoreboard = {
    freeze() {
      left -= 1;
      if (left === 0) throw new Error('odd');
    },
  };
  const failing = await createEstimator(BTCUSDT, TIERS, START_MS, log, { scoreboard });
  await expect(failing.advance(END_MS)).rejects.toThrow('odd');
  await failing.advance(END_MS);
  const whole = await createEstimator(BTCUSDT, TIERS, START_MS, await recordedLog());
  await whole.advance(END_MS);
  const live = liveAt(END_MS);
  expect(failing.profile(live)).toEqual(whole.profile(live));
});

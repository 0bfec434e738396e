import { describe, expect, it } from 'vitest';

import { DAY_MS, HOUR_MS, SECOND_MS } from '@/lib/core/time';
import { BAR_MS } from '@/lib/market/bar';
import { createBookConfig } from '@/lib/model/book-config';
import { ENOUGH_EVENTS } from '@/lib/model/leverage-learning';
import { createEstimator, type Estimator } from '@/lib/services/contract/estimator';
import { learnMix } from '@/lib/services/contract/learn-mix';
import type { MarketLog } from '@/lib/store/log/market-log';
import { createMemoryLog } from '@/lib/store/log/open-market-log';
import { BTCUSDT } from '@/tests/market/sample-contract';
import { barAt, createFakeVenue } from '@/tests/services/fake-venue';
import { createHubStage } from '@/tests/services/hub-stage';
import {
  END_MS,
  RECORDED_BARS,
  RECORDED_MS,
  liquidationsAt,
  recordedLog,
  START_MS,
  TIERS,
} from '@/tests/services/recorded-history';

const NOW_MS = Date.UTC(2026, 4, 20, 12, 2);
const STATED = createBookConfig(TIERS, 'linear');
const open = (log: MarketLog) => createEstimator(BTCUSDT, TIERS, START_MS, log, { sampling: 'largest' });
async function folded(log: MarketLog, untilMs = END_MS): Promise<Estimator> {
  const estimator = await open(log);
  await estimator.advance(untilMs);
  return estimator;
}
const levels = (estimator: Estimator) => {
  const { long, short } = estimator.profile({ bars: [], markPrice: 60_000, lastPrice: 60_000, asOfMs: 0 });
  return [...long, ...short];
};

/** What a store holds that recorded the last four of thirty days. */
function recordedDays(): Partial<MarketLog> {
  const [fromMs, toMs] = [NOW_MS - 4 * DAY_MS, NOW_MS + DAY_MS];
  return {
    readRecordedSpans: () => Promise.resolve([{ fromMs, toMs }]),
    readLiquidations: (_, from, to = Infinity) => {
      const first = Math.ceil(Math.max(from, fromMs) / BAR_MS);
      const count = Math.max(0, Math.floor(Math.min(to, NOW_MS) / BAR_MS) - first);
      return Promise.resolve(Array.from({ length: count }, (_each, i) => liquidationsAt((first + i) * BAR_MS)).flat());
    },
  };
}

describe('a running background', () => {
  it('learns a mix from what is stored, states figures with it, and forgets it when asked', async () => {
    const s = createHubStage([createFakeVenue(NOW_MS)], { ...createMemoryLog(() => {}), ...recordedDays() });
    const { of } = s.watch('binance');
    await s.settle();
    for (let tick = 0; tick < 4; tick += 1) await s.advance(SECOND_MS);
    const learned = of('summary').at(-1)?.summary;
    expect(learned?.learning).toMatchObject({ source: 'own', enoughEvents: ENOUGH_EVENTS });
    expect(learned?.learning.eventCount).toBeGreaterThan(2_000);
    for (const { longUsd, longRange } of learned?.atRisk ?? []) {
      expect(longRange.lowUsd).toBeLessThanOrEqual(longUsd);
      expect(longRange.highUsd).toBeGreaterThanOrEqual(longUsd);
    }
    expect(learned?.atRisk.at(-1)?.longRange.confidence).toMatch(/good|fair|rough/);

    s.hub.handlers.onResetLearning(BTCUSDT.id);
    await s.settle();
    for (let tick = 0; tick < 4; tick += 1) await s.advance(SECOND_MS);
    expect(of('summary').at(-1)?.summary.learning).toMatchObject({
      source: 'prior',
      eventCount: 0,
      learnedThroughMs: null,
    });
  });
});

describe('learning from the log', () => {
  it('counts the liquidations of the bars that were recorded throughout, and no others', async () => {
    const estimator = await folded(await recordedLog());
    expect(estimator.eventCount).toBe(2 * RECORDED_BARS);
    expect(estimator.mixInForce).toBeNull();
  });

  it('is the same to the bit however often the worker was killed in between', async () => {
    const [whole, pieces] = [await recordedLog(), await recordedLog()];
    const once = await folded(whole);
    let last = await folded(pieces, START_MS + DAY_MS);
    for (let atMs = START_MS + DAY_MS + HOUR_MS; atMs <= END_MS; atMs += HOUR_MS) {
      // Every fifth hour another life; every seventh stops short of a checkpoint first.
      if ((atMs / HOUR_MS) % 5 === 0) last = await open(pieces);
      if ((atMs / HOUR_MS) % 7 === 0) await last.advance(atMs - HOUR_MS / 2);
      await last.advance(atMs);
    }
    expect(last.eventCount).toBe(once.eventCount);
    expect(levels(last)).toEqual(levels(once));
    const [learnedOnce, learnedInPieces] = [
      await whole.readLearning(BTCUSDT.id),
      await pieces.readLearning(BTCUSDT.id),
    ];
    expect(learnedOnce?.evidence.length).toBeGreaterThan(100);
    expect(learnedInPieces).toEqual(learnedOnce);
  });

  it('puts no mix in force before there are enough events', async () => {
    const log = await recordedLog();
    const early = await folded(log, RECORDED_MS + 10 * HOUR_MS);
    expect(early.eventCount).toBeLessThan(ENOUGH_EVENTS);
    expect(await learnMix(BTCUSDT, STATED, log)).toBe(false);
    expect(await log.readMix(BTCUSDT.id)).toBeNull();
  });

  it('replaces the prior once they are, folds anew under it, and keeps it over a restart', async () => {
    const log = await recordedLog();
    const before = await folded(log);
    expect(await learnMix(BTCUSDT, STATED, log)).toBe(true);
    const after = await folded(log);
    expect(after.mixInForce).toMatchObject({ source: 'own', throughMs: END_MS, eventCount: 2 * RECORDED_BARS });
    expect(after.leverageMix).not.toEqual(before.leverageMix);
    expect(levels(after)).not.toEqual(levels(before));
    expect(after.eventCount).toBe(before.eventCount);
    const restarted = await open(log);
    expect(restarted.savedThroughMs).toBe(END_MS);
    expect(levels(restarted)).toEqual(levels(after));
  });

  it('narrows the interval of what it states', async () => {
    const log = await recordedLog();
    const widthOf = (estimator: Estimator) => {
      const markPrice = barAt(END_MS - BAR_MS).close;
      estimator.profile({ bars: [], markPrice, lastPrice: markPrice, asOfMs: END_MS });
      const { lowUsd, highUsd, usd } = estimator.interval('long', 0.97 * markPrice, markPrice);
      expect(lowUsd).toBeLessThan(usd);
      return highUsd / lowUsd;
    };
    const before = widthOf(await folded(log));
    await learnMix(BTCUSDT, STATED, log);
    expect(widthOf(await folded(log))).toBeLessThan(before);
  });

  it('lends a contract of its kind the mix until that has its own', async () => {
    const log = await recordedLog();
    await folded(log);
    const ETHUSDT = { ...BTCUSDT, id: 'binance:ETHUSDT', symbol: 'ETHUSDT', baseAsset: 'ETH' } as const;
    await log.keepSeed(ETHUSDT.id, (await log.readSeed(BTCUSDT.id)) ?? []);
    await log.appendBars(ETHUSDT.id, await log.readBars(BTCUSDT.id, 0));
    await log.appendOpenInterest(ETHUSDT.id, await log.readOpenInterest(BTCUSDT.id, 0));
    await log.extendRecordedSpan(ETHUSDT.id, { fromMs: END_MS - 10 * HOUR_MS, toMs: END_MS });
    const other = await createEstimator(ETHUSDT, TIERS, START_MS, log, { sampling: 'largest' });
    await other.advance(END_MS);
    expect(await learnMix(ETHUSDT, STATED, log)).toBe(true);
    expect(await log.readMix(ETHUSDT.id)).toMatchObject({ source: 'group', positionQty: NaN });
  });

  it('starts again from the prior when reset, and counts only what comes later', async () => {
    const log = await recordedLog();
    await folded(log);
    await learnMix(BTCUSDT, STATED, log);
    const resetMs = END_MS - 5 * HOUR_MS;
    await log.resetLearning(BTCUSDT.id, resetMs);
    const after = await folded(log);
    expect(after.mixInForce).toBeNull();
    expect(after.leverageMix).toEqual(STATED.classes.map(({ leverage, share }) => ({ leverage, share })));
    expect(after.eventCount).toBe(2 * 5 * 12);
  });
});

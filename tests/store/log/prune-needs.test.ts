import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { expect, it } from 'vitest';

import { DAY_MS, floorToStep, HOUR_MS } from '@/lib/core/time';
import { BAR_MS } from '@/lib/market/bar';
import { createMemoryTables } from '@/lib/store/log/memory-tables';
import { prune, RETENTION } from '@/lib/store/log/prune';

import { bar, BTC, createLogUnderTest, liquidation, START_MS } from './log-under-test';

/** What a running view reads: a month of bars with a margin for where it began, a month of events, a week of the tape. */
const VIEW_MS = { series: 31 * DAY_MS, events: 30 * DAY_MS - HOUR_MS, tape: 7 * DAY_MS };

it('never takes what a running view needs, and leaves nothing that is twice as old', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 30 * DAY_MS }),
      fc.uniqueArray(fc.integer({ min: 0, max: 80 * 288 }), { minLength: 1, maxLength: 40 }),
      fc.integer({ min: 0, max: 120 }),
      fc.boolean(),
      async (offsetMs, barAges, otherCount, isTooMuch) => {
        const nowMs = START_MS + 100 * DAY_MS + offsetMs;
        const { log, tables } = createLogUnderTest(createMemoryTables());
        const times = barAges.map((age) => floorToStep(nowMs, BAR_MS) - age * BAR_MS).sort((a, b) => a - b);
        await log.appendBars(
          BTC,
          times.map((timeMs) => bar(timeMs)),
        );
        await log.appendOpenInterest(
          BTC,
          times.map((timeMs) => ({ timeMs, openInterest: 1 })),
        );
        await log.appendColumns(
          BTC,
          times.map((timeMs) => ({ timeMs, column: {} })),
        );
        await log.appendLiquidations(
          BTC,
          times.map((timeMs) => liquidation(timeMs)),
        );
        await log.keepSeed(BTC, [bar(times[0] - HOUR_MS)]);
        await log.keepHistoryStart(BTC, { startMs: times[0], minutesMs: null });
        for (let i = 0; i < otherCount; i++) {
          await log.markWatched(`binance:COIN${i}`, nowMs);
          await log.appendBars(`binance:COIN${i}`, [bar(floorToStep(nowMs, BAR_MS))]);
        }
        await log.extendRecordedSpan(BTC, { fromMs: times[0], toMs: nowMs });
        for (let hour = 0; hour < (isTooMuch ? 40 : 1); hour++)
          await prune(tables, nowMs, new Set([BTC]), RETENTION, isTooMuch ? 2 * RETENTION.maxBytes : 0);

        const needed = (spanMs: number) => times.filter((timeMs) => timeMs >= nowMs - spanMs);
        const kept = {
          bars: await log.readBarTimes(BTC, 0),
          points: await log.readOpenInterestTimes(BTC, 0),
          columns: (await log.readColumns(BTC, 0, Infinity)).map(({ timeMs }) => timeMs),
          events: (await log.readLiquidations(BTC, 0)).map(({ timeMs }) => timeMs),
        };
        for (const series of [kept.bars, kept.points, kept.columns])
          expect(series).toEqual(expect.arrayContaining(needed(VIEW_MS.series)));
        expect(kept.events).toEqual(expect.arrayContaining(needed(isTooMuch ? VIEW_MS.tape : VIEW_MS.events)));
        // What counts as recorded is there.
        const [span] = await log.readRecordedSpans({ id: BTC });
        const claimed = times.filter((timeMs) => timeMs >= Math.max(span.fromMs, nowMs - VIEW_MS.events));
        expect(kept.events).toEqual(expect.arrayContaining(claimed));
        for (const series of Object.values(kept))
          for (const timeMs of series) expect(nowMs - timeMs).toBeLessThan(RETENTION.seriesMs + 2 * DAY_MS);
        // A fold of the running view can begin again as it did.
        expect(await log.readSeed(BTC)).not.toBeNull();
        expect(await log.readHistoryStart(BTC)).toBe(times[0]);
        expect((await tables.owners('bars')).length).toBeLessThanOrEqual(RETENTION.maxContracts + 1);
      },
    ),
    { numRuns: 30 },
  );
});

import { expect, it } from 'vitest';

import { MINUTE_MS, SECOND_MS } from '@/lib/core/time';
import { BAR_MS } from '@/lib/market/bar';
import type { MarketLog } from '@/lib/store/log/market-log';
import { createMemoryLog } from '@/lib/store/log/open-market-log';
import { BTCUSDT } from '@/tests/market/sample-contract';
import { createFakeVenue } from '@/tests/services/fake-venue';
import { createHubStage } from '@/tests/services/hub-stage';

const NOW_MS = Date.UTC(2026, 4, 20, 12, 2);

/** A disk that takes a recorded stretch later than it tells bars. */
function slowLog(): MarketLog {
  const log = createMemoryLog(() => {});
  return {
    ...log,
    async extendFeedSpan(...stretch) {
      for (let turn = 0; turn < 300; turn += 1) await Promise.resolve();
      return log.extendFeedSpan(...stretch);
    },
  };
}

it('scores every bar that was recorded throughout, however long the disk takes to note that', async () => {
  // What it polled of its open interest is at hand as soon as the bar is: the bar is folded at once.
  const fake = createFakeVenue(NOW_MS, { openInterestReachMs: 0 });
  fake.state.isRecording = true;
  const log = slowLog();
  const s = createHubStage([fake], log);
  s.watch('binance');
  await s.pass(14 * MINUTE_MS, 5 * SECOND_MS);
  const firstMs = Math.ceil(NOW_MS / BAR_MS) * BAR_MS;
  const scored = (await log.readBarScores(BTCUSDT.id, 0)).map(({ openTimeMs }) => openTimeMs);
  expect(scored).toEqual(Array.from({ length: 2 }, (_, i) => firstMs + i * BAR_MS));
});

it('counts for a bar what the venue tells of it half a minute late', async () => {
  const fake = createFakeVenue(NOW_MS, { openInterestReachMs: 0 });
  fake.state.isRecording = true;
  const log = createMemoryLog(() => {});
  const venue = { ...fake.venue, liquidationLagMs: 30 * SECOND_MS };
  const s = createHubStage([{ ...fake, venue }], log);
  s.watch('binance');
  const firstMs = Math.ceil(NOW_MS / BAR_MS) * BAR_MS;
  await s.pass(firstMs + BAR_MS + 20 * SECOND_MS - NOW_MS, 5 * SECOND_MS);
  const timeMs = firstMs + BAR_MS - 2 * SECOND_MS;
  const bankruptcyPrice = fake.priceAt(timeMs);
  fake.liquidate({ timeMs, positionSide: 'long', bankruptcyPrice, averagePrice: NaN, qty: 2 });
  await s.pass(MINUTE_MS, 5 * SECOND_MS);
  const [first] = await log.readBarScores(BTCUSDT.id, 0);
  expect(first.openTimeMs).toBe(firstMs);
  expect(first.observed.long).toBeGreaterThan(2 * 0.99 * bankruptcyPrice);
});

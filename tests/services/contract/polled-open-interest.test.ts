import { describe, expect, it } from 'vitest';

import { err, ok } from '@/lib/core/result';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '@/lib/core/time';
import { BAR_MS } from '@/lib/market/bar';
import { totalUsd } from '@/lib/market/profile-sum';
import { createMemoryLog } from '@/lib/store/log/open-market-log';
import type { VenueError } from '@/lib/venues/venue';
import { BTCUSDT } from '@/tests/market/sample-contract';
import { createFakeVenue, openInterestAt } from '@/tests/services/fake-venue';
import { createHubStage } from '@/tests/services/hub-stage';

const NOW_MS = Date.UTC(2026, 4, 20, 12, 2);
/** Well within the time after a bar's end in which a figure counts for it. */
const STEP_MS = 5 * SECOND_MS;

/** A venue that tells its open interest as of now only. */
function stage(log = createMemoryLog(() => {}), startMs = NOW_MS, openInterestReachMs = 0) {
  const fake = createFakeVenue(startMs, { openInterestReachMs });
  const hub = createHubStage([fake], log);
  const points = () => log.readOpenInterest(BTCUSDT.id, 0);
  return { fake, log, points, ...hub };
}

describe('a venue without a history of open interest', () => {
  it('has a sensible map at once, from the figure of the moment', async () => {
    const s = stage();
    const chart = s.watch('binance');
    await s.pass(3 * SECOND_MS);
    expect(await s.points()).toEqual([]);
    const known = stage(undefined, undefined, 30 * DAY_MS);
    const other = known.watch('binance');
    await known.pass(3 * SECOND_MS);
    expect(chart.members()[0].openInterestSinceMs).toBeGreaterThan(NOW_MS);
    expect(other.members()[0].openInterestSinceMs).toBeNull();
    const [held, folded] = [chart.profile()!, other.profile()!];
    expect(held.openInterestUsd).toBeCloseTo(folded.openInterestUsd, -3);
    expect(totalUsd(held.long) / totalUsd(folded.long)).toBeGreaterThan(0.6);
    expect(totalUsd(held.long) / totalUsd(folded.long)).toBeLessThan(1.6);
  });

  it('stores what is polled at the end of a bar as that of the bar, and nothing in between', async () => {
    const s = stage();
    const chart = s.watch('binance');
    await s.pass(8 * MINUTE_MS + 30 * SECOND_MS, STEP_MS);
    const endMs = Math.ceil(NOW_MS / BAR_MS) * BAR_MS;
    const points = await s.points();
    expect(points.map(({ timeMs }) => timeMs)).toEqual([endMs, endMs + BAR_MS]);
    for (const { timeMs, openInterest } of points) expect(openInterest / openInterestAt(timeMs)).toBeCloseTo(1, 3);
    expect(chart.profile()?.asOfMs).toBeGreaterThan(endMs + BAR_MS);
  });

  it('leaves the end of a bar that was missed missing', async () => {
    const s = stage();
    s.watch('binance');
    await s.pass(4 * MINUTE_MS, STEP_MS);
    await s.advance(7 * MINUTE_MS);
    await s.pass(3 * MINUTE_MS, STEP_MS);
    const endMs = Math.ceil(NOW_MS / BAR_MS) * BAR_MS;
    expect((await s.points()).map(({ timeMs }) => timeMs)).toEqual([endMs, endMs + 2 * BAR_MS]);
  });

  it('has its map at once again after a day away, and folds on from the log', async () => {
    const log = createMemoryLog(() => {});
    const before = stage(log);
    before.watch('binance');
    await before.pass(6 * MINUTE_MS, STEP_MS);
    const s = stage(log, NOW_MS + DAY_MS);
    const chart = s.watch('binance');
    await s.pass(3 * SECOND_MS);
    expect(chart.profile()?.openInterestUsd).toBeGreaterThan(0);
    await s.pass(4 * MINUTE_MS, STEP_MS);
    expect(await s.points()).toHaveLength(2);
    expect(chart.profile()?.asOfMs).toBeGreaterThan(NOW_MS + DAY_MS + 4 * MINUTE_MS);
  });

  it('stores nothing for an hour that has not come, and what comes once the time is right', async () => {
    const boundaryMs = Math.ceil(NOW_MS / BAR_MS) * BAR_MS;
    const log = createMemoryLog(() => {});
    const fake = createFakeVenue(boundaryMs - 10_000, { openInterestReachMs: 0 });
    let aheadMs = 3 * HOUR_MS;
    const venue: typeof fake.venue = {
      ...fake.venue,
      async fetchTime(signal) {
        const time = await fake.venue.fetchTime(signal);
        return time.ok ? ok(time.value + aheadMs) : time;
      },
      async fetchSnapshot(symbol, signal) {
        const told = await fake.venue.fetchSnapshot(symbol, signal);
        if (!told.ok || told.value.openInterest === null) return told;
        const timeMs = fake.state.nowMs + aheadMs;
        return ok({ ...told.value, venueTimeMs: timeMs, openInterest: { ...told.value.openInterest, timeMs } });
      },
    };
    fake.state.isMute = true;
    const hub = createHubStage([{ ...fake, venue }], log);
    hub.watch('binance');
    await hub.pass(2 * MINUTE_MS, STEP_MS);
    expect(await log.readOpenInterest(BTCUSDT.id, 0)).toEqual([]);
    aheadMs = 0;
    fake.state.isMute = false;
    await hub.pass(4 * MINUTE_MS, STEP_MS);
    const points = await log.readOpenInterest(BTCUSDT.id, 0);
    expect(points.map(({ timeMs }) => timeMs)).toEqual([boundaryMs + BAR_MS]);
  });

  it('is polled by a hidden chart too, also where the history was withdrawn while it was in use', async () => {
    const log = createMemoryLog(() => {});
    const fake = createFakeVenue(NOW_MS);
    let isWithdrawn = false;
    const venue: typeof fake.venue = {
      ...fake.venue,
      get openInterestReachMs() {
        return isWithdrawn ? 0 : 30 * DAY_MS;
      },
      fetchOpenInterest: async (...asked) => (isWithdrawn ? ok([]) : fake.venue.fetchOpenInterest(...asked)),
    };
    const hub = createHubStage([{ ...fake, venue }], log);
    hub.watch('binance', 'BTCUSDT', 'quiet');
    await hub.pass(10 * SECOND_MS, STEP_MS);
    isWithdrawn = true;
    await hub.pass(10 * MINUTE_MS, STEP_MS);
    const endMs = Math.ceil(NOW_MS / BAR_MS) * BAR_MS;
    const times = (await log.readOpenInterest(BTCUSDT.id, endMs)).map(({ timeMs }) => timeMs);
    expect(times).toEqual([endMs, endMs + BAR_MS]);
  });

  it('keeps what was polled while the bars failed to come', async () => {
    const log = createMemoryLog(() => {});
    const fake = createFakeVenue(NOW_MS, { openInterestReachMs: 0 });
    let isDown = false;
    const down: VenueError = { kind: 'http', message: 'down', detail: '500', retryAtMs: null };
    const venue: typeof fake.venue = {
      ...fake.venue,
      fetchBars: async (...asked) => (isDown ? err(down) : fake.venue.fetchBars(...asked)),
    };
    const hub = createHubStage([{ ...fake, venue }], log);
    hub.watch('binance');
    await hub.pass(MINUTE_MS, STEP_MS);
    isDown = true;
    await hub.pass(12.5 * MINUTE_MS, STEP_MS);
    isDown = false;
    await hub.pass(MINUTE_MS, STEP_MS);
    const endMs = Math.ceil(NOW_MS / BAR_MS) * BAR_MS;
    const points = await log.readOpenInterest(BTCUSDT.id, 0);
    expect(points.map(({ timeMs }) => timeMs)).toEqual([0, 1, 2].map((nth) => endMs + nth * BAR_MS));
  });
});

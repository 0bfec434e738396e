import { describe, expect, it } from 'vitest';

import { DAY_MS, MINUTE_MS, SECOND_MS } from '@/lib/core/time';
import { BAR_MS } from '@/lib/market/bar';
import { totalUsd } from '@/lib/market/profile-sum';
import { createMemoryLog } from '@/lib/store/open-market-log';
import { BTCUSDT } from '@/tests/market/sample-contract';
import { createFakeVenue, openInterestAt } from '@/tests/services/fake-venue';
import { createHubStage } from '@/tests/services/hub-stage';

const NOW_MS = Date.UTC(2026, 4, 20, 12, 2);

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
    await s.pass(8 * MINUTE_MS + 30 * SECOND_MS);
    const endMs = Math.ceil(NOW_MS / BAR_MS) * BAR_MS;
    const points = await s.points();
    expect(points.map(({ timeMs }) => timeMs)).toEqual([endMs, endMs + BAR_MS]);
    for (const { timeMs, openInterest } of points) expect(openInterest / openInterestAt(timeMs)).toBeCloseTo(1, 3);
    expect(chart.profile()?.asOfMs).toBeGreaterThan(endMs + BAR_MS);
  });

  it('leaves the end of a bar that was missed missing', async () => {
    const s = stage();
    s.watch('binance');
    await s.pass(4 * MINUTE_MS);
    await s.advance(7 * MINUTE_MS);
    await s.pass(3 * MINUTE_MS);
    const endMs = Math.ceil(NOW_MS / BAR_MS) * BAR_MS;
    expect((await s.points()).map(({ timeMs }) => timeMs)).toEqual([endMs, endMs + 2 * BAR_MS]);
  });

  it('has its map at once again after a day away, and folds on from the log', async () => {
    const log = createMemoryLog(() => {});
    const before = stage(log);
    before.watch('binance');
    await before.pass(6 * MINUTE_MS);
    const s = stage(log, NOW_MS + DAY_MS);
    const chart = s.watch('binance');
    await s.pass(3 * SECOND_MS);
    expect(chart.profile()?.openInterestUsd).toBeGreaterThan(0);
    await s.pass(4 * MINUTE_MS);
    expect(await s.points()).toHaveLength(2);
    expect(chart.profile()?.asOfMs).toBeGreaterThan(NOW_MS + DAY_MS + 4 * MINUTE_MS);
  });
});

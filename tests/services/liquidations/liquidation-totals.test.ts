import { describe, expect, it } from 'vitest';

import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '@/lib/core/time';
import type { PositionSide } from '@/lib/market/liquidation';
import { LIQUIDATION_WINDOWS_MS } from '@/lib/market/realised';
import { samplingFactor } from '@/lib/model/sampled-feed';
import { createLiquidationTotals } from '@/lib/services/liquidations/liquidation-totals';

const NOW_MS = Date.UTC(2026, 4, 20, 12, 0, 30);
const at = (ageMs: number, positionSide: PositionSide = 'long') => ({ timeMs: NOW_MS - ageMs, positionSide });

function totalsNow() {
  const totals = createLiquidationTotals();
  totals.advance(NOW_MS);
  const windowsOf = (key: number) => LIQUIDATION_WINDOWS_MS.map((_, window) => totals.sums(key, window));
  return { totals, windowsOf };
}

describe('totals of what was liquidated', () => {
  it('puts each event into every window it is young enough for', () => {
    const { totals, windowsOf } = totalsNow();
    const agesMs = [MINUTE_MS, 30 * MINUTE_MS, 2 * HOUR_MS, 6 * HOUR_MS, 18 * HOUR_MS, 3 * DAY_MS, 9 * DAY_MS];
    agesMs.forEach((ageMs, i) => totals.add(0, at(ageMs), 10 ** i, 'complete'));
    totals.add(0, at(0, 'short'), 0.1, 'complete');
    expect(windowsOf(0).map(({ longUsd }) => longUsd)).toEqual([1, 11, 111, 1_111, 11_111, 111_111]);
    expect(windowsOf(0).map(({ longCount }) => longCount)).toEqual([1, 2, 3, 4, 5, 6]);
    for (const window of windowsOf(0)) expect(window).toMatchObject({ shortUsd: 0.1, shortCount: 1 });
    expect(windowsOf(1)[5]).toMatchObject({ longUsd: 0, shortUsd: 0, longCount: 0 });
  });

  it('leaves nothing behind once all has left, to the cent', () => {
    const { totals, windowsOf } = totalsNow();
    for (let i = 0; i < 1_000; i += 1) totals.add(2, at(i * SECOND_MS), 0.07 * i + 0.01, 'largest');
    totals.advance(NOW_MS + 2 * DAY_MS);
    expect(windowsOf(2)[4]).toEqual({
      longUsd: 0,
      shortUsd: 0,
      longCorrectedUsd: 0,
      shortCorrectedUsd: 0,
      longCount: 0,
      shortCount: 0,
    });
    totals.advance(NOW_MS + 8 * DAY_MS);
    expect(windowsOf(2)[5]).toMatchObject({ longUsd: 0, longCorrectedUsd: 0, longCount: 0 });
  });

  it('tells every hour of a week by itself, all contracts together', () => {
    const { totals } = totalsNow();
    totals.add(0, at(MINUTE_MS, 'long'), 5, 'complete');
    totals.add(7, at(MINUTE_MS, 'short'), 2, 'complete');
    totals.add(3, at(3 * DAY_MS, 'long'), 40, 'complete');
    totals.add(3, at(9 * DAY_MS, 'long'), 1e3, 'complete');
    const hourOf = (ageMs: number) => Math.floor((NOW_MS - ageMs) / HOUR_MS) * HOUR_MS;
    expect(totals.hours()).toEqual([
      { startMs: hourOf(3 * DAY_MS), longUsd: 40, shortUsd: 0 },
      { startMs: hourOf(MINUTE_MS), longUsd: 5, shortUsd: 2 },
    ]);
  });

  it('corrects a sampled feed by how many seconds of the minute carry an event, both sides alike', () => {
    const { totals, windowsOf } = totalsNow();
    for (let second = 0; second < 20; second += 1) {
      totals.add(0, at(20 * SECOND_MS - second * SECOND_MS, second % 2 === 0 ? 'long' : 'short'), 100, 'largest');
    }
    const factor = samplingFactor('largest', 20 / 60);
    expect(factor).toBeGreaterThan(1.02);
    const [window] = windowsOf(0);
    expect(window).toMatchObject({ longUsd: 1_000, shortUsd: 1_000 });
    expect(window.longCorrectedUsd).toBeCloseTo(1_000 * factor, 1);
    expect(window.shortCorrectedUsd).toBeCloseTo(1_000 * factor, 1);
  });

  it('corrects nothing where the feed is complete or the sum is the venue’s own', () => {
    const { totals, windowsOf } = totalsNow();
    for (let i = 0; i < 30; i += 1) totals.add(0, at(i * SECOND_MS), 100, 'complete');
    expect(windowsOf(0)[1]).toMatchObject({ longUsd: 3_000, longCorrectedUsd: 3_000 });
    totals.addStated(1, NOW_MS - HOUR_MS / 2, 40, NaN);
    expect(windowsOf(1)[1]).toMatchObject({ longUsd: 40, longCorrectedUsd: 40, longCount: 0, shortUsd: 0 });
  });
});

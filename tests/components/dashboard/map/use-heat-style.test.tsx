// @vitest-environment happy-dom
import { expect, it } from 'vitest';

import type { MapDay } from '@/components/dashboard/map/map-day';
import { createMapHistory } from '@/components/dashboard/map/map-history';
import { useHeatStyle } from '@/components/dashboard/map/use-heat-style';
import { DAY_MS } from '@/lib/core/time';
import { createMemoryLog } from '@/lib/store/log/open-market-log';
import { DEFAULT_BAND_SETTINGS } from '@/lib/store/settings';
import { columnOf } from '@/tests/components/dashboard/columns';
import { createRoot } from '@/tests/components/dashboard/rendering';
import { CONTRACT } from '@/tests/components/samples';

const { show } = createRoot();
const TODAY = Date.UTC(2024, 8, 18);

const dayOf = (startMs: number, usd: number): MapDay => ({
  startMs,
  bars: [],
  slots: [[columnOf(60_000, startMs, { [-80]: usd, [80]: usd / 4 })]],
  events: [],
  isWhole: true,
});

it('gauges a range by what lies in it, once all of it is read', async () => {
  const history = createMapHistory(
    createMemoryLog(() => {}),
    [CONTRACT],
    () => TODAY,
    new AbortController().signal,
  );
  const days = new Map([[TODAY, dayOf(TODAY, 1e6)]]);
  const shown = { ...history, days };
  let fullUsd = NaN;
  function Probe({ rangeDays, isLoaded, isMade }: Record<'isLoaded' | 'isMade', boolean> & { rangeDays: number }) {
    const rangeMs = rangeDays * DAY_MS;
    const fromMs = TODAY + DAY_MS - rangeMs;
    const style = useHeatStyle(shown, isLoaded, isMade, fromMs, rangeMs, DEFAULT_BAND_SETTINGS, 'dark');
    fullUsd = style?.scale(1).hi ?? NaN;
    return null;
  }
  const gaugedAt = async (rangeDays: number, isLoaded: boolean, isMade = true) => {
    await show(<Probe rangeDays={rangeDays} isLoaded={isLoaded} isMade={isMade} />);
    return fullUsd;
  };
  const ofDay = await gaugedAt(1, true);
  expect(ofDay / 1e6).toBeCloseTo(1, 1);
  // A month is wanted: its first days come in while colours stay.
  days.set(TODAY - 5 * DAY_MS, dayOf(TODAY - 5 * DAY_MS, 9e6));
  expect(await gaugedAt(30, false)).toBe(ofDay);
  expect((await gaugedAt(30, true)) / 9e6).toBeCloseTo(1, 1);
  expect(await gaugedAt(1, true)).toBe(ofDay);
  // Of a past that is still being made few columns are there.
  const before = await gaugedAt(30, true, false);
  days.set(TODAY - 4 * DAY_MS, dayOf(TODAY - 4 * DAY_MS, 4e7));
  expect(await gaugedAt(30, true, false)).toBe(before);
  expect((await gaugedAt(30, true)) / 4e7).toBeCloseTo(1, 1);
});

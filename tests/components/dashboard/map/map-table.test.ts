import { expect, it } from 'vitest';

import { createMapHistory } from '@/components/dashboard/map/map-history';
import { mapTable } from '@/components/dashboard/map/map-table';
import { DAY_MS, HOUR_MS } from '@/lib/core/time';
import { usdBetween } from '@/lib/market/profile';
import { createMemoryLog } from '@/lib/store/log/open-market-log';
import { columnOf } from '@/tests/components/dashboard/columns';
import { CONTRACT, NOW_MS, sampleProfile } from '@/tests/components/samples';
import { splitProfile } from '@/tests/model/split-profile';

const BIN = 0.00025;

it('holds every dollar within a tenth of the price, by side, of the live map and of stored columns', async () => {
  const log = createMemoryLog(() => {});
  const asOfMs = NOW_MS - 6 * HOUR_MS;
  // 1.5 % below and 3.5 % above the mark of then.
  const column = columnOf(60_000, asOfMs, { [Math.round(-0.0151 / BIN)]: 2e6, [Math.round(0.0344 / BIN)]: 3e6 });
  await log.appendColumns(CONTRACT.id, [{ timeMs: asOfMs, column }]);
  const history = createMapHistory(log, [CONTRACT], () => NOW_MS, new AbortController().signal);
  await history.load(NOW_MS - DAY_MS, () => {});
  const live = sampleProfile();
  const table = mapTable(history.days, live, NOW_MS, DAY_MS);
  if (table === null) throw new Error('no table');
  expect(table.timesMs).toEqual([live.asOfMs, asOfMs]);
  expect(table.rows).toHaveLength(20);
  const whole = (at: number, isAbove: boolean) =>
    table.rows.filter(({ to }) => to > 0 === isAbove).reduce((sum, { usd }) => sum + usd[at], 0);
  const { markPrice } = live;
  expect(whole(0, true) / usdBetween(live, markPrice, markPrice * 1.1).short).toBeCloseTo(1, 9);
  expect(whole(0, false) / usdBetween(live, markPrice * 0.9, markPrice).long).toBeCloseTo(1, 9);
  const past = table.rows.filter(({ usd }) => usd[1] > 0).map(({ from, usd }) => [from.toFixed(2), usd[1] / 1e6]);
  expect(past.map(([from]) => from)).toEqual(['0.03', '-0.02']);
  expect(past[0][1]).toBeCloseTo(3, 1);
  expect(past[1][1]).toBeCloseTo(2, 1);
});

it('tells the live map by leverage too, where it is told', () => {
  const live = splitProfile(4);
  const [first, ...rest] = mapTable(new Map(), live, NOW_MS, DAY_MS)!.rows;
  expect(first.liveByGroup).toHaveLength(4);
  // The sample's bin of the mark holds both sides, which none of a real map does.
  const apart = [first, ...rest].filter(({ from, to }) => Math.abs(from) > 0.005 && Math.abs(to) > 0.005);
  for (const { usd, liveByGroup } of apart) {
    expect(liveByGroup.reduce((sum, each) => sum + each, 0)).toBeCloseTo(usd[0], 3);
  }
  const { groups: _, ...plain } = live;
  expect(mapTable(new Map(), plain, NOW_MS, DAY_MS)!.rows[0].liveByGroup).toEqual([]);
});

it('is none where nothing is known', () => {
  expect(mapTable(new Map(), null, NOW_MS, DAY_MS)).toBeNull();
});

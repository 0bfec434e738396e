import { expect, it } from 'vitest';

import { DAY_MS, HOUR_MS, MINUTE_MS } from '@/lib/core/time';
import { knownHours } from '@/lib/services/liquidations/known-hours';

const HOUR = Date.UTC(2026, 4, 20, 12);
const NOW_MS = HOUR + 20 * MINUTE_MS;
const none = (startMs: number) => ({ startMs, longUsd: 0, shortUsd: 0 });

it('tells of hours that were recorded, also in part, that nothing was liquidated in them, and nothing of others', () => {
  const liquidated = [{ startMs: HOUR - 5 * HOUR_MS, longUsd: 7, shortUsd: 1 }];
  const spans = [
    { fromMs: HOUR - 4.5 * HOUR_MS, toMs: HOUR - 3 * HOUR_MS },
    { fromMs: HOUR - 5 * MINUTE_MS, toMs: NOW_MS - 2_000 },
  ];
  expect(knownHours(liquidated, spans, NOW_MS)).toEqual([
    ...liquidated,
    none(HOUR - 4 * HOUR_MS),
    none(HOUR - HOUR_MS),
    none(HOUR),
  ]);
});

it('reaches a week back, and never beyond now', () => {
  const hours = knownHours([], [{ fromMs: NOW_MS - 30 * DAY_MS, toMs: NOW_MS + 9 * DAY_MS }], NOW_MS);
  expect(hours[0]).toEqual(none(HOUR - 7 * DAY_MS));
  expect(hours).toHaveLength(7 * 24 + 1);
});

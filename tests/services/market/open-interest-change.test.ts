import { expect, it } from 'vitest';

import { HOUR_MS, MINUTE_MS } from '@/lib/core/time';
import { createOpenInterestChange } from '@/lib/services/market/open-interest-change';

const NOW_MS = Date.UTC(2026, 4, 20, 12);
const A = 'binance:BTCUSDT';
const B = 'gate:BTC_USDT';
/** Contracts worth as much. */
const worth = (...ids: (typeof A | typeof B)[]) => ids.map((id) => ({ id, usd: 1 }));

/** Seen as long ago as a day's change needs. */
const AGO_MS = NOW_MS - 23.5 * HOUR_MS;

it('compares with a day ago', () => {
  const change = createOpenInterestChange();
  for (let hour = 0; hour <= 30; hour += 1) change.add(A, NOW_MS + hour * HOUR_MS, 100 + hour);
  expect(change.of(worth(A, B), NOW_MS + 30 * HOUR_MS)).toBeCloseTo(130 / 107 - 1, 12);
});

it('knows no change of a day before it has looked for a day, nor of what it never saw', () => {
  const change = createOpenInterestChange();
  expect(change.of(worth(A), NOW_MS)).toBeNull();
  for (let hour = 0; hour <= 22; hour += 1) {
    change.add(A, NOW_MS + hour * HOUR_MS, 100 + hour);
    expect(change.of(worth(A), NOW_MS + hour * HOUR_MS)).toBeNull();
  }
  change.add(A, NOW_MS + 22 * HOUR_MS + MINUTE_MS, NaN);
  expect(change.of(worth(A), NOW_MS + 23 * HOUR_MS)).toBeCloseTo(0.22, 12);
});

it('takes a venue that came later for no rise', () => {
  const change = createOpenInterestChange();
  change.add(A, AGO_MS, 100);
  change.add(A, NOW_MS, 110);
  change.add(B, AGO_MS + 2 * HOUR_MS, 900);
  change.add(B, NOW_MS, 950);
  expect(change.of(worth(A, B), NOW_MS)).toBeCloseTo(0.1, 12);
});

it('weighs contracts by what they are worth now', () => {
  const change = createOpenInterestChange();
  for (const [id, before, after] of [
    [A, 100, 120],
    [B, 7, 3.5],
  ] as const) {
    change.add(id, AGO_MS, before);
    change.add(id, NOW_MS, after);
  }
  const held = [
    { id: A, usd: 120 },
    { id: B, usd: 100 },
  ] as const;
  // 100 to 120 and 200 to 100 USD at today's prices.
  expect(change.of(held, NOW_MS)).toBeCloseTo(220 / 300 - 1, 12);
});

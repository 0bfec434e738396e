import * as fc from 'fast-check';
import { expect, it } from 'vitest';

import type { Liquidation } from '@/lib/market/liquidation';
import { createRecentlySeen } from '@/lib/services/liquidations/recently-seen';

const EVENT: Liquidation = {
  timeMs: 1_779_278_400_000,
  positionSide: 'long',
  bankruptcyPrice: 0.1649,
  averagePrice: NaN,
  qty: 13.7,
};

it('knows an event again by its contract, time, side, price and quantity', () => {
  const recent = createRecentlySeen();
  const changed: readonly Partial<Liquidation>[] = [
    { timeMs: EVENT.timeMs + 1 },
    { positionSide: 'short' },
    { bankruptcyPrice: 0.165 },
    { qty: 13.71 },
  ];
  expect(recent.seen(0, EVENT)).toBe(false);
  expect(recent.seen(0, { ...EVENT, averagePrice: 0.17 })).toBe(true);
  expect(recent.seen(1, EVENT)).toBe(false);
  for (const change of changed) {
    expect(recent.seen(0, { ...EVENT, ...change })).toBe(false);
    expect(recent.seen(0, { ...EVENT, ...change })).toBe(true);
  }
});

it('takes no two of a burst for the same', () => {
  const recent = createRecentlySeen();
  let missed = 0;
  for (let i = 0; i < 200_000; i += 1) {
    const event = { ...EVENT, timeMs: EVENT.timeMs + Math.floor(i / 20), qty: 1 + (i % 20) };
    if (recent.seen(i % 3, event)) missed += 1;
  }
  expect(missed).toBe(0);
});

it('knows what came by just now whatever came before', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(500), fc.nat(1e6)), { minLength: 1 }), (events) => {
      const recent = createRecentlySeen();
      for (const [key, offsetMs] of events) {
        const event = { ...EVENT, timeMs: EVENT.timeMs + offsetMs };
        recent.seen(key, event);
        if (!recent.seen(key, event)) return false;
      }
      return true;
    }),
  );
});

import { expect, it } from 'vitest';

import { isMarketClosed } from '@/lib/market/trading-hours';

it.each([
  ['gold', '2026-05-20T12:00Z', false],
  ['gold', '2026-05-22T20:59Z', false],
  ['gold', '2026-05-22T21:00Z', true],
  ['silver', '2026-05-24T22:59Z', true],
  ['commodity', '2026-05-24T23:00Z', false],
  ['equity', '2026-05-20T08:59Z', true],
  ['equity', '2026-05-20T09:00Z', false],
  ['index', '2026-05-23T12:00Z', true],
  ['major', '2026-05-23T12:00Z', false],
  ['altcoin', '2026-05-24T03:00Z', false],
] as const)('%s at %s: closed is %s', (assetClass, time, isClosed) => {
  expect(isMarketClosed(assetClass, Date.parse(time))).toBe(isClosed);
});

import { expect, it } from 'vitest';

import { HOUR_MS } from '@/lib/core/time';
import { tickersFrom } from '@/lib/venues/binance/tickers';

import { fixture, withValue } from '../fixtures';

const rows = (name: string) => fixture(name) as readonly unknown[];

it('joins prices and marks by symbol, and leaves out dated futures', () => {
  expect(
    tickersFrom(
      rows('ticker'),
      rows('premium-index-all'),
      'linear',
      () => 1,
      () => 8 * HOUR_MS,
    ),
  ).toEqual([
    {
      symbol: 'BTCUSDT',
      lastPrice: 87_741.3,
      markPrice: 87_690.12345678,
      openInterest: NaN,
      change24h: 0.00992,
      volume24hUsd: 13_183_887_111.2,
      fundingRate: 0.0000521,
      fundingIntervalMs: 8 * HOUR_MS,
    },
    {
      symbol: 'XAUUSDT',
      lastPrice: 4355.2,
      markPrice: NaN,
      openInterest: NaN,
      change24h: -0.00094,
      volume24hUsd: 47_963_280.1,
      fundingRate: NaN,
      fundingIntervalMs: 8 * HOUR_MS,
    },
  ]);
});

it('drops a row that cannot be read and keeps the rest', () => {
  const odd = withValue(fixture('ticker'), [0, 'lastPrice'], '-1') as readonly unknown[];
  expect(
    tickersFrom(
      odd,
      [],
      'linear',
      () => 1,
      () => 8 * HOUR_MS,
    ).map(({ symbol }) => symbol),
  ).toEqual(['XAUUSDT']);
});

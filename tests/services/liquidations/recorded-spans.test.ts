import { expect, it } from 'vitest';

import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '@/lib/core/time';
import { createRecordedSpans } from '@/lib/services/liquidations/recorded-spans';

const NOW_MS = Date.UTC(2026, 4, 20, 12, 2);

it('all is recorded where all is that can have been told by now', () => {
  const spans = createRecordedSpans();
  spans.extend('bitget', { fromMs: NOW_MS - 2 * DAY_MS, toMs: NOW_MS - 35 * SECOND_MS });
  expect(spans.share('bitget', DAY_MS, NOW_MS)).toBe(1);
  expect(spans.share('bitget:BTCUSDT', HOUR_MS, NOW_MS)).toBe(1);
  spans.extend('bitget', { fromMs: NOW_MS - 35 * SECOND_MS, toMs: NOW_MS + SECOND_MS });
  expect(spans.share('bitget', DAY_MS, NOW_MS)).toBe(1);
});

it('what is not recorded any more lacks what has passed since', () => {
  const spans = createRecordedSpans();
  spans.extend('gate', { fromMs: NOW_MS - 2 * DAY_MS, toMs: NOW_MS - 15 * MINUTE_MS });
  expect(spans.share('gate', HOUR_MS, NOW_MS)).toBe(0.75);
  expect(spans.share('bybit', HOUR_MS, NOW_MS)).toBe(0);
});

it('what a venue was recorded of counts for a contract from when the venue was asked for it', () => {
  const spans = createRecordedSpans();
  spans.extend('bybit', { fromMs: NOW_MS - 2 * DAY_MS, toMs: NOW_MS });
  spans.begin('bybit:NEWUSDT', NOW_MS - 6 * HOUR_MS);
  spans.begin('bybit:NEWERUSDT', NOW_MS + MINUTE_MS);
  expect(spans.share('bybit:NEWUSDT', DAY_MS, NOW_MS)).toBe(0.25);
  expect(spans.share('bybit:NEWUSDT', HOUR_MS, NOW_MS)).toBe(1);
  expect(spans.share('bybit:NEWERUSDT', HOUR_MS, NOW_MS)).toBe(0);
  expect(spans.share('bybit:BTCUSDT', DAY_MS, NOW_MS)).toBe(1);
});

it('counts what neither the contract nor its venue recorded as a gap', () => {
  const spans = createRecordedSpans();
  spans.extend('gate', { fromMs: NOW_MS - 2 * DAY_MS, toMs: NOW_MS - 45 * MINUTE_MS });
  spans.extend('gate:BTC_USDT', { fromMs: NOW_MS - 30 * MINUTE_MS, toMs: NOW_MS });
  expect(spans.share('gate:BTC_USDT', HOUR_MS, NOW_MS)).toBe(0.75);
  expect(spans.share('gate', HOUR_MS, NOW_MS)).toBe(0.25);
});

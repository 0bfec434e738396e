import { expect, it } from 'vitest';

import { formatScaleMessage, GONE, parseScaleMessage, type ScaleMessage } from '@/lib/messaging/page';

const READY: ScaleMessage = {
  state: 'ready',
  source: 'api',
  symbol: 'BINANCE:BTCUSDT.P',
  height: 540.5,
  mode: 1,
  prices: [70_000, 65_000, 61_000],
  range: [61_000, 70_000],
  disagreementPx: 0.01,
  written: [],
  times: [700.5, 1_700_000_000, 8.25, 900],
  otherReading: 1,
  box: [],
};

const through = (message: object) => parseScaleMessage(formatScaleMessage(message as ScaleMessage));

it('passes a ready and an absent message unchanged', () => {
  expect(through(READY)).toEqual(READY);
  const absent: ScaleMessage = { state: 'absent', symbol: 'BTCUSDT' };
  expect(through(absent)).toEqual(absent);
});

it('passes a scale without a second way, an inverted one, a tiny one and one below zero', () => {
  for (const change of [
    { disagreementPx: null },
    { prices: [1, 2, 3] },
    { prices: [5.15e-6, 1e-7] },
    { prices: [5, -5] },
    { symbol: '' },
    { written: [65_432.1, 60_000] },
    // Every line of a grid of orders writes its price.
    { written: Array.from({ length: 400 }, (_, i) => 60_000 + i / 3) },
    { range: [] },
  ]) {
    expect(through({ ...READY, ...change })).toEqual({ ...READY, ...change });
  }
});

it("keeps a page's text from becoming another field", () => {
  expect(through({ ...READY, symbol: 'BTC\nUSDT' })).toMatchObject({ symbol: 'BTC USDT' });
  expect(through({ state: 'absent', symbol: 'A\nB' })).toEqual({ state: 'absent', symbol: 'A B' });
  expect(parseScaleMessage(GONE)).toEqual({ state: 'absent', symbol: '' });
});

it.each([
  ['nothing', ''],
  ['something else', '{"state":"ready"}'],
  ['an unknown state', formatScaleMessage(READY).replace('ready', 'maybe')],
  ['a message with a field more', `${formatScaleMessage(READY)}\nmore`],
  ['a message with a field less', 'ready\nBTCUSDT\napi\n540\n0\n'],
  ['an endless text', formatScaleMessage({ ...READY, symbol: 'A'.repeat(10_000) })],
])('refuses %s', (_, text) => {
  expect(parseScaleMessage(text)).toBeNull();
});

it.each([
  { source: 'guess' },
  { height: 0 },
  { height: '540px' },
  { height: null },
  { height: Infinity },
  { mode: 4 },
  { mode: '' },
  { prices: [] },
  { prices: [1] },
  { prices: [3, null, 1] },
  { prices: ['3', 'x'] },
  { prices: [NaN, 2] },
  { prices: Array.from({ length: 500 }, (_, i) => i) },
  { written: ['x'] },
  { range: [1] },
  { range: [1, 'x'] },
  { disagreementPx: -1 },
  { disagreementPx: 'none' },
])('refuses a ready message with %j', (change) => {
  expect(through({ ...READY, ...change })).toBeNull();
});

it('refuses an absent message without its symbol', () => {
  expect(parseScaleMessage('absent')).toBeNull();
});

import { expect, it } from 'vitest';

import { parseScaleMessage, type ScaleMessage } from '@/lib/messaging/page';

const READY: ScaleMessage = {
  state: 'ready',
  source: 'api',
  symbol: 'BINANCE:BTCUSDT.P',
  height: 540.5,
  mode: 1,
  prices: [70_000, 65_000, 61_000],
  disagreementPx: 0.01,
};

it('passes a ready and an absent message unchanged', () => {
  expect(parseScaleMessage(JSON.stringify(READY))).toEqual(READY);
  const absent: ScaleMessage = { state: 'absent', symbol: '', detail: 'the price range is not ready' };
  expect(parseScaleMessage(JSON.stringify(absent))).toEqual(absent);
});

it('passes a scale without a second way, an inverted one and one below zero', () => {
  for (const change of [{ disagreementPx: null }, { prices: [1, 2, 3] }, { prices: [5, -5] }]) {
    expect(parseScaleMessage(JSON.stringify({ ...READY, ...change }))).toMatchObject(change);
  }
});

it('leaves out what a page adds', () => {
  expect(parseScaleMessage(JSON.stringify({ ...READY, extra: 1 }))).toEqual(READY);
});

it.each([
  ['no JSON', '{'],
  ['null', 'null'],
  ['a list', '[]'],
  ['a number', '7'],
  ['an endless text', JSON.stringify({ ...READY, symbol: 'A'.repeat(10_000) })],
])('refuses %s', (_, text) => {
  expect(parseScaleMessage(text)).toBeNull();
});

it.each([
  { state: 'maybe' },
  { source: 'guess' },
  { symbol: 5 },
  { symbol: undefined },
  { height: 0 },
  { height: '540' },
  { height: null },
  { mode: 4 },
  { mode: '1' },
  { prices: null },
  { prices: [1] },
  { prices: [3, 2, 2] },
  { prices: [3, 1, 2] },
  { prices: [3, null, 1] },
  { prices: ['3', '2'] },
  { prices: Array.from({ length: 500 }, (_, i) => i) },
  { disagreementPx: -1 },
  { disagreementPx: 'none' },
  { disagreementPx: undefined },
])('refuses a ready message with %j', (change) => {
  expect(parseScaleMessage(JSON.stringify({ ...READY, ...change }))).toBeNull();
});

it('refuses an absent message without its reason', () => {
  expect(parseScaleMessage(JSON.stringify({ state: 'absent', symbol: '' }))).toBeNull();
});

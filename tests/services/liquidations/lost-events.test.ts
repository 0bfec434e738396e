import { expect, it } from 'vitest';

import { createLostEvents } from '@/lib/services/liquidations/lost-events';

const CONTRACT = 'binance:BTCUSDT';
const span = (fromMs: number) => ({ fromMs, toMs: fromMs + 100 });

it('takes one stretch from every owner of the venue, and from nobody else', () => {
  const lost = createLostEvents();
  lost.add('binance', 50);
  expect(lost.judgeNext('binance', span(100))).toBe(false);
  expect(lost.judgeNext(CONTRACT, span(100))).toBe(false);
  expect(lost.judgeNext('bybit', span(100))).toBe(true);
  expect(lost.judgeNext('binance', span(200))).toBe(true);
  expect(lost.judgeNext(CONTRACT, span(200))).toBe(true);
});

it('takes stretches that are still to come where a lost event is newer than they begin', () => {
  const lost = createLostEvents();
  lost.add('binance', 250);
  expect([100, 200, 300].map((fromMs) => lost.judgeNext('binance', span(fromMs)))).toEqual([false, false, true]);
});

it('counts by venue, of which a contract is a part, and altogether', () => {
  const lost = createLostEvents();
  lost.add('binance', 1);
  lost.add('binance', 2);
  lost.add('bybit', 3);
  expect([lost.countOf(CONTRACT), lost.countOf('bybit'), lost.countOf('okx'), lost.total]).toEqual([2, 1, 0, 3]);
});
